"""One restrained palette for screen and paper: calm where nothing is late, warmer as it ages."""

__all__ = [
    "ABSENT", "ACCENT", "CALM", "CLASSES", "FONT", "HEAT", "INK", "MUTED", "NEUTRAL", "PROFILES", "RULE", "WARM",
    "WASH", "bucket_colours",
]

INK, MUTED, ABSENT, RULE = "#1d2733", "#5b6775", "#8a95a1", "#e2e7ec"
ACCENT, CALM, NEUTRAL = "#1f4e79", "#2f6f8f", "#9aa6b2"
WARM = ("#e9c46a", "#eb9a4f", "#dd6e42", "#a8322d")
"""Overdue, from recent to old."""
CLASSES = {
    "dso_best_possible": CALM,
    "dso_late": "#dd6e42",
    "dso_disputed": "#e0a030",
    "dso_doubtful": "#a8322d",
    "dso_undated": NEUTRAL,
    "dso_unallocated": "#7d9a86",
}
"""Parts of the DSO."""
HEAT = ((0.0, "#f7e3d3"), (0.35, "#dfe8ec"), (0.7, "#7fa9bd"), (1.0, "#1f4e79"))
"""Places and colours of a share that is better when higher: warm where little is in, then darker and calmer."""
WASH = "#eef1f4"
"""A cell that holds nothing."""
PROFILES = {
    "punctual": ACCENT, "short_late": CALM, "direct_debit": "#7d9a86", "slow": WARM[0], "negligent": "#d9b44a",
    "irregular": "#c9a227", "slipping": WARM[1], "part_paying": "#b5793d", "disputing": WARM[2],
    "silent": WARM[3], "undetermined": NEUTRAL, "new": "#bcc6d0",
}
"""Payer profiles: calm for the surest, warm for those at risk, neutral for those of whom little is known."""
FONT = "'Source Sans 3', 'Segoe UI', 'Helvetica Neue', 'Liberation Sans', Arial, sans-serif"
"""Of the system: nothing is fetched."""
APART = ("no_due_date", "age_unknown", "unallocated_credits")


def bucket_colours(buckets: tuple[str, ...]) -> list[str]:
    """Return the colour of each ageing bucket: calm, then warmer with age, neutral for those set apart.

    Examples
    --------
    >>> bucket_colours(("not_due", "1-60", ">60", "no_due_date"))
    ['#2f6f8f', '#e9c46a', '#a8322d', '#9aa6b2']
    """
    late = [bucket for bucket in buckets if bucket not in ("not_due", *APART)]
    steps = max(len(late) - 1, 1)
    warm = {bucket: WARM[round(rank * (len(WARM) - 1) / steps)] for rank, bucket in enumerate(late)}
    return [CALM if bucket == "not_due" else warm.get(bucket, NEUTRAL) for bucket in buckets]
