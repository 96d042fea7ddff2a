"""The non-disclosure agreement of an engagement: its draft, and what is recorded of its signature."""

from auditlib.deliver.nda import blanks, write_nda
from auditlib.formats import Formats
from auditlib.register import file_digest
from auditlib.run.engagement import Engagement
from auditlib.run.signature import CHANGED, MISSING, SAME, signed_file_state

__all__ = ["draft_agreement", "signature_record", "to_fill_in"]

DRAFT = "accord_confidentialite.docx"


def draft_agreement(audit: Engagement) -> str:
    """Write the draft into the run and return its name; outside a run nothing is written, and it is empty."""
    if audit.run_dir is None:
        return ""
    return write_nda(audit.parameters, audit.run_dir / DRAFT).name


def to_fill_in(audit: Engagement) -> dict[str, str]:
    """Return what the draft leaves as dots, by number, to be written before both parties sign."""
    left = blanks(audit.parameters, language=audit.language)
    nothing = {"–": audit.texts.gettext("rien : l’accord est prêt à être signé")}
    return {str(number): sentence for number, sentence in enumerate(left, start=1)} or nothing


def signature_record(audit: Engagement) -> dict[str, str]:
    """Return who signed what and when, in the engagement's language; the SHA-256 is that of this run's draft."""
    _, agreement = audit.texts.gettext, audit.parameters.nda
    draft = audit.run_dir / DRAFT if audit.run_dir else None
    missing = _("non renseigné")
    return {
        _("Société auditée"): audit.parameters.title,
        _("Signataire"): agreement.signatory or missing,
        _("Signé le"): Formats(language=audit.language).date(agreement.signed_on) if agreement.signed_on else missing,
        _("Fichier signé"): _signed_file(audit),
        _("Projet d'accord"): DRAFT if draft and draft.exists() else _("rédigé par « auditlib run »"),
        _("Empreinte SHA-256 du projet"): file_digest(draft) if draft and draft.exists() else missing,
        _("Lecture des documents"): _state(audit),
    }


def _state(audit: Engagement) -> str:
    _ = audit.texts.gettext
    if audit.parameters.nda.signed_on and audit.parameters.nda.signatory:
        return _("autorisée : accord signé")
    if audit.parameters.nda.allow_unsigned:
        return _("autorisée sans accord (démonstration)")
    return _("bloquée jusqu'à la signature")


def _signed_file(audit: Engagement) -> str:
    """Name the signed file, and say whether it still is the one recorded."""
    _, agreement, state = audit.texts.gettext, audit.parameters.nda, signed_file_state(audit.parameters)
    said = {
        SAME: _("{file}, conforme à l’empreinte enregistrée {digest}"),
        CHANGED: _("{file} ne correspond plus à l’empreinte enregistrée {digest} : faire confirmer le fichier signé"),
        MISSING: _("{file} est introuvable ; empreinte enregistrée {digest}"),
    }
    if state is None:
        return _("non renseigné")
    return said[state].format(file=agreement.signed_file, digest=agreement.sha256[:12])
