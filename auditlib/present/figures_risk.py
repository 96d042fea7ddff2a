"""Figures of risk: the roll rates from one bucket to the next, arranged."""

from typing import TYPE_CHECKING

import pandas as pd

from auditlib.ageing import NOT_DUE
from auditlib.deliver.labels import label
from auditlib.formats import Formats, bucket_label
from auditlib.present.figures import Figure

if TYPE_CHECKING:
    from auditlib.audit_results import AuditResults

__all__ = ["roll_flow", "transition"]


def roll_flow(results: "AuditResults", formats: Formats) -> Figure | None:
    """Arrange what slides from each bucket into the next in a month, and what does not; None without roll rates.

    The last bucket slides into loss; a step whose rate is not known is left out. [share 0–1]
    """
    _ = formats.gettext
    if results.roll_rates.empty:
        return None
    rolls = results.roll_rates.dropna(subset=["rate"])
    if rolls.empty:
        return None
    rates = tuple(float(rate) for rate in rolls["rate"])
    kept = tuple(1 - rate for rate in rates)
    steps = zip(rolls["from_bucket"], rolls["to_bucket"], strict=True)
    return Figure(
        series={_("Glisse dans la tranche suivante"): rates, _("Encaissé, soldé ou resté en place"): kept},
        labels=tuple(transition(start, end, formats) for start, end in steps), unit="share",
        title=_("Ce qui glisse d’une tranche de retard à la suivante"), codes=tuple(rolls["from_bucket"]),
        sentence=_steepest(rolls, formats))


def transition(start: str, end: str, formats: Formats) -> str:
    """Name a step between two buckets, the last one into loss."""
    language = formats.language
    after = label("loss", language=language) if end == "loss" else bucket_label(end, language=language).lower()
    return f"{bucket_label(start, language=language)} → {after}"


def _steepest(rolls: pd.DataFrame, formats: Formats) -> str:
    """Say how much slides into lateness, and at which step of it most does."""
    _, is_first = formats.gettext, rolls["from_bucket"] == NOT_DUE
    late = rolls[~is_first & (rolls["to_bucket"] != "loss")]
    first = formats.share(float(rolls.loc[is_first, "rate"].sum())) if is_first.any() else ""
    if late.empty:
        return _("Chaque mois, {share} du non échu devient un retard.").format(share=first) if first else ""
    worst = late.sort_values("rate", ascending=False, kind="stable").iloc[0]
    step = transition(worst["from_bucket"], worst["to_bucket"], formats)
    slides = formats.share(float(worst["rate"]))
    if not first:
        return _("C’est au passage « {step} » qu’il glisse le plus : {worst}.").format(step=step, worst=slides)
    return _(
        "Chaque mois, {share} du non échu devient un retard ; ensuite, c’est au passage « {step} » qu’il en glisse le "
        "plus : {worst}."
    ).format(share=first, worst=slides, step=step)
