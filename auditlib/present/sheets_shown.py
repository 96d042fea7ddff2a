"""What the tool recognised of each sheet: facts and how sure they are, columns, and the first rows by class."""

from collections.abc import Sequence
from typing import Any

from auditlib.deliver.labels import label
from auditlib.formats import Formats
from auditlib.loaders.inspection import SourceReport
from auditlib.loaders.known_layouts import OF_FILE
from auditlib.present.markup import Cell, Column, Html, join, shown, table
from auditlib.present.sheet_words import CLASSES, class_name, found_by, kind_name, role_name

__all__ = ["first_rows", "legend", "recognised"]

FROM_TOP, ROWS, CELLS = 20, 60, 16
"""Rows shown from the top, rows shown in all, cells of a row."""


def recognised(reports: Sequence[SourceReport], formats: Formats) -> Html:
    """Return a part to unfold for each sheet; those with something to look at are open."""
    parts = [_sheet(report, formats.in_currency(report.currency)) for report in reports]
    return join((legend(formats), *parts)) if parts else Html(
        f'<p class="audit-empty">{shown(formats.gettext("Aucun fichier n’a été lu."))}</p>')


def legend(formats: Formats) -> Html:
    """Return the classes of rows in their colours, each with its name."""
    marks = (f'<span class="audit-row-{code}">{shown(class_name(code, formats))}</span>' for code in CLASSES)
    return Html(f'<p class="audit-legend">{"".join(marks)}</p>')


def first_rows(report: SourceReport, formats: Formats) -> Html:
    """Return the first rows as they stand, and further down those that are no items, each under its class."""
    lines = report.rows_shown(FROM_TOP)[:ROWS]
    width = min(CELLS, max((len(one["cells"]) for one in lines), default=0))
    heads = "".join(f"<th>{place}</th>" for place in range(1, width + 1))
    body = "".join(_line(one, before, width, formats) for one, before in zip(lines, [None, *lines], strict=False))
    _ = formats.gettext
    return Html(
        f'<div class="audit-scroll"><table class="audit-rows"><thead><tr><th>{shown(_("Ligne"))}</th>'
        f'<th>{shown(_("Classe"))}</th>{heads}</tr></thead><tbody>{body}</tbody></table></div>')


def _line(line: dict[str, Any], before: dict[str, Any] | None, width: int, formats: Formats) -> str:
    gap = f'<tr class="gap"><td colspan="{width + 2}">…</td></tr>' if before and line["row"] > before["row"] + 1 else ""
    cells = "".join(f"<td>{shown(text)}</td>" for text in line["cells"][:width])
    hint = f' title="{shown(line["reason"])}"' if line["reason"] else ""
    return (f'{gap}<tr class="audit-row-{line["class"]}"{hint}><td>{line["row"]}</td>'
            f'<td>{shown(class_name(line["class"], formats))}</td>{cells}</tr>')


def _sheet(report: SourceReport, formats: Formats) -> Html:
    _ = formats.gettext
    facts = table((Column(_("Élément")), Column(_("Ce qui a été lu"), "wide"), Column(_("Certitude"))),
                  _facts(report, formats))
    heading = Html(f"<b>{shown(report.name)}</b> – {shown(_summary(report, formats))}")
    inside = join((facts, Html("<br>"), _columns(report, formats), first_rows(report, formats)))
    state = " open" if _needs_a_look(report) else ""
    return Html(f'<details class="audit-scenario"{state}><summary>{heading}</summary>{inside}</details>')


def _needs_a_look(report: SourceReport) -> bool:
    doubtful = report.kind == "unknown" or report.confidence < 0.8 or not report.date_order_evident
    return doubtful or bool(report.rejected) or not all(total["agrees"] for total in report.controls["totals"])


def _summary(report: SourceReport, formats: Formats) -> str:
    return formats.gettext("{kind}, {loaded} lignes reconnues sur {read}, solde {balance}").format(
        kind=kind_name(report.kind, formats), loaded=formats.count(report.classes["loaded"]),
        read=formats.count(report.rows_read), balance=formats.amount(report.balance))


