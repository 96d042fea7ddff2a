"""Invented names: stems no one bears, put together with the words of the trade."""

import numpy as np
import numpy.typing as npt
import pandas as pd

__all__ = ["SALESPERSONS", "business_names", "foreign_names", "legal_categories", "person_names", "public_names"]

Names = npt.NDArray[np.object_]

HEADS = ("Val", "Mont", "Bel", "Cor", "Ser", "Vir", "Aub", "Ram", "Far", "Gal", "Lom", "Mar", "Nor", "Pel", "Quer",
         "Ros", "Sau", "Tor", "Var", "Cham", "Dol", "Bru", "Cas", "Fon")
TAILS = ("brac", "merand", "villon", "dorin", "nelle", "tigny", "velan", "goulin", "zanne", "cieux", "mazel", "rieul",
         "pontel", "sarde", "lanche", "devic", "thuis", "vergne", "quenet", "noual")
TRADES = ("Menuiserie", "Agencement", "Bâtiment", "Constructions", "Métallerie", "Serrurerie", "Cuisines", "Habitat",
          "Rénovation", "Charpentes", "Immobilier", "Négoce", "Hôtellerie", "Maçonnerie", "Façades", "Toitures",
          "Architecture", "Bois", "Isolation", "Vérandas", "Résidences", "Promotion", "Industrie", "Logistique")
FORMS = ("SAS", "SARL", "SA", "EURL")
FORM_CATEGORIES = ("5710", "5499", "5599", "5498")
BODIES = ("Commune de", "Communauté de communes de", "Centre hospitalier de", "Lycée de", "Syndicat mixte de",
          "Ville de", "Office public de l'habitat de", "EHPAD public de", "Université de", "SDIS de")
BODY_CATEGORIES = ("7210", "7346", "7364", "7331", "7354", "7210", "4140", "7366", "7383", "7372")
"""Legal categories of `BODIES` (INSEE, level III); `FORM_CATEGORIES` are those of `FORMS`."""
FIRST_NAMES = ("Odile", "Lucien", "Maëlle", "Gaspard", "Inès", "Théo", "Solange", "Bastien", "Perrine", "Hugo",
               "Yvette", "Karim", "Noémie", "Joël", "Agathe", "Sami", "Élise", "Rémi", "Fatou", "Armand")
FOREIGN = {
    "BE": (("Bouw", "Schrijnwerk", "Interieur"), "SRL"), "DE": (("Holzbau", "Innenausbau", "Metallbau"), "GmbH"),
    "ES": (("Construcciones", "Carpintería", "Reformas"), "SL"), "IT": (("Falegnameria", "Edilizia", "Arredi"), "SRL"),
    "LU": (("Menuiserie", "Bâtiment", "Façades"), "SARL"), "CH": (("Agencement", "Menuiserie", "Bois"), "SA"),
    "GB": (("Joinery", "Building", "Interiors"), "Ltd"), "MA": (("Bâtiment", "Aménagement", "Travaux"), "SARL"),
}
SALESPERSONS = ("A. Valmerand", "B. Cordorin", "C. Servillon", "D. Aubnelle", "E. Galtigny", "F. Lomvelan",
                "G. Norzanne", "H. Roscieux")


def legal_categories(names: pd.Series) -> pd.Series:
    """Return the INSEE legal category a French name tells of, "" where it tells none."""
    by_form = names.str.split().str[-1].map(dict(zip(FORMS, FORM_CATEGORIES, strict=True)))
    for body, category in zip(BODIES, BODY_CATEGORIES, strict=True):
        by_form = by_form.mask(names.str.startswith(body), category)
    return by_form.fillna("")


def _stems(numbers: npt.NDArray[np.int64]) -> Names:
    heads, tails = np.array(HEADS, dtype=object), np.array(TAILS, dtype=object)
    count = len(HEADS) * len(TAILS)
    far = np.array(["", "-le-Vieux", "-sur-Virelle", "-les-Ormes"], dtype=object)
    place: Names = heads[numbers % len(HEADS)] + tails[numbers // len(HEADS) % len(TAILS)]
    whole: Names = place + far[numbers // count % len(far)]
    return whole


def _distinct(count: int, combinations: int, rng: np.random.Generator) -> npt.NDArray[np.int64]:
    """Draw combination numbers without repeating one while there are enough."""
    rounds = max(1, -(-count // combinations))
    drawn = np.concatenate([rng.permutation(combinations) for _ in range(rounds)])
    return drawn[:count].astype(np.int64)


def business_names(count: int, rng: np.random.Generator) -> Names:
    """Return names such as "Menuiserie Valmerand SARL"."""
    numbers = _distinct(count, len(TRADES) * len(HEADS) * len(TAILS), rng)
    trades = np.array(TRADES, dtype=object)[numbers % len(TRADES)]
    forms = np.array(FORMS, dtype=object)[rng.choice(len(FORMS), count, p=[0.4, 0.42, 0.08, 0.1])]
    whole: Names = trades + " " + _stems(numbers // len(TRADES)) + " " + forms
    return whole


def public_names(count: int, rng: np.random.Generator) -> Names:
    """Return names of public bodies such as "Commune de Montbrac-sur-Virelle"."""
    numbers = _distinct(count, len(BODIES) * len(HEADS) * len(TAILS) * 4, rng)
    whole: Names = np.array(BODIES, dtype=object)[numbers % len(BODIES)] + " " + _stems(numbers // len(BODIES))
    return whole


def person_names(count: int, rng: np.random.Generator) -> Names:
    """Return names of consumers such as "Mme Valmerand Odile"."""
    numbers = _distinct(count, len(FIRST_NAMES) * len(HEADS) * len(TAILS), rng)
    first = numbers % len(FIRST_NAMES)
    titles = np.where(first % 2 == 0, "Mme ", "M. ").astype(object)
    whole: Names = titles + _stems(numbers // len(FIRST_NAMES)) + " " + np.array(FIRST_NAMES, dtype=object)[first]
    return whole


def foreign_names(country: str, count: int, rng: np.random.Generator) -> Names:
    """Return names of businesses of another country, with its legal form."""
    trades, form = FOREIGN[country]
    numbers = _distinct(count, len(trades) * len(HEADS) * len(TAILS), rng)
    whole: Names = (
        np.array(trades, dtype=object)[numbers % len(trades)] + " " + _stems(numbers // len(trades)) + " " + form
    )
    return whole
