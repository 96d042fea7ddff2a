"""The words by which a printed ledger or balance says that a row is no item; patterns for Arrow's regex engine."""

__all__ = ["CARRIED", "GRAND_TOTAL", "OPENING", "PAGE", "PERCENTAGE", "TAIL_OF_TOTAL", "TOTAL_INSIDE", "TOTAL_WORD"]

TOTAL_WORD = (
    r"(?i)^(?:\W*)(?:sous[- ]?tota(?:l|ux)|tota(?:l|ux)|sub[- ]?totals?|grand[- ]?totals?|cumuls?|percents?|"
    r"solde (?:du |de |final|fin|compte|client|tiers|p[ée]riode|[àa] la)|soldes?\W*(?:\||$)|balance (?:for|total))"
)
"""A sum, at the start of a row."""
TOTAL_INSIDE = r"(?i)\| *tota(?:l|ux)\b"
GRAND_TOTAL = (
    r"(?i)(?:total|totaux) (?:g[ée]n[ée]ra(?:l|ux)|[ée]tat|[ée]dition|journal|des tiers|des comptes|des clients)|"
    r"grand[- ]?total"
)
CARRIED = (
    r"(?i)^(?:\W*)(?:[àa] reporter|reports?(?: (?:page|de (?:la )?page).*)?|total(?:aux)? [àa] reporter|"
    r"carried forward.*|c/?f|report[ée])\W*(?: \||$)"
)
"""The running sum at the foot of a page, and again on top of the next."""
OPENING = (
    r"(?i)(?:^|\| )(?:solde (?:initial|ant[ée]rieur|pr[ée]c[ée]dent|d[ée]but|d.ouverture|report[ée])|"
    r"report [àa] nouveau|[àa] nouveaux?|a\.?n\.?$|opening balance|"
    r"(?:balance )?brought forward|balance b/?f|b/?f$|ran\b)"
)
"""A balance that opens an account: an amount of its own, unlike what is carried forward."""
PAGE = (
    r"(?i)©|\bpage\s*:?\s*(?:n°\s*)?\d+(?:\s*(?:/|sur|of|de)\s*\d+)?|^p\.? ?\d+/\d+|"
    r"^\W*(?:nombre|nb) d(?:e |['’])(?:lignes|[ée]critures|comptes|mouvements|pi[èe]ces)\b|"
    r"\b(?:imprim[ée]|[ée]dit[ée]e?|printed|generated) (?:le|on|by|par)\b|date de tirage|tenue de compte"
)
TAIL_OF_TOTAL = (
    r"(?i)^\W*(?:grand |sous[- ]?|sub[- ]?)?tota(?:l|ux)s?\s*"
    r"(?:$|[:·.|\d-]|\x{2013}|\x{2014}|g[ée]n[ée]ra|clients?\b|comptes?\b|tiers\b|du\b|des\b|de\b|customers?\b|for\b|in\b|eur\b|"
    r"€|receivable|balance|solde|collectif|en\b|d[ûu]\b|due\b)"
)
"""A sum where a customer may be named "Total …" too: what follows the word tells."""
PERCENTAGE = r"(?i)^\W*(?:%|percents?|percentages?|pourcentages?|en %|r[ée]partition)"
