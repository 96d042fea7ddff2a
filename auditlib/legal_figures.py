"""Indicators of the chapter of law, with what must be said beside them."""

import pandas as pd

from auditlib import reasons
from auditlib.amounts import format_amount
from auditlib.evidence import is_due_date_estimated
from auditlib.late_interest import REGIMES, missing_half_years
from auditlib.legal_basis import LegalBasis
from auditlib.penalty_clause import clause_words
from auditlib.results import Indicator, Window
from auditlib.texts import N_, translator

__all__ = ["INTEREST_UNITS", "interest_indicators", "prescription_indicators", "terms_indicators"]

PARTS = {"": ("business", "public"), "_abroad": ("abroad",), "_unconfirmed": ("unconfirmed",)}
"""Regimes each figure is made of, by the end of its name."""
INTEREST_UNITS = {f"{name}{part}": "amount" for name in ("late_interest", "recovery_indemnity") for part in PARTS}
MEASURED = ["regime", "item_id", "portion", "is_inferred", "principal_cents", "from_date", "rate", "rate_half_year",
            "interest_cents", "indemnity_cents"]
WITHIN = {"prescription_at_risk": ["within_3m", "within_6m", "within_12m"],
          "prescription_at_risk_6m": ["within_3m", "within_6m"], "prescription_at_risk_3m": ["within_3m"],
          "prescription_lapsed": ["lapsed"]}

MISSING_RATE = N_("Taux légal manquant : {half_years}. À relever à la source, puis à ajouter aux paramètres légaux du "
                  "cabinet (legal_rates.csv).")
HALF_YEAR = (N_("1er semestre {year}"), N_("2e semestre {year}"))
TYPES_UNKNOWN = N_("Aucun débiteur en retard n’est identifié comme professionnel ou public : type à confirmer.")
DATES_ASSUMED = N_("Aucune échéance convenue : les retards connus reposent sur des échéances supposées ({amount}).")
ASSUMED_APART = N_("Non compris : {amount} d’échu net dont l’échéance est supposée.")
NOT_EUROS = N_("L’indemnité est due en euros ; les comptes sont en {currency}.")
NO_PERIODS = N_("Une durée de prescription manque aux paramètres légaux.")
NO_JUDGED = N_("Aucune facture de la période, à un débiteur de cette nature, ne porte d’échéance convenue.")
THEORETICAL = N_("Droit théorique, avant toute décision commerciale : échu net non contesté et règlements tardifs de "
                 "tout l’historique fourni, créances prescrites exclues ; rien sur les particuliers.")
OPEN_ONLY = N_("Règlements tardifs inconnus : échu net seul.")
FROZEN = N_("Entreprises au taux du semestre où le retard a commencé.")
BY_HALF_YEAR = N_("Entreprises au taux BCE + 10 points de chaque semestre traversé.")
CONTRACT = N_("Entreprises au taux contractuel de {rate}, relevé à trois fois l’intérêt légal là où il lui est "
              "inférieur (semestres concernés : {count}).")
FORMULA = N_("Entreprises au taux contractuel ({clause}), relevé à trois fois l’intérêt légal là où il lui "
             "est inférieur.")
READ_IN = N_("Ce taux a été relevé dans « {document} ».")
UNDATED_JUDGMENT = N_("Procédures sans date de jugement : aucun intérêt compté sur ces débiteurs.")
ABROAD = N_("Débiteurs hors de France : loi du contrat à vérifier.")
UNCONFIRMED = N_("Débiteurs dont le type est à confirmer : rien n’est dû par un particulier.")
SAID_APART = {"_abroad": ABROAD, "_unconfirmed": UNCONFIRMED}
APART = N_("Non compris : {amount} sur des débiteurs hors de France ou de type à confirmer.")
UNSURE = N_("Au moins un taux utilisé est à vérifier (voir l’annexe des paramètres légaux).")
ONE_A_CLAIM = N_("Une indemnité par facture en retard ; aucune si le débiteur était en procédure à l’échéance.")
GENEROUS = N_("Lecture légale la plus favorable. Acheteurs publics dont la nature n’est pas précisée : le plus "
                "long de leurs plafonds.")
FROM_ISSUE = N_("Délai compté de la date de pièce, le plus tôt défendable ; base : échu net. Un débiteur de type "
                "inconnu a le délai le plus court qu’il puisse avoir.")
UNDATED_CLAIMS = N_("À examiner en plus, sans échéance connue : {amount}.")


class _Words:
    """Sentences in the language of the engagement: those with a figure inside cannot be translated later."""

    def __init__(self, law: LegalBasis) -> None:
        self.language = law.evidence.parameters.language
        self.say = translator(self.language).gettext
        self.currency = law.evidence.intake.currency or "EUR"

    def amount(self, cents: int) -> str:
        return format_amount(cents, currency=self.currency, language=self.language)

    def half_year(self, label: str) -> str:
        year, half = label.split("-H")
        return self.say(HALF_YEAR[int(half) - 1]).format(year=year)


