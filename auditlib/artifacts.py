"""The tables a run leaves behind: written whole or not at all, checked when read back."""

import os
import tempfile
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from auditlib import schemas
from auditlib.errors import BadInputError

__all__ = ["names", "read", "read_table", "write", "write_table"]

FOLDER = "data"
CONTRACTS = {
    table.name: table
    for table in (
        schemas.MOVEMENTS,
        schemas.ALLOCATIONS,
        schemas.OPEN_ITEMS,
        schemas.CUSTOMERS,
        schemas.DISPUTES,
        schemas.INSOLVENCIES,
        schemas.AGED_BALANCE,
        schemas.REGISTER,
        schemas.INTAKE,
        schemas.REJECTED,
        schemas.FINDINGS,
        schemas.ITEMS,
        schemas.PROMISES,
        schemas.CEDED,
        schemas.ACCOUNTS,
        schemas.CONTACTS,
        schemas.ACTIONS,
        schemas.COMMITMENTS,
        schemas.ADJUSTMENTS,
        schemas.CONTROL_TOTALS,
        schemas.SUSPECTS,
        schemas.ALIKE_CUSTOMERS,
        schemas.E_INVOICES,
    )
}


def write(run_dir: Path | str, name: str, frame: pd.DataFrame) -> Path:
    """Write a table of a run as ``data/<name>.parquet``.

    Parameters
    ----------
    run_dir : Path or str
    name : str
        Of a canonical table (then checked against its contract) or of a result.
    frame : DataFrame

    Raises
    ------
    BadInputError
        If the frame of a canonical name breaks its contract.
    """
    checked = schemas.validate(frame, CONTRACTS[name]) if name in CONTRACTS else frame
    target = Path(run_dir) / FOLDER / f"{name}.parquet"
    target.parent.mkdir(parents=True, exist_ok=True)
    write_table(target, checked)
    return target


def read(run_dir: Path | str, name: str, *, columns: list[str] | None = None) -> pd.DataFrame:
    """Read a table of a run back, with the types it was written with.

    Parameters
    ----------
    run_dir : Path or str
    name : str
    columns : list of str, optional
        Those to read; all of them where absent. Some columns are not checked against a contract.

    Raises
    ------
    BadInputError
        If the run has no such table, or it breaks the contract of its name.
    """
    path = Path(run_dir) / FOLDER / f"{name}.parquet"
    if not path.is_file():
        raise BadInputError(f"{path.name}: the run in {path.parent.parent.name} has no such table; run the audit again")
    frame = read_table(path, columns=columns)
    return schemas.validate(frame, CONTRACTS[name]) if name in CONTRACTS and columns is None else frame


def names(run_dir: Path | str) -> list[str]:
    """Return the names of the tables of a run, sorted."""
    return sorted(path.stem for path in (Path(run_dir) / FOLDER).glob("*.parquet"))


def write_table(target: Path, frame: pd.DataFrame) -> None:
    """Write a frame as parquet, through a temporary file of the same folder: a reader never sees half of it."""
    handle, temporary = tempfile.mkstemp(dir=target.parent, prefix=".", suffix=".tmp")
    os.close(handle)
    try:
        pq.write_table(pa.Table.from_pandas(frame, preserve_index=False), temporary, compression="zstd")
        Path(temporary).replace(target)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def read_table(path: Path, *, columns: list[str] | None = None) -> pd.DataFrame:
    """Read a parquet file, or some of its columns; dates come back as ``datetime64[s]`` (parquet knows no seconds)."""
    try:
        frame: pd.DataFrame = pq.read_table(path, columns=columns).to_pandas()
    except (OSError, pa.ArrowInvalid) as problem:
        raise BadInputError(f"{path.name}: not a readable parquet file ({problem}); run the audit again") from problem
    moments = {name: "datetime64[s]" for name in frame.columns if frame[name].dtype.kind == "M"}
    return frame.astype(moments)
