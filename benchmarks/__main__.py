"""Runs every benchmark, each printing its table: ``python -m benchmarks``."""

from benchmarks import engine, matching_truth, run_cost

if __name__ == "__main__":
    matching_truth.main()
    engine.main()
    run_cost.main()
