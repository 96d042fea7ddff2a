"""Sections on how each customer pays."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import pandas as pd

from auditlib.amounts import ratio
from auditlib.deliver import svg_payers
from auditlib.deliver.labels import label
from auditlib.deliver.parts import Section, Table, chart, table, text_rows
from auditlib.formats import Formats
from auditlib.payer_profiles import profile_summary
from auditlib.present import figures_payers

if TYPE_CHECKING:
    from auditlib.indicators import AuditResults

__all__ = ["SECTIONS", "payers"]

CUSTOMERS_SHOWN = 12


def payers(results: "AuditResults", formats: Formats) -> Section | None:
    """Compose "Comment les clients paient-ils ?"; None where payments are not known."""
    _, known = formats.gettext, results.payers
    if not len(known):
        return None
    by_profile = profile_summary(known)
    figure = figures_payers.customers_bubble(results, formats)
    return Section(
        "payers",
        _("Les profils de payeurs"),
        _("Comment les clients paient-ils ?"),
        " ".join(filter(None, [_headline(by_profile, formats), _promises(results, formats)])),
        charts=() if figure is None else (chart(svg_payers.customers_bubble, figure, formats),),
        tables=(_profiles(by_profile, formats), *_first_customers(results, formats)),
        meaning=_meaning(by_profile, formats),
        action=_(
            "Relancer chaque profil à sa façon : appeler sans attendre les silencieux et les dérapages, instruire les "
            "contestations, fixer un échéancier écrit aux paiements partiels, négocier le délai des lents structurels."
        ),
    )


def _headline(by_profile: pd.DataFrame, formats: Formats) -> str:
    sure = by_profile[by_profile["profile"].isin(figures_payers.SURE)]
    risky = by_profile[by_profile["profile"].isin(figures_payers.AT_RISK)]
    net = int(by_profile["net_overdue_cents"].sum())
    return formats.gettext(
        "Payeurs ponctuels, à retard court régulier ou prélevés : {sure} clients sur {customers}. Profils à risque "
        "(dérapage, paiements partiels, contestation, silence) : {risky} clients, {amount} d’échu net, soit {share} du "
        "total."
    ).format(
        sure=formats.count(sure["customers"].sum()), customers=formats.count(by_profile["customers"].sum()),
        risky=formats.count(risky["customers"].sum()), amount=formats.cents(int(risky["net_overdue_cents"].sum())),
        share=formats.share(ratio(int(risky["net_overdue_cents"].sum()), net)))


def _promises(results: "AuditResults", formats: Formats) -> str:
    rates = [results.summary["indicators"].get(name, {}) for name in ("promise_kept_rate", "promise_kept_rate_amount")]
    if rates[0].get("value") is None:
        return formats.stored(rates[0].get("reason"))
    return formats.gettext("Promesses de règlement tenues : {count} en nombre, {amount} en montant.").format(
        count=formats.share(rates[0]["value"]), amount=formats.share(rates[1]["value"]))


def _meaning(by_profile: pd.DataFrame, formats: Formats) -> str:
    _, first = formats.gettext, by_profile.sort_values("net_overdue_cents", ascending=False, kind="stable").iloc[0]
    said = _("Un profil se lit dans les règlements passés, par des règles simples dont les seuils se règlent. Faute de "
             "l’historique des relances, nul ne peut être dit négligent, c’est-à-dire payeur une fois relancé.")
    if not first["net_overdue_cents"]:
        return said
    return _("Le profil « {profile} » porte l’échu net le plus élevé : {amount}.").format(
        profile=label(first["profile"], language=formats.language),
        amount=formats.cents(first["net_overdue_cents"])) + " " + said


def _profiles(by_profile: pd.DataFrame, formats: Formats) -> Table:
    _ = formats.gettext
    rows = text_rows(by_profile, {
        "profile": lambda code: label(code, language=formats.language), "customers": formats.count,
        "receivable_cents": formats.cents, "net_overdue_cents": formats.cents})
    sums = by_profile[["customers", "receivable_cents", "net_overdue_cents"]].sum()
    total = (_("Total"), formats.count(sums["customers"]), formats.cents(sums["receivable_cents"]),
             formats.cents(sums["net_overdue_cents"]))
    return table([_("Profil"), _("Clients"), _("Encours"), _("Échu net")], "lrrr", [*rows, total], has_total=True)


def _first_customers(results: "AuditResults", formats: Formats) -> tuple[Table, ...]:
    """Return the customers with the largest net overdue; none where nothing is net overdue."""
    _ = formats.gettext
    late = results.payers[results.payers["net_overdue_cents"] > 0].nlargest(CUSTOMERS_SHOWN, "net_overdue_cents")
    if late.empty:
        return ()
    rows = text_rows(figures_payers.named(late, results), {
        "name": str, "profile": lambda code: label(code, language=formats.language),
        "net_overdue_cents": formats.cents, "evidence": str})
    return (table([_("Client"), _("Profil"), _("Échu net"), _("Ce qui le montre")], "llrl", rows,
                  title=_("Les premiers échus nets et leur profil"), widths=(3, 2, 0, 6)),)


SECTIONS: tuple[Callable[["AuditResults", Formats], Section | None], ...] = (payers,)
