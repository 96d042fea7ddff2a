"""What `inspect` looks at: files, or the documents of a client who has signed."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from auditlib.errors import BadInputError
from auditlib.loaders.inspection import SourceReport, inspect_files
from auditlib.parameters import load_parameters
from auditlib.run import places

__all__ = ["described", "inspected"]


def inspected(names: Sequence[str]) -> list[SourceReport]:
    """Report what the loader sees in files, in folders, or in a client's documents with that client's settings.

    Raises
    ------
    BadInputError
        If a name is neither a file, a folder nor a client, or the non-disclosure agreement is not signed of that
        client, or of one whose documents hold that file.
    """
    paths: list[Path] = []
    settings: dict[str, Any] = {}
    for name in names:
        path = Path(name)
        if path.is_dir():
            paths += sorted(file for file in path.rglob("*") if file.is_file() and not file.name.startswith("."))
            _refuse_unsigned(paths)
        elif path.is_file() and path.suffix not in (".yaml", ".yml"):
            paths.append(path)
            _refuse_unsigned(paths)
        elif path.suffix and not path.exists():
            raise BadInputError(f"{name}: no such file")
        else:
            parameters = load_parameters(name, home=places.home_of(name))
            parameters.require_signed()
            paths += parameters.document_paths()
            settings = {"mapping": parameters.mapping, "perimeter": parameters.method.perimeter}
    return inspect_files(paths, **settings)


def _refuse_unsigned(paths: Sequence[Path]) -> None:
    """Refuse files that are the documents of a client of this project who has not signed."""
    try:
        known = sorted((places.home_of() / "parameters").glob("*.yaml"))
    except BadInputError:
        return
    wanted = {path.resolve() for path in paths}
    for file in known:
        try:
            parameters = load_parameters(file)
            documents = parameters.document_paths()
        except BadInputError:  # the template, answers to an interview, a client whose documents are elsewhere by now
            continue
        if file.stem != "template" and not wanted.isdisjoint(documents):
            parameters.require_signed()


def described(report: SourceReport) -> str:
    """Write what the loader saw in a sheet or text file as a few lines."""
    title = f"{report.file}/{report.sheet}" if report.sheet else report.file
    certainty = "" if report.date_order_evident or not report.date_order else " (no evidence in the file)"
    seen = f"{report.kind} (confidence {report.confidence:.0%}), {report.layout}"
    classes = ", ".join(f"{count} {name}" for name, count in report.classes.items())
    sides = f"debit {report.debit:,.2f}, credit {report.credit:,.2f}, balance {report.balance:,.2f}"
    lines = [
        f"{title}: {seen}, header in row {report.header_row or 'none'}",
        f"  rows      {report.rows_read} read: {classes}",
        f"  amounts   {sides} {report.currency}".rstrip(),
        f"  dates     {report.date_order or 'none'}{certainty}" + "".join(
            f"; {role} {first} to {last}" for role, (first, last) in report.periods.items()),
    ]
    lines += [f"  column    {column['role']} = {column['header']!r} ({column['how']}, {column['confidence']:.0%})"
              for column in report.columns]
    lines += [f"  rejected  row {row['source_row']}: {row['reason']}" for row in report.rejected]
    return "\n".join(lines + [f"  finding   {finding['sentence']}" for finding in report.findings])