def interest_indicators(law: LegalBasis, interest: pd.DataFrame) -> dict[str, Indicator]:
    """Return late interest and indemnities: what stands, debtors abroad, debtors of unknown type.

    Parameters
    ----------
    law : LegalBasis
    interest : DataFrame
        Table ``late_interest`` of the chapter.
    """
    words = _Words(law)
    assumed = _assumed_cents(law)
    if assumed and not len(interest):
        reason = words.say(DATES_ASSUMED).format(amount=words.amount(assumed))
        return {name: Indicator(None, "amount", reason=reason) for name in INTEREST_UNITS}
    interest = interest[MEASURED]
    found: dict[str, Indicator] = {}
    for part, regimes in PARTS.items():
        rows = interest[interest["regime"].isin(regimes)]
        nobody = not part and not len(rows) and bool((interest["regime"] == "unconfirmed").any())
        for name, measure in (("late_interest", _interest), ("recovery_indemnity", _indemnity)):
            found[f"{name}{part}"] = (Indicator(None, "amount", reason=TYPES_UNKNOWN) if nobody
                                      else measure(law, words, rows, interest, part))
    return {name: found[name] for name in INTEREST_UNITS}


def _assumed_cents(law: LegalBasis) -> int:
    """Return the net overdue whose due date nobody agreed to: it bears no claim (INDICATORS.md 1) [cents]."""
    late = law.evidence.net_overdue["net_overdue_cents"]
    return int(late[is_due_date_estimated(law.evidence.open_items.loc[late.index])].sum())


def _interest(law: LegalBasis, words: _Words, rows: pd.DataFrame, interest: pd.DataFrame, part: str) -> Indicator:
    if missing := missing_half_years(rows, regimes=REGIMES):
        named = ", ".join(words.half_year(label) for label in missing)
        return Indicator(None, "amount", reason=words.say(MISSING_RATE).format(half_years=named))
    portions = rows.drop_duplicates("portion")
    base = int(portions["principal_cents"].sum())
    inferred = int(portions.loc[portions["is_inferred"], "principal_cents"].sum())
    return Indicator(
        int(rows["interest_cents"].sum()) / 100, "amount", basis_items=int(rows["item_id"].nunique()), basis_cents=base,
        share_estimated=inferred / base if base else 0.0, window_end=law.evidence.as_of_date,
        window_start=rows["from_date"].min().date() if len(rows) else None,
        note=" ".join(_interest_notes(law, words, interest, part)))


def _interest_notes(law: LegalBasis, words: _Words, interest: pd.DataFrame, part: str) -> list[str]:
    said = [words.say(text) for text in (THEORETICAL, SAID_APART.get(part)) if text]
    said += _agreed_rate(law, words, interest)
    if not law.evidence.has_flows:
        said.append(words.say(OPEN_ONLY))
    if not part:
        said += _apart(words, interest)
        if assumed := _assumed_cents(law):
            said.append(words.say(ASSUMED_APART).format(amount=words.amount(assumed)))
    if _is_unsure(law, interest):
        said.append(words.say(UNSURE))
    known = law.evidence.intake.insolvencies
    if (known["judgment_date"].isna() & known["publication_date"].isna()).any():
        said.append(words.say(UNDATED_JUDGMENT))
    return said


def _agreed_rate(law: LegalBasis, words: _Words, interest: pd.DataFrame) -> list[str]:
    """Say which rate businesses owe, and where a contract's was read."""
    clause, document = law.stipulated.clause, law.stipulated.document
    if clause is None:
        return [words.say(FROZEN if law.choices.freeze_rate else BY_HALF_YEAR)]
    written = clause_words(clause, words.say)
    said = (words.say(FORMULA).format(clause=written) if clause.rate is None
            else words.say(CONTRACT).format(rate=written, count=_floored(clause.rate, interest)))
    return [said, words.say(READ_IN).format(document=document)] if document else [said]


def _floored(rate: float, interest: pd.DataFrame) -> int:
    """Count the half-years in which three times the legal rate is above the contract's."""
    used = interest[interest["regime"] != "public"]
    high = used["rate"] > rate + 1e-9
    return int(used.loc[high, "rate_half_year"].nunique())


def _apart(words: _Words, interest: pd.DataFrame) -> list[str]:
    others = interest[interest["regime"].isin(["abroad", "unconfirmed"])]
    if not len(others) or others["rate"].isna().any():
        return []
    return [words.say(APART).format(amount=words.amount(int(others["interest_cents"].sum())))]


