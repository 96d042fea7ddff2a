"""Company numbers: SIREN, SIRET and VAT numbers as written, and whether their check digits hold."""

import pandas as pd
from stdnum.eu import vat
from stdnum.fr import siren, siret

from auditlib.loaders.quality import finding
from auditlib.loaders.table_columns import fold
from auditlib.texts import N_
from auditlib.told import Part

__all__ = ["SIREN_LENGTH", "CompanyNumbers", "company_numbers", "number_findings"]

SIREN_LENGTH, SIRET_LENGTH, SHORTEST_VAT_NUMBER = 9, 14, 8
KEYED = r"^\d{11}$"
"""A French VAT number written without its prefix: two digits of key, then the SIREN."""
CHECKED = (*(code.upper() for code in vat.MEMBER_STATES), "EL", "XI")
"""Prefixes whose check digits are known."""
LISTED = 3


class CompanyNumbers:
    """The numbers of each debtor.

    Attributes
    ----------
    siren, vat : Series of str
        Digits only, and capitals and digits; "" where there is none. A SIREN may be read from a French VAT number.
    has_siren, has_vat : ndarray of bool
        Whether something shaped like one is written.
    is_wrong : ndarray of bool
        Whether a number written fails its check: Luhn (La Poste excepted), VAT key.
    """

    def __init__(self, written: pd.Series, vat_number: pd.Series) -> None:
        digits = written.astype("str").str.replace(r"\D", "", regex=True)
        self.vat = _prefixed(fold(vat_number).str.replace(" ", ""))
        french = self.vat.str.extract(r"^FR[0-9A-Z]{2}(\d{9})$")[0].fillna("")
        self.has_vat = (self.vat.str.len() >= SHORTEST_VAT_NUMBER).to_numpy()
        self.siren = digits.str.slice(0, SIREN_LENGTH).where(digits != "", french)
        self.has_siren = (self.siren.str.len() == SIREN_LENGTH).to_numpy()
        wrong_number = (digits != "") & ~_holds(digits, _is_company)
        checked = self.vat.str.slice(0, 2).isin(CHECKED)
        wrong_vat = checked & ~_holds(self.vat, vat.is_valid)
        self.is_wrong = (wrong_number | wrong_vat).to_numpy(dtype=bool)


def company_numbers(customers: pd.DataFrame) -> CompanyNumbers:
    """Read the numbers of customers from ``siren`` (or SIRET) and ``vat_number``.

    References
    ----------
    DOMAIN.md C: SIREN and SIRET by Luhn, La Poste's establishments by their digit sum; French VAT key
    (12 + 3 × (SIREN mod 97)) mod 97. The checks are python-stdnum's.
    """
    return CompanyNumbers(customers["siren"], customers["vat_number"])


def number_findings(customers: pd.DataFrame) -> list[pd.DataFrame]:
    """Say which debtors' numbers fail their check: the wrong debtor may be dunned, and interest claimed from him."""
    wrong = customers[company_numbers(customers).is_wrong]
    if wrong.empty:
        return []
    number = wrong["siren"].where(wrong["siren"] != "", wrong["vat_number"])
    shown = ", ".join((wrong["customer_id"] + " (" + number + ")").head(LISTED))
    more = [Part(N_(" et {count} autres"), {"count": len(wrong) - LISTED})] if len(wrong) > LISTED else ""
    return [finding(
        "company_number_invalid", "warning", N_(
            "{rows} clients ont un SIREN, un SIRET ou un numéro de TVA dont la clé est fausse : {shown}{more} ; "
            "à corriger avant toute relance ou déclaration de créance."), rows=len(wrong),
        figures={"rows": len(wrong), "shown": shown, "more": more})]


def _prefixed(vat_number: pd.Series) -> pd.Series:
    """Put FR before a number of eleven digits whose key holds."""
    bare = vat_number.str.match(KEYED) & _holds("FR" + vat_number, vat.is_valid)
    return vat_number.mask(bare, "FR" + vat_number)


def _is_company(digits: str) -> bool:
    return bool(siren.is_valid(digits) if len(digits) == SIREN_LENGTH else siret.is_valid(digits))


def _holds(column: pd.Series, check: object) -> pd.Series:
    """Apply a check to each distinct text."""
    known = {text: bool(text) and bool(check(text)) for text in column.unique()}  # type: ignore[operator]
    return column.map(known).astype(bool)
