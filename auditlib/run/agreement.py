"""The non-disclosure agreement of an engagement: its draft, and what is recorded of its signature."""

from auditlib.deliver.nda import parties, to_complete, write_nda
from auditlib.formats import Formats
from auditlib.register import file_digest
from auditlib.run.agreement_signature import signed_file_problem
from auditlib.run.engagement import Engagement

__all__ = ["draft_agreement", "signature_record", "signature_warning", "to_complete_before_signing"]

DRAFT = "accord_confidentialite.docx"


def draft_agreement(audit: Engagement) -> str:
    """Write the draft into the run and return its name; outside a run nothing is written, and it is empty."""
    if audit.run_dir is None:
        return ""
    return write_nda(audit.parameters, audit.run_dir / DRAFT).name


def to_complete_before_signing(audit: Engagement) -> str:
    """Return what the draft leaves as dots, or say that nothing is missing."""
    _ = audit.texts.gettext
    return (to_complete(audit.parameters, language=audit.language)
            or _("Rien ne manque au projet d’accord : il est prêt à signer."))


def signature_record(audit: Engagement) -> dict[str, str]:
    """Return who signed what and when, in the engagement's language, with the SHA-256 of draft and signed file."""
    _, nda = audit.texts.gettext, audit.parameters.nda
    draft = audit.run_dir / DRAFT if audit.run_dir else None
    missing = _("non renseigné")
    return {
        _("Société auditée"): parties(audit.parameters)[0].name or audit.parameters.title,
        _("Signataire"): nda.signatory or missing,
        _("Signé le"): Formats(language=audit.language).date(nda.signed_on) if nda.signed_on else missing,
        _("Accord signé"): nda.signed_file or missing,
        _("Empreinte SHA-256 de l’accord signé"): nda.sha256 or missing,
        _("Projet d'accord"): DRAFT if draft and draft.exists() else _("rédigé par « auditlib run »"),
        _("Empreinte SHA-256 du projet"): file_digest(draft) if draft and draft.exists() else missing,
        _("Lecture des documents"): _state(audit),
    }


def signature_warning(audit: Engagement) -> str:
    """Return the sentence that says the signed file is no longer the one recorded, or that all is in order."""
    _ = audit.texts.gettext
    if problem := signed_file_problem(audit.parameters, language=audit.language):
        return problem
    if audit.parameters.nda.signed_file:
        return _("Le fichier signé est bien celui qui a été enregistré.")
    return _("Aucun fichier signé n’est enregistré.")


def _state(audit: Engagement) -> str:
    _ = audit.texts.gettext
    if audit.parameters.nda.is_signed:
        return _("autorisée : accord signé")
    if audit.parameters.nda.allow_unsigned:
        return _("autorisée sans accord (démonstration)")
    return _("bloquée jusqu'à la signature")
