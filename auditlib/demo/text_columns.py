"""Amounts and dates as French text files write them, a whole column at a time."""

import pandas as pd

__all__ = ["decimal_comma", "fec_dates", "french_dates"]


def decimal_comma(cents: pd.Series, *, blank_nil: bool = False) -> pd.Series:
    """Write cents as euros with a decimal comma, e.g. ``-1234,50``."""
    size = cents.abs()
    text = (size // 100).astype("str") + "," + (size % 100).astype("str").str.zfill(2)
    text = text.where(cents >= 0, "-" + text)
    return text.where(cents != 0, "") if blank_nil else text


def french_dates(dates: pd.Series) -> pd.Series:
    """Write dates as dd/mm/yyyy, a missing one as nothing."""
    text: pd.Series = dates.dt.strftime("%d/%m/%Y")
    return text.fillna("")


def fec_dates(dates: pd.Series) -> pd.Series:
    """Write dates as yyyymmdd, a missing one as nothing."""
    text: pd.Series = dates.dt.strftime("%Y%m%d")
    return text.fillna("")
