"""Two clients with opposite debtors get other plans and other letters: the actions are compared, not the words."""


import pytest

from auditlib import schemas
from auditlib.action_plan import action_plan
from auditlib.letter_cases import LetterCases
from auditlib.run.engagement import Engagement, open_engagement
from tests.project import write_client

HEAD = "Compte;Nom;Journal;Date;Pièce;Libellé;Échéance;Débit;Crédit;Lettrage\n"
STEADY = HEAD + """411D;Commune de Delta;VE;20/04/2025;F7;Facture F7;20/05/2025;1000,00;;
411G;Grande Enseigne SA;VE;01/05/2025;F8;Facture F8;15/06/2025;9000,00;;
"""
SHAKY = HEAD + """411B;Mme Bravo;VE;20/02/2025;F3;Facture F3;20/03/2025;360,50;;
411T;Menuiserie Tango;VE;20/02/2025;F4;Facture F4;22/03/2025;800,00;;
"""
OVERRIDES = """risk: {{insolvency_checked_on: 2025-06-20}}
segments:
  overrides:
    {first}
    {second}
"""


@pytest.fixture(scope="module")
def clients(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Engagement]:
    """A client of public bodies and a large account, late by weeks; one of a consumer and a craftsman, by months."""
    home = tmp_path_factory.mktemp("opposite")
    said = {
        "steady": (STEADY, "411D: {customer_type: public, zone: FR}",
                   "411G: {customer_type: B2B, zone: FR, size_class: Grand compte}"),
        "shaky": (SHAKY, "411B: {customer_type: B2C, zone: FR}",
                  "411T: {customer_type: B2B, zone: FR, size_class: TPE}")}
    return {name: open_engagement(write_client(home, name, ledger, extra=OVERRIDES.format(first=first, second=second)))
            for name, (ledger, first, second) in said.items()}


def actions(audit: Engagement) -> set[tuple[str, str, str]]:
    """Return kind of debtor, step and letter of each line of the plan."""
    plan = action_plan(audit.results(), rules=audit.parameters.collection)
    return {(str(row["kind"]), str(row["step"]), str(row["template"])) for row in plan.to_dict("records")}


def letters(audit: Engagement) -> set[str]:
    """Return the letters that the plan asks for and that may go."""
    made = LetterCases(audit.results(), audit.parameters, schemas.empty(schemas.INSOLVENCIES))
    plan = action_plan(audit.results(), rules=audit.parameters.collection)
    asked = [made.case(str(row["customer_id"]), row["template"]) for row in plan.to_dict("records") if row["template"]]
    return {case.template for case in asked if not case.refusal}


def test_plans_share_no_action(clients: dict[str, Engagement]) -> None:
    steady, shaky = actions(clients["steady"]), actions(clients["shaky"])
    assert {kind for kind, *_ in steady} == {"public", "large_account"}
    assert {kind for kind, *_ in shaky} == {"consumer", "fragile"}  # nothing paid for three months
    assert ("public", "portal_check", "") in steady
    assert not {action[:2] for action in steady} & {action[:2] for action in shaky}


def test_letters_differ(clients: dict[str, Engagement]) -> None:
    steady, shaky = letters(clients["steady"]), letters(clients["shaky"])
    assert steady == {"reminder_2"}
    assert shaky == {"formal_notice_consumer"}
