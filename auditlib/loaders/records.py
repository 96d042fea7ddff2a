"""Files of fixed positions of a known format, into a grid whose columns are named as an entries file's."""

from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from auditlib.loaders.double_encoding import repair_double_encoding
from auditlib.loaders.grid import Grid, Note, as_texts
from auditlib.loaders.record_formats import QUADRA, Field, RecordFormat
from auditlib.loaders.text_lines import cut, read_lines

__all__ = ["read_records"]

CENTURY = 70
"""A year of two digits from here on is of the twentieth century: the oldest claim met is younger."""
DAYS = {
    "ddmmyy": (r"^(\d\d)(\d\d)(\d\d)$", r"\3-\2-\1"),
    "ddmmyyyy": (r"^(\d\d)(\d\d)(\d{4})$", r"\3-\2-\1"),
}


def read_records(path: Path, encoding: str, form: RecordFormat) -> Grid:
    """Read the movements; the other lines (headers, accounts, analytical splits) stay in their place, aside.

    Parameters
    ----------
    path : Path
    encoding : str
    form : RecordFormat
    """
    lines = read_lines(path, encoding)
    is_movement = pc.match_substring_regex(lines, form.movement)
    columns: dict[str, pa.ChunkedArray] = {}
    for field in form.fields:
        found = pc.if_else(is_movement, _read(lines, field), "")
        before = columns.get(field.header)
        columns[field.header] = found if before is None else pc.if_else(pc.equal(before, ""), found, before)
    notes: tuple[Note, ...] = ()
    if form is QUADRA:
        notes = (*_name_quadra_accounts(columns, lines), *_take_quadra_dues(columns, lines))
    label = columns["EcritureLib"]
    columns["EcritureLib"] = pc.if_else(is_movement, label, pc.utf8_trim_whitespace(lines))
    cells, repaired = repair_double_encoding(as_texts(list(columns.values())))
    aside = ~np.asarray(is_movement, dtype=bool) & np.asarray(pc.not_equal(pc.utf8_trim_whitespace(lines), ""))
    return Grid(
        path.name,
        "",
        cells,
        labels=tuple(columns),
        aside=frozenset(np.flatnonzero(aside).tolist()),
        notes=(*notes, *repaired, _note(form)),
    )


def _note(form: RecordFormat) -> Note:
    return ("fixed_positions", "info", f"fichier à positions fixes, lu au format {form.name}.")


def _read(lines: pa.ChunkedArray, field: Field) -> pa.ChunkedArray:
    """Read one field: dates as ISO texts, amounts with a decimal point."""
    texts = cut(lines, field.start, field.length)
    if field.form in DAYS:
        pattern, order = DAYS[field.form]
        days = pc.replace_substring_regex(texts, pattern, order)
        if field.form == "ddmmyy":
            days = pc.replace_substring_regex(days, rf"^([{CENTURY // 10}-9]\d-)", r"19\1")
            days = pc.replace_substring_regex(days, r"^(\d\d-)", r"20\1")
        return pc.if_else(pc.match_substring_regex(texts, r"^0*$"), "", days)
    if field.form == "cents":
        signed = pc.replace_substring_regex(pc.replace_substring_regex(texts, r"^\+", ""), r"\s", "0")
        return pc.replace_substring_regex(signed, r"^(-?)0*(\d+)(\d\d)$", r"\1\2.\3")
    return pc.replace_substring(texts, ",", ".") if field.form == "amount" else texts


def _name_quadra_accounts(columns: dict[str, pa.ChunkedArray], lines: pa.ChunkedArray) -> tuple[Note, ...]:
    """Give accounts the names the file lists, and customers (9…) and suppliers (0…) their general account."""
    listed = lines.filter(pc.match_substring_regex(lines, r"^C\S"))
    names = dict(zip(cut(listed, 2, 8).to_pylist(), cut(listed, 10, 30).to_pylist(), strict=True))
    accounts = columns["CompteNum"]
    encoded = pc.dictionary_encode(accounts.combine_chunks())
    codes = encoded.dictionary.to_pylist() if isinstance(encoded, pa.DictionaryArray) else []
    taken = pa.array([names.get(code, "") for code in codes], pa.string())
    columns["CompteLib"] = pa.chunked_array([taken.take(encoded.indices)])
    if any(code.startswith("41") for code in codes) or not any(code.startswith("9") for code in codes):
        return ()
    columns["CompAuxNum"] = pc.if_else(pc.match_substring_regex(accounts, "^[09]"), accounts, "")
    general = pc.replace_substring_regex(accounts, "^9.*$", "411000")
    columns["CompteNum"] = pc.replace_substring_regex(general, "^0.*$", "401000")
    sentence = "les comptes commençant par 9 sont lus comme des clients (411), ceux par 0 comme des fournisseurs (401)."
    return (("accounts_renamed", "warning", sentence),)


def _take_quadra_dues(columns: dict[str, pa.ChunkedArray], lines: pa.ChunkedArray) -> tuple[Note, ...]:
    """Give a movement the due date of the line R under it; several of them are instalments, and none is chosen."""
    places = np.flatnonzero(np.asarray(pc.match_substring_regex(lines, r"^R\d{6}"), dtype=bool))
    if not len(places):
        return ()
    movements = np.flatnonzero(np.asarray(pc.match_substring_regex(lines, "^M"), dtype=bool))
    owners = movements[np.maximum(np.searchsorted(movements, places) - 1, 0)] if len(movements) else places
    distinct, first, counts = np.unique(owners, return_index=True, return_counts=True)
    single = distinct[counts == 1]
    days = _read(lines.take(pa.array(places[first[counts == 1]])), Field("", 2, 6, "ddmmyy"))
    before = columns["Date échéance"].combine_chunks()
    taken = np.zeros(len(before), dtype=bool)
    taken[single] = True
    found = pc.replace_with_mask(before, pa.array(taken), days.combine_chunks())
    columns["Date échéance"] = pa.chunked_array([pc.if_else(pc.equal(before, ""), found, before)])
    several = int((counts > 1).sum())
    if not several:
        return ()
    sentence = f"{several} écritures ont plusieurs échéances ; aucune n'est retenue, l'échéance est à confirmer."
    return (("several_due_dates", "warning", sentence),)
