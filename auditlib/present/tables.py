"""Tables and tiles of an audit's results: formatted and escaped, each absent figure with its reason."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import pandas as pd

from auditlib import reasons
from auditlib.deliver.definitions import definition
from auditlib.deliver.labels import label
from auditlib.formats import Formats, bucket_label
from auditlib.present.customer_tables import late_days, who
from auditlib.present.markup import Cell, Column, Html, Tile, absent, table, tiles
from auditlib.present.switch import redrawn
from auditlib.present.tables_bridge import bridge

if TYPE_CHECKING:
    from auditlib.audit_results import AuditResults

__all__ = [
    "ageing",
    "bridge",
    "differences",
    "findings",
    "indicators",
    "intake",
    "key_figures",
    "tie_out",
    "top_overdue",
]

TOP_CUSTOMERS, DIFFERENCES_SHOWN = 15, 100
PLURAL = 2
"""From how many on a French noun takes its plural."""
SEVERITY_TONES = {"serious": "bad", "warning": "late", "info": ""}


@redrawn
def key_figures(results: "AuditResults", formats: Formats) -> Html:
    """Return the four opening figures, each beside its value a year before: receivable, overdue, overdue rate, DSO."""
    _, stock, entries = formats.gettext, results.summary["receivable"], results.summary["indicators"]
    before = _year_before(results)
    reason = stock.get("reason") or ""
    given = (
        ("receivable", _("Encours clients"), stock.get("total"), "amount", reason),
        ("overdue", _("Échu"), stock.get("overdue"), "amount", reason),
        *(
            (name, text, entries.get(name, {}).get("value"), unit, entries.get(name, {}).get("reason") or "")
            for name, text, unit in (("overdue_rate", _("Taux d’échu"), "share"), ("dso", _("DSO"), "days"))
        ),
    )
    return tiles(
        Tile(
            code,
            text,
            formats.measure(value, unit) if value is not None else _("n. d."),
            note=_("un an avant : {value}").format(value=formats.measure(before[code], unit)) if code in before else "",
            reason="" if value is not None else _(why),
        )
        for code, text, value, unit, why in given
    )


def _year_before(results: "AuditResults") -> dict[str, float]:
    """Return the opening figures of the same month end a year before, where they are known [euros, share, days]."""
    months, as_of_date = results.evolution, pd.Timestamp(results.summary["as_of_date"])
    if months.empty or not as_of_date.is_month_end:
        return {}
    day = as_of_date - pd.DateOffset(years=1) + pd.offsets.MonthEnd(0)
    then = months[months["month_end"] == day]
    known = {"receivable": then["receivable_cents"] / 100, "overdue": then["overdue_cents"] / 100,
             "overdue_rate": then["overdue_rate"], "dso": then["dso"]}
    return {name: float(values.iloc[0]) for name, values in known.items() if values.notna().any()}


@redrawn
def ageing(results: "AuditResults", formats: Formats) -> Html:
    """Return the ageing: every bucket in order, and the receivable they add up to."""
    _, rows, total = formats.gettext, results.summary["ageing"], results.summary["receivable"]["total"]
    missing = absent(_("n. d."), formats.stored(results.summary["receivable"].get("reason")))
    uncounted = missing if total is None else absent(_("n. d."), formats.stored(reasons.AGED_BALANCE_ONLY))
    printed = [
        (
            bucket_label(row["bucket"], language=formats.language),
            missing if row["amount"] is None else formats.amount(row["amount"]),
            missing if row["amount"] is None else formats.share(row["share"]),
            uncounted if row["items"] is None else formats.count(row["items"]),
        )
        for row in rows
    ]
    columns = (
        Column(_("Tranche de retard")),
        Column(_("Montant"), "number"),
        Column(_("Part de l’encours"), "number"),
        Column(_("Pièces"), "number"),
    )
    items = results.summary["receivable"].get("open_items")
    footer = (
        _("Encours"),
        formats.amount(total),
        formats.share(1.0 if total else None),
        uncounted if items is None else formats.count(items),
    )
    return table(columns, printed, total=() if total is None else footer)


@redrawn
def indicators(results: "AuditResults", formats: Formats) -> Html:
    """Return every indicator with its value, window, basis and definition; an absent one with its reason."""
    _ = formats.gettext
    columns = (
        Column(_("Indicateur")),
        Column(_("Valeur"), "number"),
        Column(_("Période")),
        Column(_("Assiette"), "number"),
        Column(_("Définition"), "wide"),
    )
    return table(columns, [_indicator(name, entry, formats) for name, entry in results.summary["indicators"].items()])


@redrawn
def top_overdue(results: "AuditResults", formats: Formats, *, count: int = TOP_CUSTOMERS) -> Html:
    """Return the customers who owe the most overdue at the audit's date."""
    _ = formats.gettext
    late = results.customers[results.customers["overdue_cents"] > 0]
    top = late.sort_values("overdue_cents", ascending=False, kind="stable").head(count)
    largest = max(int(top["overdue_cents"].max()), 1) if len(top) else 1
    columns = (
        Column(_("Client"), "wide"),
        Column(_("Encours"), "number"),
        Column(_("Échu"), "number"),
        Column(_("Échu net"), "number"),
        Column(_("Litige"), "number"),
        Column(_("Plus ancien retard"), "number"),
    )
    known = results.summary["receivable"].get("disputed") is not None
    unknown = absent(_("n. d."), formats.stored(reasons.DISPUTES_UNKNOWN))
    printed = [
        (
            who(row),
            formats.cents(row["receivable_cents"]),
            Cell(formats.cents(row["overdue_cents"]), bar=row["overdue_cents"] / largest),
            formats.cents(row["net_overdue_cents"]),
            unknown if not known else formats.cents(row["disputed_cents"]) if row["disputed_cents"] else "–",
            late_days(row["oldest_days_overdue"], formats),
        )
        for row in top.to_dict("records")
    ]
    return table(columns, printed, empty=_("Aucun client n’a d’échu."))