def _facts(report: SourceReport, formats: Formats) -> list[tuple[str | Cell, ...]]:
    _ = formats.gettext
    evident, doubtful = _("évident"), Cell(_("à confirmer"), tone="late")
    rows = [f"{class_name(code, formats)} : {formats.count(count)}" for code, count in report.classes.items()]
    facts: list[tuple[str | Cell, ...]] = [
        (_("Nature"), kind_name(report.kind, formats), formats.share(report.confidence)),
        *([(_("Usage"), label(report.use, language=formats.language), "")] if report.use else []),
        (_("Disposition"), _("par client") if report.layout == "grouped" else _("une ligne par écriture"), ""),
        (_("En-tête"), _header(report, formats), ""),
        (_("Ordre des dates"), _dates(report, formats), "" if not report.date_order else
         evident if report.date_order_evident else doubtful),
        (_("Décimales"), _decimals(report, formats), "" if not report.decimal_mark else
         evident if report.decimal_mark_evident else doubtful),
        (_("Sens"), _("ce qui est dû est négatif") if report.sign == "debit_negative" else
         _("ce qui est dû est positif"), ""),
        (_("Devise"), report.currency or _("non indiquée"), ""),
        (_("Arrêté au"), formats.short_date(report.as_of_date), ""),
        (_("Lignes"), formats.listed(rows), ""),
        *_controls(report, formats),
    ]
    return [(_("Profil appliqué"), _applied(report, formats), ""), *facts] if report.profile else facts


def _applied(report: SourceReport, formats: Formats) -> str:
    """Name the profile a sheet was read with, or the file whose correction it takes."""
    if not report.profile.startswith(OF_FILE):
        return report.profile
    return formats.gettext("correction de {file}").format(file=report.profile.removeprefix(OF_FILE))


def _header(report: SourceReport, formats: Formats) -> str:
    _ = formats.gettext
    rows = formats.listed(map(str, report.header_rows))
    return _("ligne {row}").format(row=rows) if rows else _("aucun en-tête reconnu")


def _dates(report: SourceReport, formats: Formats) -> str:
    _ = formats.gettext
    orders = {"day_first": _("jour puis mois"), "month_first": _("mois puis jour"), "iso": _("année, mois, jour"),
              "serial": _("dates du tableur")}
    spans = [_("{role} du {first} au {last}").format(role=role_name(role, formats), first=formats.short_date(first),
                                                     last=formats.short_date(last))
             for role, (first, last) in report.periods.items()]
    return formats.listed([orders.get(report.date_order, _("aucune")), *spans])


def _decimals(report: SourceReport, formats: Formats) -> str:
    _ = formats.gettext
    marks = {",": _("virgule décimale"), ".": _("point décimal"), "number": _("nombres du tableur")}
    return marks.get(report.decimal_mark, _("aucune"))


def _controls(report: SourceReport, formats: Formats) -> list[tuple[str | Cell, ...]]:
    """Return the totals printed beside those loaded, each with its difference."""
    _, compared = formats.gettext, report.controls["subtotals_compared"]
    agreeing = report.controls["subtotals_agreeing"]
    said: list[tuple[str | Cell, ...]] = [(
        _("Sous-totaux imprimés"), _("{agreeing} sur {compared} retrouvés").format(
            agreeing=formats.count(agreeing), compared=formats.count(compared)),
        Cell("", tone="late" if agreeing < compared else ""))] if compared else []
    for total in report.controls["totals"]:
        sentence = _("{printed} imprimé, {loaded} lu").format(
            printed=formats.amount(total["printed"]), loaded=formats.amount(total["loaded"]))
        gap = _("retrouvé") if total["agrees"] else Cell(
            _("écart {delta}").format(delta=formats.amount(total["delta"])), tone="late")
        name = _("Total imprimé, ligne {row}").format(row=total["row"])
        said.append((Cell(name, detail=total["customer_id"]), sentence, gap))
    return said


def _columns(report: SourceReport, formats: Formats) -> Html:
    _ = formats.gettext
    columns = (Column("#", "number"), Column(_("En-tête")), Column(_("Rôle")), Column(_("Reconnu par")),
               Column(_("Certitude"), "number"), Column(_("Exemples"), "wide"))
    return table(columns, [
        (str(column["position"]), column["header"] or Cell(_("sans en-tête"), tone="muted"),
         Cell(role_name(column["role"], formats), tone="" if column["role"] else "muted"),
         found_by(column["how"], formats),
         formats.share(column["confidence"]) if column["role"] else "", formats.listed(column["samples"]))
        for column in report.columns])
