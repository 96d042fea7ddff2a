"""Tables of a run: written whole, read back as they were."""

from pathlib import Path

import pandas as pd
import pytest

from auditlib import artifacts, schemas
from auditlib.errors import BadInputError


def test_a_table_comes_back_with_its_types(tmp_path: Path) -> None:
    frame = pd.DataFrame(
        {
            "month_end": pd.Series(pd.to_datetime(["2025-01-31", "NaT"])).astype("datetime64[s]"),
            "bucket": pd.Series(["1-30", "1-30"], dtype="category"),
            "customer_id": ["00012", ""],
            "amount_cents": [10**12, -1],
            "rate": [0.5, float("nan")],
        }
    )
    artifacts.write(tmp_path, "cube", frame)
    pd.testing.assert_frame_equal(artifacts.read(tmp_path, "cube"), frame)
    assert artifacts.names(tmp_path) == ["cube"]
    assert [path.name for path in (tmp_path / "data").iterdir()] == ["cube.parquet"]  # no temporary file is left


def test_some_columns_may_be_read_alone(tmp_path: Path) -> None:
    frame = pd.DataFrame({"bucket": ["1-30"], "amount_cents": [100], "rate": [0.5]})
    artifacts.write(tmp_path, "cube", frame)
    assert artifacts.read(tmp_path, "cube", columns=["amount_cents"]).to_dict("list") == {"amount_cents": [100]}


def test_a_canonical_table_is_checked_both_ways(tmp_path: Path) -> None:
    with pytest.raises(BadInputError, match="table customers: column"):
        artifacts.write(tmp_path, "customers", pd.DataFrame({"customer_id": ["C1"]}))
    artifacts.write(tmp_path, "disputes", schemas.empty(schemas.DISPUTES))
    pd.testing.assert_frame_equal(
        artifacts.read(tmp_path, "disputes"), schemas.empty(schemas.DISPUTES), check_categorical=False
    )


def test_a_missing_or_broken_table_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadInputError, match=r"sales\.parquet: the run"):
        artifacts.read(tmp_path, "sales")
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "sales.parquet").write_text("not parquet")
    with pytest.raises(BadInputError, match="not a readable parquet file"):
        artifacts.read(tmp_path, "sales")
