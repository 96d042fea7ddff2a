"""Brings the notebooks' French into the catalogue: a markdown cell is one message."""

import json
from collections.abc import Collection, Iterator, Mapping
from typing import IO, Any

__all__ = ["extract_markdown"]


def extract_markdown(file: IO[bytes], _keywords: Mapping[str, Any], _comment_tags: Collection[str],
                     options: Mapping[str, Any]) -> Iterator[tuple[int, str, str, list[str]]]:  # noqa: ARG001
    """Give babel each markdown cell of a notebook (babel's interface of an extraction method)."""
    for number, cell in enumerate(json.load(file)["cells"], start=1):
        if cell["cell_type"] == "markdown" and (source := "".join(cell["source"])):
            yield number, "", source, []
