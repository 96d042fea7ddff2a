"""Runs every benchmark, each printing its table: ``python -m benchmarks``."""

from benchmarks import engine, matching_truth, reading, run_cost, scale

if __name__ == "__main__":
    matching_truth.main()
    engine.main()
    run_cost.main()
    scale.main(1_000_000)
    reading.main(100_000, 1_000_000)