def _is_unsure(law: LegalBasis, interest: pd.DataFrame) -> bool:
    """Tell whether a rate that was used is from memory, or its sources differ."""
    halves = set(map(str, interest["rate_half_year"].unique()))
    names = ["ecb_main_refinancing"] + ["legal_rate_professional"] * (law.stipulated.clause is not None)
    rates = law.table[law.table["parameter"].isin(names) & (law.table["status"] == "to_check")]
    labels = {f"{day.year}-H{1 if day.month < 7 else 2}" for day in rates["valid_from"]}
    return bool(labels & halves)


def _indemnity(law: LegalBasis, words: _Words, rows: pd.DataFrame, _interest: pd.DataFrame, part: str) -> Indicator:
    currency = law.evidence.intake.currency
    if currency != "EUR":
        return Indicator(None, "amount", reason=words.say(NOT_EUROS).format(currency=currency))
    claimed = rows[rows["indemnity_cents"] > 0]
    notes = [ONE_A_CLAIM, SAID_APART.get(part)]
    return Indicator(
        int(claimed["indemnity_cents"].sum()) / 100, "amount", basis_items=len(claimed), share_estimated=0.0,
        window_end=law.evidence.as_of_date, window_start=rows["from_date"].min().date() if len(rows) else None,
        note=" ".join(words.say(text) for text in notes if text))


def terms_indicators(law: LegalBasis, judged: pd.DataFrame | None, over: pd.DataFrame) -> dict[str, Indicator]:
    """Return the share of invoices whose term is over the legal cap: businesses, their amount, and public bodies.

    Parameters
    ----------
    law : LegalBasis
    judged : DataFrame or None
        Invoices of the window with an agreed term and their ``debtor``; None without a window.
    over : DataFrame
        Table ``over_cap`` of the chapter.
    """
    window = law.evidence.window(law.evidence.as_of_date) if law.evidence.has_flows else None
    if judged is None or window is None:
        reason = reasons.SHORT_HISTORY if law.evidence.has_flows else reasons.OPEN_ITEMS_ONLY
        return {name: Indicator(None, unit, reason=reason) for name, unit in (
            ("terms_over_cap", "share"), ("terms_over_cap_amount", "amount"), ("terms_over_cap_public", "share"))}
    business, amount = _share_over(law, judged, over, "business", window)
    return {"terms_over_cap": business, "terms_over_cap_amount": amount,
            "terms_over_cap_public": _share_over(law, judged, over, "public", window)[0]}


def _share_over(
    law: LegalBasis, judged: pd.DataFrame, over: pd.DataFrame, debtor: str, window: Window,
) -> tuple[Indicator, Indicator]:
    rows = judged[judged["debtor"] == debtor]
    base = int(rows["amount_cents"].sum())
    found = int(over.loc[over["debtor"] == debtor, "amount_cents"].sum())
    if base <= 0:
        return Indicator(None, "share", reason=NO_JUDGED), Indicator(None, "amount", reason=NO_JUDGED)
    said = translator(law.evidence.parameters.language).gettext(GENEROUS)
    common = {"window_months": window.months, "window_start": window.start, "window_end": window.end,
              "basis_items": len(rows), "basis_cents": base, "share_estimated": 0.0, "note": said}
    return Indicator(found / base, "share", **common), Indicator(found / 100, "amount", **common)  # type: ignore[arg-type]


def prescription_indicators(law: LegalBasis, lapses: pd.DataFrame) -> dict[str, Indicator]:
    """Return what lapses within 12, 6 and 3 months, and what has lapsed; the base is the net overdue.

    Parameters
    ----------
    law : LegalBasis
    lapses : DataFrame
        Table ``prescription`` of the chapter.
    """
    if law.periods is None:
        return {name: Indicator(None, "amount", reason=NO_PERIODS) for name in WITHIN}
    words = _Words(law)
    return {name: _at_stake(words, lapses[lapses["class"].isin(classes)]) for name, classes in WITHIN.items()}


def _at_stake(words: _Words, rows: pd.DataFrame) -> Indicator:
    claimed = int(rows["net_overdue_cents"].sum())
    undated = int(rows.loc[rows["due_date"].isna(), "residual_cents"].sum())
    notes = [words.say(FROM_ISSUE)]
    if undated:
        notes.append(words.say(UNDATED_CLAIMS).format(amount=words.amount(undated)))
    of_unknown = int(rows.loc[rows["debtor"] == "unknown", "net_overdue_cents"].sum())
    return Indicator(
        claimed / 100, "amount", basis_items=int((rows["net_overdue_cents"] > 0).sum()), basis_cents=claimed,
        share_estimated=of_unknown / claimed if claimed else 0.0, note=" ".join(notes))
