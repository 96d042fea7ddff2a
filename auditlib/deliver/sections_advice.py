"""Sections of advice: findings, action plan, and the annex of indicators."""

from collections import Counter
from typing import TYPE_CHECKING

import pandas as pd

from auditlib.deliver.definitions import definition
from auditlib.deliver.labels import label
from auditlib.deliver.parts import Section, Table, table, text_rows
from auditlib.formats import Formats
from auditlib.working_papers import STATUSES, finding_title, working_papers

if TYPE_CHECKING:
    from auditlib.indicators import AuditResults

__all__ = ["findings", "indicators"]


def findings(results: "AuditResults", formats: Formats) -> Section | None:
    """Compose "Qu’avons-nous trouvé ?"; None where nothing was."""
    _, papers = formats.gettext, working_papers(results, language=formats.language)
    if papers.empty:
        return None
    named = papers.assign(answered=papers["answer"].where(papers["answer"] != "", papers["status"].map(
        {code: _(text) for code, text in STATUSES.items()})))
    rows = text_rows(named, {
        "severity": lambda severity: label(severity, language=formats.language), "sentence": str,
        "amount_cents": lambda cents: formats.cents(cents) if cents else "–", "action": str, "owner": str,
        "answered": str,
    })
    serious = papers[papers["severity"] == "serious"]
    tested: dict[str, int] = Counter(results.tests["status"].astype("str")) if len(results.tests) else {}
    sentences = [_("Constats : {count}, dont graves : {serious}.").format(count=len(papers), serious=len(serious))]
    if len(tested):
        sentences.append(_(
            "Tests du programme : {count}, dont sans exception : {clean} et non testés, avec leur motif : {missing}."
        ).format(count=sum(tested.values()), clean=tested.get("clean", 0), missing=tested.get("not_tested", 0)))
    titles = [_("Gravité"), _("Constat"), _("Montant"), _("Action"), _("Responsable")]
    widths = [0, 6, 0, 4, 2]
    if papers["answer"].any() or (papers["status"] != "open").any():
        titles, widths = [*titles, _("Réponse du client")], [*widths, 2]
    rows = [row[:len(titles)] for row in rows]
    return Section(
        "findings", _("Les constats"), _("Qu’avons-nous trouvé ?"), " ".join(sentences),
        tables=(table(titles, "llrlll"[:len(titles)], rows, widths=widths), *_risks(serious, formats)),
        meaning=_("Un test sans exception ne prouve pas l’absence d’anomalie ; un test non fait n’en dit rien."),
        action=_(
            "Répondre à chaque constat dans la feuille « Constats à commenter » du classeur avant la version "
            "définitive du rapport."),
    )


def _risks(serious: pd.DataFrame, formats: Formats) -> tuple[Table, ...]:
    """Return the table of what the serious findings put at risk, and why they usually happen."""
    _ = formats.gettext
    if serious.empty:
        return ()
    rows = text_rows(serious, {
        "finding": lambda code: finding_title(code, language=formats.language),
        "risk": str, "cause": str, "due_date": formats.short_date})
    titles, widths = [_("Constat grave"), _("Risque"), _("Causes habituelles"), _("Date prévue")], (3, 4, 4, 0)
    kept = len(titles) - int(not serious["due_date"].notna().any())
    return (table(titles[:kept], "llll"[:kept], [row[:kept] for row in rows], widths=widths[:kept],
                  title=_("Ce que risquent les constats graves")),)


def indicators(results: "AuditResults", formats: Formats) -> Section | None:
    """Compose the annex: every indicator with its value and computation, or the reason there is none."""
    _, entries = formats.gettext, results.summary["indicators"]
    defined = {name: definition(name, language=formats.language) for name in entries}
    notes = list(dict.fromkeys(formats.stored(entry["note"]) for entry in entries.values() if entry.get("note")))
    marks = {note: f"({rank})" for rank, note in enumerate(notes, start=1)}
    rows = [
        (f"{defined[name].label} {marks.get(formats.stored(entry.get('note')), '')}".rstrip(),
         formats.measure(entry["value"], entry["unit"]), formats.share(entry.get("share_estimated")),
         formats.stored(entry["reason"]) or defined[name].formula)
        for name, entry in entries.items()
    ]
    titles = [_("Indicateur"), _("Valeur"), _("Part estimée"), _("Calcul, ou motif")]
    remarks = [(mark, note) for note, mark in marks.items()]
    below = table([_("Note"), _("À savoir")], "ll", remarks, title=_("Notes"), widths=(1, 14))
    return Section(
        "indicators", _("Annexe : tous les indicateurs"), _("Comment chaque mesure est-elle calculée ?"),
        _("Un indicateur non disponible porte son motif ; aucun n’est remplacé par zéro."),
        tables=(table(titles, "lrrl", rows, widths=(2, 0, 0, 3)), *([below] if remarks else [])),
    )
