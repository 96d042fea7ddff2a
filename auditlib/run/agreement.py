"""The non-disclosure agreement of an engagement: its draft, and what is recorded of its signature."""

from auditlib.deliver.nda import write_nda
from auditlib.formats import Formats
from auditlib.register import file_digest
from auditlib.run.engagement import Engagement

__all__ = ["draft_agreement", "signature_record"]

DRAFT = "accord_confidentialite.docx"


def draft_agreement(audit: Engagement) -> str:
    """Write the draft into the run and return its name; outside a run nothing is written, and it is empty."""
    if audit.run_dir is None:
        return ""
    return write_nda(audit.parameters, audit.run_dir / DRAFT).name


def signature_record(audit: Engagement) -> dict[str, str]:
    """Return who signed what and when, in the engagement's language; the SHA-256 is that of this run's draft."""
    _, agreement = audit.texts.gettext, audit.parameters.nda
    draft = audit.run_dir / DRAFT if audit.run_dir else None
    missing = _("non renseigné")
    return {
        _("Société auditée"): audit.parameters.title,
        _("Signataire"): agreement.signatory or missing,
        _("Signé le"): Formats(language=audit.language).date(agreement.signed_on) if agreement.signed_on else missing,
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
