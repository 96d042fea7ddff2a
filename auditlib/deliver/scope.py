"""The opening page: what the report is and is not, on what it rests, and who answers for it."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from auditlib.deliver.labels import status, tie_status
from auditlib.document_kinds import DOCUMENT_KINDS, LEDGER_KIND
from auditlib.document_states import LEDGERS
from auditlib.formats import Formats

if TYPE_CHECKING:
    from auditlib.indicators import AuditResults
    from auditlib.parameters import Parameters

__all__ = ["Scope", "report_scope"]


@dataclass(frozen=True)
class Scope:
    """The opening page of the report.

    Attributes
    ----------
    disclaimer : str
    facts : tuple of (label, value)
    documents : tuple of (kind, state, is_received)
    """

    disclaimer: str
    facts: tuple[tuple[str, str], ...]
    documents: tuple[tuple[str, str, bool], ...]


def report_scope(
    results: "AuditResults",
    parameters: "Parameters",
    formats: Formats,
    *,
    documents: Sequence[tuple[str, str, bool]],
    extracted_on: dt.date | None,
) -> Scope:
    """Return the opening page of the report.

    Parameters
    ----------
    results : AuditResults
    parameters : Parameters
    formats : Formats
    documents : sequence of (kind, state, is_received)
        As the document register says; empty: what the files read tell.
    extracted_on : date or None
    """
    _ = formats.gettext
    disclaimer = _(
        "Ce rapport n’est pas une opinion d’audit ni une certification des comptes : c’est une analyse du "
        "poste clients "
        "faite à partir des seuls documents énumérés ci-dessous, que nous n’avons pas vérifiés auprès des tiers."
    )
    asked = tuple(documents) or _documents(results, formats)
    return Scope(disclaimer, _facts(results, parameters, formats, extracted_on), asked)


def _facts(
    results: "AuditResults",
    parameters: "Parameters",
    formats: Formats,
    extracted_on: dt.date | None,
) -> tuple[tuple[str, str], ...]:
    _, summary = formats.gettext, results.summary
    unsaid = _("non renseigné")
    rounded = _("{unit}, arrondis à l’affichage ; le classeur donne les montants exacts").format(
        unit=formats.unit_of_amounts())
    return (
        (_("Société auditée"), parameters.title),
        (_("Date d’arrêté"), formats.date(summary["as_of_date"])),
        (_("Périmètre"), _perimeter(results, parameters, formats)),
        *([(_("Montants en"), rounded)] if formats.thousands else []),
        (_("Date d’extraction des fichiers"), formats.date(extracted_on) if extracted_on else _("non communiquée")),
        (_("Rapprochement"), tie_status(summary, language=formats.language)),
        (_("Part des montants estimée"), _estimated(results, formats)),
        (_("Préparé par"), parameters.prepared_by or unsaid),
        (_("Revu par"), parameters.reviewed_by or _("personne à ce jour")),
        (_("Statut"), status(parameters, language=formats.language)),
    )


def _perimeter(results: "AuditResults", parameters: "Parameters", formats: Formats) -> str:
    _ = formats.gettext
    currency = results.summary.get("currency") or _("plusieurs devises")
    if (results.open_items["account"].astype("str") == "").all():
        return _("toutes les pièces des fichiers clients (sans numéro de compte), montants TTC en {currency}").format(
            currency=currency
        )
    return _("comptes {accounts} et subdivisions, montants TTC en {currency}").format(
        accounts=", ".join(parameters.method.perimeter), currency=currency
    )


def _estimated(results: "AuditResults", formats: Formats) -> str:
    """Say how much of the receivable rests on assumed due dates, and on kinds read from journal and label."""
    _, entry = formats.gettext, results.summary["indicators"].get("overdue_rate", {})
    gross = results.open_items["residual_cents"].clip(lower=0)
    said = []
    if entry.get("share_estimated") is not None:
        said.append(_("échéances supposées : {share} de l’encours brut").format(
            share=formats.share(entry["share_estimated"])))
    if gross.sum():
        read = gross[results.open_items["kind_inferred"]].sum() / gross.sum()
        said.append(_("nature des pièces lue dans le journal ou le libellé : {share}").format(
            share=formats.share(read)))
    return " · ".join(said) or _("non mesurée")


def _documents(results: "AuditResults", formats: Formats) -> tuple[tuple[str, str, bool], ...]:
    """Say what the files read tell of each kind, where there is no register."""
    _, files = formats.gettext, _files(results, formats)
    known = {LEDGER_KIND: files}
    return tuple((_(one.title), known.get(kind) or _("non reçu"), bool(known.get(kind)))
                 for kind, one in DOCUMENT_KINDS.items())


def _files(results: "AuditResults", formats: Formats) -> str:
    """Say which of the ledger and the aged balance came, by the files read."""
    _, kinds = formats.gettext, results.intake["kind"].astype("str")
    has_ledger, has_balance = kinds.isin(LEDGERS).any(), (kinds == "aged_balance").any()
    files = ", ".join(dict.fromkeys(results.intake["file"]))
    missing = (
        ""
        if has_ledger and has_balance
        else _(" – balance âgée non reçue")
        if has_ledger
        else _(" – grand livre non reçu")
    )
    return _("reçu : {files}").format(files=files) + missing if files else ""
