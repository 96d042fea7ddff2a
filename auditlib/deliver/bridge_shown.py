"""The bridge from the client's own figures to ours, line by line; for report, workbook and notebook alike."""

from typing import TYPE_CHECKING, Any

import pandas as pd

from auditlib.deliver.definitions import definition
from auditlib.deliver.parts import Section, Table, table
from auditlib.deliver.sheets import Column, Sheet
from auditlib.formats import Formats
from auditlib.texts import N_

if TYPE_CHECKING:
    from auditlib.audit_results import AuditResults

__all__ = ["bridge_section", "bridge_sentences", "bridge_sheet", "bridge_tables"]

TITLE = N_("Du chiffre de l’entreprise au nôtre")
CAUSES = {
    "published": N_("Chiffre de l’entreprise"), "vat_included": N_("TVA des ventes"),
    "window_months": N_("Période des ventes"), "credits_deducted": N_("Crédits non affectés"),
    "includes_416": N_("Créances douteuses (416)"), "includes_bills": N_("Effets à recevoir (413)"),
    "includes_group": N_("Sociétés du groupe"), "as_of_date": N_("Date"), "unexplained": N_("Non expliqué"),
    "ours": N_("Notre chiffre"),
}
CONVENTIONS = {
    "vat_included": (N_("ventes hors taxes"), N_("ventes TTC")),
    "credits_deducted": (N_("non déduits"), N_("déduits")),
    "includes_416": (N_("non comprises"), N_("comprises")),
    "includes_bills": (N_("non compris"), N_("compris")),
    "includes_group": (N_("non comprises"), N_("comprises")),
}
"""How a convention is said where it is false, and where it is true."""
STATES = {
    "same": N_("même convention"), "unstated": N_("convention non précisée par l’entreprise"),
    "not_applicable": N_("sans objet : ce taux ne dépend pas des ventes"),
}
ENDS = ("published", "ours")


def bridge_section(results: "AuditResults", formats: Formats) -> Section | None:
    """Compose "Pourquoi nos chiffres diffèrent-ils des vôtres ?"; None where the client publishes none."""
    tables = bridge_tables(results, formats)
    if not tables:
        return None
    _ = formats.gettext
    return Section(
        "bridge", _(TITLE), _("Pourquoi nos chiffres diffèrent-ils de ceux que l’entreprise publie ?"),
        " ".join(bridge_sentences(results, formats)), tables=tables,
        meaning=_("Chaque ligne change une seule convention, dans l’ordre donné ; les lignes s’additionnent du chiffre "
                  "de l’entreprise au nôtre. Ce qui n’est pas expliqué tient aux données ou à une convention non "
                  "précisée."),
        action=_("Retenir une seule définition pour le suivi, l’écrire, et demander celles qui ne sont pas précisées."))


def bridge_sentences(results: "AuditResults", formats: Formats) -> list[str]:
    """Say for each figure what the client publishes, what we measure, and what stays unexplained."""
    _ = formats.gettext
    said = []
    for name, rows in _by_measure(results):
        tenths = rows.set_index("cause")["tenths"]
        if "unexplained" not in tenths:
            said.append(_("{measure} : l’entreprise publie {theirs} ; le nôtre n’est pas disponible. {reason}").format(
                measure=_label(name, formats), theirs=_figure(name, tenths["published"], formats),
                reason=formats.stored(rows["reason"].iloc[-1])))
            continue
        said.append(_("{measure} : l’entreprise publie {theirs}, nous mesurons {ours} ; l’écart non expliqué par les "
                      "conventions est de {rest}.").format(
            measure=_label(name, formats), theirs=_figure(name, tenths["published"], formats),
            ours=_figure(name, tenths["ours"], formats), rest=_effect(name, tenths["unexplained"], formats)))
    return said


