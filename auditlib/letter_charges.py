"""What a letter to a professional claims beside the principal: late interest by half-year, the flat indemnity."""

from dataclasses import dataclass, field, replace

import pandas as pd

__all__ = ["Charges", "charges_of"]

NOT_COUNTED = "intérêts pour mémoire : {reason}"
NOT_CLAIMED = "ni intérêts ni indemnité : {reason}"
NO_TABLE = "ils n’ont pas pu être calculés avec les documents reçus"
NO_RATE = "taux légal manquant ({half_years}), à relever à la source"
ABROAD = "débiteur hors de France, loi du contrat à vérifier"
UNKNOWN_TYPE = "type de débiteur à confirmer, rien n’est dû par un particulier"
NOTHING = "aucune facture réclamée ne porte d’intérêt établi"


@dataclass(frozen=True)
class Charges:
    """Interest and indemnity of the items of one letter.

    Attributes
    ----------
    is_due : bool
        Whether this debtor owes any: a consumer owes none.
    interest : DataFrame
        By half-year: ``half_year``, ``rate`` [share 0–1 a year], ``from_date``, ``to_date``, ``interest_cents``.
    interest_cents : int or None
        None: claimed without a figure ("pour mémoire"). [cents]
    indemnity_cents, invoices : int
        Flat indemnity [cents], and how many late invoices bear it.
    regime : str
        ``business``, ``public`` or "".
    is_memo : bool
        Whether interest is claimed without a figure, for one that could not be computed.
    notes : tuple of str
        What the register says of it, in French.
    """

    is_due: bool = False
    interest: pd.DataFrame = field(default_factory=pd.DataFrame)
    interest_cents: int | None = None
    indemnity_cents: int = 0
    invoices: int = 0
    regime: str = ""
    is_memo: bool = False
    notes: tuple[str, ...] = ()


def charges_of(late: pd.DataFrame | None, claimed: pd.DataFrame, *, kind: str, is_type_known: bool) -> Charges:
    """Return what the items of a letter bear, from the results' table of late interest alone.

    Parameters
    ----------
    late : DataFrame or None
        The debtor's rows of the results' table ``late_interest``; None where there is no such table.
    claimed : DataFrame
        Items of the letter: ``item_id`` and ``origin_id``.
    kind : str
        Of debtor.
    is_type_known : bool
        Whether the debtor is known to be a professional: of one who may be a consumer nothing is claimed.
    """
    if kind in ("consumer", "group"):
        return Charges()
    if not is_type_known or late is None:
        return _unknown(NO_TABLE, is_memo=True) if is_type_known else _unknown(UNKNOWN_TYPE)
    roots = set(claimed["item_id"]) | set(claimed["origin_id"])
    mine = late[late["item_id"].isin(roots).to_numpy()]
    bearing = mine[(mine["basis"] == "open").to_numpy()]
    if bearing.empty:
        return _unknown(NOTHING)
    regime = str(bearing["regime"].iloc[0])
    if regime not in ("business", "public"):
        return _unknown(ABROAD, is_memo=True) if regime == "abroad" else _unknown(UNKNOWN_TYPE)
    indemnity = mine[(mine["item_id"].isin(bearing["item_id"]) & (mine["indemnity_cents"] > 0)).to_numpy()]
    found = Charges(is_due=True, regime=regime, indemnity_cents=int(indemnity["indemnity_cents"].sum()),
                    invoices=int(indemnity["item_id"].nunique()))
    lacking = bearing.loc[bearing["rate"].isna(), "rate_half_year"].astype("str").unique()
    if len(lacking):
        reason = NO_RATE.format(half_years=", ".join(_half_year(one) for one in sorted(lacking)))
        return replace(found, is_memo=True, notes=(NOT_COUNTED.format(reason=reason),))
    return replace(found, interest=_by_half_year(bearing), interest_cents=int(bearing["interest_cents"].sum()))


def _unknown(reason: str, *, is_memo: bool = False) -> Charges:
    return Charges(is_memo=is_memo, notes=((NOT_COUNTED if is_memo else NOT_CLAIMED).format(reason=reason),))


def _by_half_year(bearing: pd.DataFrame) -> pd.DataFrame:
    """Sum the interest by half-year and rate, the earliest first."""
    lines = bearing.assign(half_year=bearing["half_year"].astype("str").map(_half_year))
    summed = lines.groupby(["half_year", "rate"], sort=False).agg(
        from_date=("from_date", "min"), to_date=("to_date", "max"), interest_cents=("interest_cents", "sum"))
    return summed.reset_index().sort_values("from_date", kind="stable").reset_index(drop=True)


def _half_year(label: str) -> str:
    year, half = label.split("-H")
    return f"{'1er' if half == '1' else '2e'} semestre {year}"
