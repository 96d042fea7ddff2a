"""What was understood of one grid."""

from dataclasses import dataclass, field

import pandas as pd

from auditlib.loaders.buckets_map import Bucket
from auditlib.loaders.column_assignment import MappedColumn
from auditlib.loaders.fec import empty_entries
from auditlib.loaders.left_out import no_printed_totals
from auditlib.loaders.remarks import Remarks
from auditlib.loaders.title_block import TitleBlock

__all__ = ["Reading"]


@dataclass(frozen=True)
class Reading:
    """What `Source` holds, but for where it comes from; see there."""

    kind: str
    confidence: float
    table: pd.DataFrame
    skipped: pd.DataFrame
    rows_read: int
    columns: tuple[MappedColumn, ...] = ()
    title: TitleBlock = field(default_factory=TitleBlock)
    buckets: tuple[Bucket, ...] = ()
    date_order: str = ""
    date_order_evident: bool = True
    printed_totals: pd.DataFrame = field(default_factory=no_printed_totals)
    findings: pd.DataFrame = field(default_factory=lambda: Remarks("").frame())
    entries: pd.DataFrame = field(default_factory=empty_entries)
    currency: str = ""
    problem: str = ""

    @property
    def is_set_aside(self) -> bool:
        """Tell a document understood, and not of the customers."""
        return self.kind == "unknown" and self.confidence > 0
