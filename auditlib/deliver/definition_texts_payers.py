"""Texts of the definitions about promises to pay (DOMAIN.md A3)."""

from auditlib.texts import N_

__all__ = ["PAYER_TEXTS"]

PAYER_TEXTS: dict[str, tuple[str, str, str, str]] = {
    "promise_kept_rate": (
        N_("Promesses de règlement tenues, en nombre"),
        "share",
        N_("Part des promesses de règlement arrivées à terme qui ont été tenues."),
        N_("Promesses payées en totalité au jour promis, tolérance comprise ÷ promesses arrivées à terme"),
    ),
    "promise_kept_rate_amount": (
        N_("Promesses de règlement tenues, en montant"),
        "share",
        N_("Part du montant promis et arrivé à terme dont la promesse a été tenue."),
        N_("Montant des promesses tenues ÷ montant des promesses arrivées à terme"),
    ),
}
"""Label, unit, sentence and formula of each identifier."""
