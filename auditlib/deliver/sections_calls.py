"""Section of the calls: what is prepared, the nine steps, what makes a call succeed."""

from typing import TYPE_CHECKING

from auditlib.call_files import call_book
from auditlib.deliver.call_parts import calls_sentence, calls_table, steps_table
from auditlib.deliver.parts import Section
from auditlib.formats import Formats

if TYPE_CHECKING:
    from auditlib.audit_results import AuditResults
    from auditlib.parameters import Parameters

__all__ = ["calls_section"]

CALLS_SHOWN = 10


def calls_section(results: "AuditResults", formats: Formats, *, parameters: "Parameters") -> Section | None:
    """Compose the section of the calls; None where nobody is to be called."""
    book = call_book(results, rules=parameters.collection, creditor=parameters.title, language=formats.language)
    if not book.files:
        return None
    _ = formats.gettext
    return Section(
        "calls", _("La méthode d’appel"), _("Comment obtenir un engagement au téléphone ?"),
        calls_sentence(book, formats),
        tables=(calls_table(book, formats, shown=CALLS_SHOWN), steps_table(formats)),
        meaning=_("Au téléphone, on n’entend que la voix : un ton posé, des chiffres dits lentement, une demande "
                  "claire, puis le silence. Un appel qui finit sans date, montant ni moyen est un appel à refaire."),
        action=_("Prendre les fiches de « appels.pdf » dans l’ordre, l’agenda « appels.ics » ouvert ; confirmer chaque "
                 "promesse par e-mail dans l’heure, la rappeler la veille, la vérifier le lendemain. La méthode "
                 "entière est dans « methode_telephone.docx »."))
