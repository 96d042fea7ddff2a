"""Sources read before, taken from the cache."""

import dataclasses
import datetime as dt
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from auditlib.errors import BadInputError
from auditlib.layout_profiles import LayoutProfile
from auditlib.loaders.cache import Cache
from auditlib.loaders.grids import CHANGED
from auditlib.loaders.source import Bucket, MappedColumn, Source, TitleBlock, read_sources

__all__ = ["read_or_keep"]

TABLES = ("table", "skipped", "printed_totals", "findings", "entries", "preview")
PLAIN = ("sheet", "kind", "confidence", "rows_read", "date_order", "date_order_evident", "currency", "layout",
         "choices", "problem")
DATES = ("as_of_date", "period_start", "period_end", "printed_on")


def read_or_keep(
    path: Path, cache: Cache, *, mapping: dict[str, dict[str, Any]], perimeter: tuple[str, ...],
    profiles: Sequence[LayoutProfile] = (), progress: Callable[[str], None] | None = None,
) -> list[Source]:
    """Return the sources of a file, read now or read before with the same choices and profiles.

    Raises
    ------
    BadInputError
        As `read_sources` does.
    """
    chosen = {name: choices for name, choices in mapping.items()
              if name.split("/")[0] == path.name or (choices or {}).get("headers")}
    if cache.folder is None:
        return read_sources(path, mapping=chosen, profiles=profiles, perimeter=perimeter, progress=progress)
    digest = cache.digest(path)
    key = ["sources", path.name, digest, chosen, perimeter,
           [profile.model_dump(mode="json") for profile in profiles]]
    if kept := cache.load(key):
        described, tables = kept
        return [_restored(one, path, number, tables) for number, one in enumerate(described["sources"])]
    sources = read_sources(path, mapping=chosen, profiles=profiles, perimeter=perimeter, progress=progress)
    if cache.digest(path) != digest:
        raise BadInputError(f"{path.name}: {CHANGED}")
    tables = {f"{number}-{name}": getattr(source, name) for number, source in enumerate(sources) for name in TABLES}
    cache.store(key, {"sources": [_described(source) for source in sources]}, tables)
    return sources


def _described(source: Source) -> dict[str, Any]:
    return {
        **{name: getattr(source, name) for name in PLAIN},
        "columns": [dataclasses.asdict(column) for column in source.columns],
        "buckets": [dataclasses.asdict(bucket) for bucket in source.buckets],
        "title": dataclasses.asdict(source.title),
        "headers": list(source.headers),
    }


def _restored(described: dict[str, Any], path: Path, number: int, tables: dict[str, pd.DataFrame]) -> Source:
    title = dict(described["title"])
    for name in DATES:
        title[name] = dt.date.fromisoformat(title[name]) if title[name] else None
    restored: dict[str, Any] = {
        **{name: described[name] for name in PLAIN},
        **{name: tables[f"{number}-{name}"] for name in TABLES},
        "headers": tuple(described["headers"]),
        "columns": tuple(MappedColumn(**column) for column in described["columns"]),
        "buckets": tuple(Bucket(**bucket) for bucket in described["buckets"]),
        "title": TitleBlock(**{**title, "lines": tuple(title["lines"])}),
    }
    return Source(path=path, file=path.name, **restored)