def bridge_tables(results: "AuditResults", formats: Formats) -> tuple[Table, ...]:
    """Return a table a figure, from what the client publishes to ours."""
    _ = formats.gettext
    titles = [_("Étape"), _("Convention de l’entreprise"), _("Notre convention"), _("Effet"), _("Remarque")]
    return tuple(
        table(titles, "lllrl", [tuple(_written(name, row, formats)) for row in rows.to_dict("records")],
              title=_label(name, formats), widths=(2, 2, 2, 0, 3), has_total=True)
        for name, rows in _by_measure(results))


def bridge_sheet(results: "AuditResults", formats: Formats) -> Sheet | None:
    """Return the sheet of the bridge; None where the client publishes nothing."""
    _, found = formats.gettext, _by_measure(results)
    listed = [(name, row, _written(name, row, formats)) for name, rows in found for row in rows.to_dict("records")]
    if not listed:
        return None
    return Sheet(_("Chiffres publiés et mesurés"), [
        Column(_("Mesure"), [_label(name, formats) for name, _row, _texts in listed], "text", 30),
        Column(_("Étape"), [texts[0] for _name, _row, texts in listed], "text", 28),
        Column(_("Convention de l’entreprise"), [texts[1] for _name, _row, texts in listed], "text", 26),
        Column(_("Notre convention"), [texts[2] for _name, _row, texts in listed], "text", 22),
        Column(_("Effet"), [row["tenths"] / (1000 if name == "overdue_rate" else 10)
                            if row["state"] in ("", "same") else None for name, row, _texts in listed], "days", 14,
               kinds=["share" if name == "overdue_rate" else "days" for name, _row, _texts in listed]),
        Column(_("Remarque"), [texts[4] for _name, _row, texts in listed], "wrapped", 60)],
        notes=bridge_sentences(results, formats))


def _by_measure(results: "AuditResults") -> list[tuple[str, pd.DataFrame]]:
    """Return the lines of each figure; the date is one only where it differs."""
    if not len(results.bridge):
        return []
    rows = results.bridge
    shown = rows[(rows["cause"] != "as_of_date") | (rows["state"] != "same")]
    return [(str(name), part) for name, part in shown.groupby("measure", sort=False)]


def _written(name: str, row: dict[Any, Any], formats: Formats) -> list[str]:
    """Return step, both conventions, effect and remark as texts."""
    _, cause, state, tenths = formats.gettext, row["cause"], row["state"], int(row["tenths"])
    if cause in ENDS:
        effect = "" if state else _figure(name, tenths, formats)
    else:
        effect = _effect(name, tenths, formats) if state in ("", "same") else "–"
    known = STATES.get(state, "")
    remark = formats.stored(row["reason"]) if state == "unavailable" else _(known)
    theirs, ours = (_convention(cause, row[side], formats) for side in ("theirs", "ours"))
    sides = ["", ""] if state == "not_applicable" else [theirs or (_("non précisée") if ours else ""), ours]
    title = CAUSES[cause]
    return [_(title), *sides, effect, remark]


def _convention(cause: str, text: str, formats: Formats) -> str:
    if cause in CONVENTIONS and text:
        said = CONVENTIONS[cause][text == "True"]
        return formats.gettext(said)
    if cause == "window_months" and text:
        return formats.gettext("{count} mois").format(count=text)
    return formats.short_date(text) if cause == "as_of_date" and text else text


def _label(name: str, formats: Formats) -> str:
    return definition(name, language=formats.language).label


def _figure(name: str, tenths: int, formats: Formats) -> str:
    return formats.days(tenths / 10) if name == "dso" else formats.share(tenths / 1000)


def _effect(name: str, tenths: int, formats: Formats) -> str:
    """Write what a cause adds, with its sign; a rate's in points."""
    sign = "+" if tenths > 0 else "\u2212" if tenths < 0 else ""
    size = formats.decimal(abs(tenths) / 10, digits=1)
    unit = formats.gettext("{number} jours") if name == "dso" else formats.gettext("{number} points")
    return unit.format(number=sign + size)
