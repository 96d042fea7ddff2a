"""One customer under several codes (00042, 42, 42.0, 411DUPONT): joined where nothing speaks against it."""

import re
from dataclasses import dataclass

import pandas as pd
from rapidfuzz import fuzz

from auditlib.loaders.quality import finding
from auditlib.loaders.table_columns import fold, look_up
from auditlib.texts import N_

__all__ = ["bare_codes", "damaged_codes", "join_codes", "joined_finding", "names_agree"]

SCIENTIFIC = r"^\d(?:[.,]\d+)?[eE]\+?\d{1,2}$"
ALIKE = 60
"""Of 100, from which two spellings may be one name."""
EXAMPLES = 3


@dataclass(frozen=True)
class _Pairs:
    """Codes that are joined, and codes that look alike and are not."""

    joined: dict[str, str]
    apart: list[str]


def bare_codes(codes: pd.Series) -> pd.Series:
    """Reduce customer codes to what a spreadsheet, a collective account or a padding leaves of them.

    Examples
    --------
    >>> bare_codes(pd.Series(["00042", "42.0", "4.2E+1", "411DUPONT", "cli-7"])).tolist()
    ['42', '42', '42', 'DUPONT', 'CLI7']
    """
    text = codes.astype("str").str.strip().str.replace(r"^(\d+)[.,]0+$", r"\1", regex=True)
    is_power = text.str.match(SCIENTIFIC)
    if is_power.any():
        text = text.where(~is_power, text.map(_whole))
    folded = text.str.upper().str.replace(r"[^A-Z0-9]", "", regex=True)
    return folded.str.replace(r"^411(?=.)", "", regex=True).str.lstrip("0")


def _whole(power: str) -> str:
    """Write out a number of a spreadsheet (4.2E+1) where it is whole; else leave the text."""
    if not re.match(SCIENTIFIC, power):
        return power
    number = float(power.replace(",", "."))
    return str(int(number)) if number.is_integer() else power


def names_agree(one: str, other: str) -> bool:
    """Tell whether two spellings may name one customer; a blank one contradicts nothing."""
    return not one or not other or fuzz.token_set_ratio(one, other) >= ALIKE


def join_codes(movements: pd.DataFrame) -> tuple[pd.DataFrame, list[pd.DataFrame]]:
    """Give a customer whose code differs from file to file the code that keeps most of it.

    Parameters
    ----------
    movements : DataFrame
        ``customer_id, customer_name, source, amount_cents``.

    Returns
    -------
    movements : DataFrame
    findings : list of DataFrame
        What was joined, and what looks alike and was not: two codes of one file, or names that differ.
    """
    if len(movements["source"].unique()) <= 1:
        return movements, []
    pairs = _pairs(movements)
    code = movements["customer_id"].astype("str")
    renamed = look_up(code, pd.Series(pairs.joined, dtype="object"))
    moved = renamed != ""
    found = joined_finding(code[moved], renamed[moved], rows=int(moved.sum()),
                           amount_cents=int(movements.loc[moved, "amount_cents"].sum()))
    if pairs.apart:
        found.append(finding(
            "customer_codes_alike", "warning",
            N_("{count} codes clients se ressemblent d'un fichier à l'autre sans pouvoir être réunis ({examples}) : "
               "deux codes d'un même fichier ou deux noms différents."), rows=len(pairs.apart),
            figures={"count": len(pairs.apart), "examples": ", ".join(pairs.apart[:EXAMPLES])}))
    return movements.assign(customer_id=code.where(~moved, renamed)), found


def joined_finding(written: pd.Series, kept: pd.Series, *, rows: int, amount_cents: int = 0) -> list[pd.DataFrame]:
    """Say which codes were taken for another one; nothing where none was."""
    pairs = pd.DataFrame({"written": written.to_numpy(), "kept": kept.to_numpy()}).drop_duplicates()
    pairs = pairs[pairs["written"] != pairs["kept"]]
    if pairs.empty:
        return []
    examples = ", ".join(f"{row.written} → {row.kept}" for row in pairs.head(EXAMPLES).itertuples())
    return [finding(
        "customer_codes_joined", "warning",
        N_("{count} codes clients sont écrits autrement d'un fichier à l'autre ({examples}) ; ils sont réunis."),
        rows=rows, amount_cents=amount_cents, figures={"count": len(pairs), "examples": examples})]


def damaged_codes(movements: pd.DataFrame) -> list[pd.DataFrame]:
    """Say which codes a spreadsheet has turned into powers of ten: several customers may hide under one."""
    code = movements["customer_id"].astype("str")
    damaged = code.str.match(SCIENTIFIC) & code.str.contains(r"[.,]|\+", regex=True)
    if not damaged.any():
        return []
    return [finding(
        "customer_codes_damaged", "serious",
        N_("{count} codes clients sont devenus des puissances de dix dans le fichier ({example}) : plusieurs clients "
           "peuvent s'y confondre ; demander un extrait où le code est un texte."), rows=int(damaged.sum()),
        amount_cents=int(movements.loc[damaged, "amount_cents"].sum()),
        figures={"count": code[damaged].nunique(), "example": str(code[damaged].iloc[0])})]


def _pairs(movements: pd.DataFrame) -> _Pairs:
    """Compare the distinct codes of the files, by what is left of them."""
    listed = movements[["customer_id", "customer_name", "source"]].astype(
        {"customer_id": "str", "customer_name": "str"})
    listed = listed.sort_values("customer_name", ascending=False, kind="stable")  # a blank name comes last
    listed = listed.drop_duplicates(["customer_id", "source"])
    listed = listed.assign(key=bare_codes(listed["customer_id"]), folded=fold(listed["customer_name"]))
    several = listed.groupby("key")["customer_id"].transform("nunique") > 1
    joined: dict[str, str] = {}
    apart: list[str] = []
    for key, group in listed[several & (listed["key"] != "")].groupby("key"):
        codes = group["customer_id"].unique()
        one_a_file = not group.duplicated("source").any()
        names = group["folded"].unique()
        if one_a_file and all(names_agree(names[0], name) for name in names[1:]):
            kept = max(codes, key=_completeness)
            joined |= {code: kept for code in codes if code != kept}
        else:
            apart.append(str(key))
    return _Pairs(joined, apart)


def _completeness(code: str) -> tuple[bool, bool, int, str]:
    """Rank codes by what they keep: digits and letters only, no account before them, all their zeros."""
    return code.isalnum(), not code.startswith("411"), len(code), code
