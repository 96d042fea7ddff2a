"""Makes an Office file the same bytes for the same content, with the values of a workbook's formulas stored in it."""

import datetime as dt
import io
import re
import zipfile
from collections.abc import Mapping

__all__ = ["seal"]

FORMULA = re.compile(rb'(<c r="([A-Z]+[0-9]+)"[^>]*><f>[^<]*</f>)<v\s*(?:/>|></v>)')
MODIFIED = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*(</dcterms:)")


def seal(content: bytes, *, day: dt.date, values: Mapping[int, Mapping[str, float]] | None = None) -> bytes:
    """Rewrite an xlsx or docx file with fixed times and the values of its formulas.

    openpyxl stores a formula without its value, and the time of writing: a reader that computes nothing
    (protected view, a telephone, pandas) then shows an empty total, and no two runs agree.

    Parameters
    ----------
    content : bytes
        The file as openpyxl wrote it.
    values : mapping of int to mapping, optional
        By number of the sheet (from 1), the value of each formula by cell.
    day : date
        Written as the date of creation and change.

    Returns
    -------
    bytes
    """
    sealed = io.BytesIO()
    moment = max(day, dt.date(1980, 1, 1))
    with (
        zipfile.ZipFile(io.BytesIO(content)) as source,
        zipfile.ZipFile(sealed, "w", zipfile.ZIP_DEFLATED, compresslevel=5) as target,
    ):
        for name in source.namelist():
            part = source.read(name)
            if sheet := re.fullmatch(r"xl/worksheets/sheet(\d+)\.xml", name):
                part = _with_values(part, (values or {}).get(int(sheet[1]), {}))
            elif name == "docProps/core.xml":
                part = MODIFIED.sub(rb"\g<1>" + f"{moment}T00:00:00Z".encode() + rb"\3", part)
            entry = zipfile.ZipInfo(name, (moment.year, moment.month, moment.day, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(entry, part)
    return sealed.getvalue()


def _with_values(part: bytes, values: Mapping[str, float]) -> bytes:
    if not values:
        return part

    def stored(match: re.Match[bytes]) -> bytes:
        value = values.get(match[2].decode())
        return match[0] if value is None else match[1] + b"<v>" + repr(float(value)).encode() + b"</v>"

    return FORMULA.sub(stored, part)