@redrawn
def tie_out(results: "AuditResults", formats: Formats) -> Html:
    """Return the second sources beside the ledger, and whether each ties."""
    _ = formats.gettext
    columns = (
        Column(_("Seconde source"), "wide"),
        Column(_("Nature")),
        Column(_("À la date du")),
        Column(_("Total de la source"), "number"),
        Column(_("Grand livre"), "number"),
        Column(_("Écart"), "number"),
        Column(_("Rapprochement")),
    )
    verdicts = {True: Cell(_("rapproché"), tone="good"), False: Cell(_("écart"), tone="bad")}
    printed = [
        (
            str(row["source"]),
            label(row["kind"], language=formats.language),
            formats.short_date(row["as_of_date"]),
            formats.cents(row["total_cents"]),
            formats.cents(row["ledger_cents"]),
            formats.cents(row["difference_cents"]),
            verdicts[bool(row["ties"])],
        )
        for row in results.tie_out.to_dict("records")
    ]
    return table(columns, printed, empty=_("Non rapproché : une seule source a été fournie."))


@redrawn
def differences(results: "AuditResults", formats: Formats) -> Html:
    """Return the customers whose balance differs from the second source's, the largest difference first."""
    _ = formats.gettext
    columns = (
        Column(_("Client"), "wide"),
        Column(_("Grand livre"), "number"),
        Column(_("Seconde source"), "number"),
        Column(_("Écart"), "number"),
    )
    printed = [
        (
            who(row),
            formats.cents(row["ledger_cents"]),
            formats.cents(row["second_source_cents"]),
            Cell(formats.cents(row["difference_cents"]), tone="late"),
        )
        for row in results.differences.head(DIFFERENCES_SHOWN).to_dict("records")
    ]
    hidden = len(results.differences) - DIFFERENCES_SHOWN
    note = _("et {count} autres, moindres").format(count=formats.count(hidden)) if hidden > 0 else ""
    return table(columns, printed, empty=_("Aucun client ne diffère de la seconde source."), note=note)


@redrawn
def intake(results: "AuditResults", formats: Formats) -> Html:
    """Return the row accounting: read = loaded + skipped + rejected, file by file."""
    _ = formats.gettext
    columns = (
        Column(_("Fichier"), "wide"),
        Column(_("Nature")),
        Column(_("Usage")),
        Column(_("Lignes lues"), "number"),
        Column(_("retenues"), "number"),
        Column(_("écartées"), "number"),
        Column(_("rejetées"), "number"),
        Column(_("Débit"), "number"),
        Column(_("Crédit"), "number"),
    )
    counts = ("rows_read", "rows_loaded", "rows_skipped")
    printed: list[tuple[str | Cell, ...]] = [
        (
            Cell(row["file"], detail=" · ".join(filter(None, (row["sheet"], row["note"])))),
            label(row["kind"], language=formats.language),
            label(row["role"], language=formats.language),
            *(formats.count(row[name]) for name in counts),
            Cell(formats.count(row["rows_rejected"]), tone="late" if row["rows_rejected"] else ""),
            formats.cents(row["debit_cents"]),
            formats.cents(row["credit_cents"]),
        )
        for row in results.intake.to_dict("records")
    ]
    return table(columns, printed, empty=_("Aucun fichier n’a été lu."))


@redrawn
def findings(found: pd.DataFrame, formats: Formats) -> Html:
    """Return findings (`schemas.FINDINGS`), in the order given."""
    _ = formats.gettext
    columns = (
        Column(_("Gravité")),
        Column(_("Constat"), "wide"),
        Column(_("Lignes"), "number"),
        Column(_("Montant"), "number"),
    )
    printed = [
        (
            Cell(label(row["severity"], language=formats.language), tone=SEVERITY_TONES.get(str(row["severity"]), "")),
            row["sentence"],
            formats.count(row["rows"]) if row["rows"] else "–",
            formats.cents(row["amount_cents"]) if row["amount_cents"] else "–",
        )
        for row in found.to_dict("records")
    ]
    return table(columns, printed, empty=_("Aucun constat."))


def _indicator(name: str, entry: Mapping[str, Any], formats: Formats) -> tuple[str | Cell, ...]:
    _, meaning = formats.gettext, definition(name, language=formats.language)
    value: str | Cell = formats.measure(entry["value"], entry["unit"])
    if entry["value"] is None:
        value = absent(_("n. d."), formats.stored(entry["reason"]))
    start, end = entry.get("window_start"), entry.get("window_end")
    period = f"{formats.short_date(start)} – {formats.short_date(end)}" if start and end else "–"
    basis = formats.amount(entry["basis_amount"]) if entry.get("basis_amount") is not None else "–"
    rows, estimated = entry.get("basis_items"), entry.get("share_estimated")
    detail = [
        "" if rows is None else (_("{count} ligne") if rows < PLURAL else _("{count} lignes")).format(
            count=formats.count(rows)),
        _("{share} estimés").format(share=formats.share(estimated)) if estimated else "",
    ]
    return (
        meaning.label,
        value,
        Cell(period, tone="period"),
        Cell(basis, detail=", ".join(filter(None, detail))),
        Cell(
            meaning.sentence,
            detail=" · ".join(filter(None, (meaning.formula, formats.stored(entry.get("note"))))),
        ),
    )
