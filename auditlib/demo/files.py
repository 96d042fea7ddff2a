"""The other files the demo client sends: aged balance, trial balance, FEC, customer file, disputes."""

from pathlib import Path

import numpy as np
import pandas as pd

from auditlib.demo.entries import ACCOUNT_NAMES, JOURNAL_NAMES, general_ledger, year_of_entries
from auditlib.demo.identifiers import luhn_digit
from auditlib.demo.ledger_file import COMPANY, write_flat_ledger, write_grouped_ledger
from auditlib.demo.text_columns import decimal_comma, fec_dates
from auditlib.demo.truth import Truth
from auditlib.demo.workbook import Cell, write_sheet

__all__ = ["SIREN", "aged_balance", "write_documents"]

SIREN = "99940117" + str(luhn_digit(np.array([99940117]), 8)[0])
BUCKETS = ("Non échu", "1-30 jours", "31-60 jours", "61-90 jours", "+ de 90 jours")
ADVANCES = "Avances / non affecté"
CUSTOMER_TYPES = {"B2B": "Entreprise", "B2C": "Particulier", "public": "Secteur public"}


def write_documents(folder: Path, truth: Truth, *, ledger_format: str = "xlsx") -> None:
    """Write every file of the demo client.

    Parameters
    ----------
    folder : Path
        Created where it does not exist.
    truth : Truth
    ledger_format : {"xlsx", "txt"}
        The grouped ledger in Excel, or the same lines as a flat text export.
    """
    folder.mkdir(parents=True, exist_ok=True)
    if ledger_format == "txt":
        write_flat_ledger(folder / "Grand livre des tiers.txt", truth)
    else:
        write_grouped_ledger(folder / "Grand livre des tiers.xlsx", truth)
    last = truth.as_of_date
    year = year_of_entries(general_ledger(truth), first=max(truth.start, last.replace(month=1, day=1)), last=last)
    _write_aged_balance(folder / "Balance âgée.xlsx", truth)
    _write_trial_balance(folder / "Balance générale.txt", year)
    _write_fec(folder / f"{SIREN}FEC{last:%Y%m%d}.txt", year, truth)
    _write_customers(folder / "Fichier clients.xlsx", truth)
    _write_disputes(folder / "Litiges.xlsx", truth)


def aged_balance(truth: Truth) -> pd.DataFrame:
    """Age what is not lettered by due date (document date where there is none), one row per customer, in cents."""
    opened = truth.movements[truth.movements["matching_code"] == ""]
    due = opened["due_date"].fillna(opened["document_date"])
    late = (pd.Timestamp(truth.as_of_date) - due).dt.days.to_numpy()
    column = np.where(opened["amount_cents"] < 0, ADVANCES, np.array(BUCKETS)[np.digitize(late, [1, 31, 61, 91])])
    table = pd.crosstab(
        opened["customer_id"].astype("str"), column, values=opened["amount_cents"].to_numpy(), aggfunc="sum"
    )
    table = table.reindex(columns=[*BUCKETS, ADVANCES]).fillna(0).astype("int64")
    return table.assign(Total=table.sum(axis=1))


def _write_aged_balance(path: Path, truth: Truth) -> None:
    table = aged_balance(truth)
    names = truth.customers.set_index("customer_id")["name"]
    rows: list[list[Cell]] = [[COMPANY], ["Balance âgée clients"], [f"Arrêtée au {truth.as_of_date:%d/%m/%Y}"],
                              ["Tenue de compte : EUR"], [], ["Code client", "Raison sociale", *table.columns]]
    rows += [[customer, names[customer], *_euros(values)] for customer, values in
             zip(table.index.tolist(), table.to_numpy().tolist(), strict=True)]
    rows += [[None, "Total général", *_euros(table.sum().tolist())]]
    write_sheet(path, "Balance âgée", rows, widths=(12, 40, *[14] * 7))


def _euros(cents: list[int]) -> list[Cell]:
    return [amount / 100 if amount else None for amount in cents]


def _write_trial_balance(path: Path, year: pd.DataFrame) -> None:
    amounts = year["amount_cents"]
    sums = pd.DataFrame({"account": year["account"], "debit": amounts.clip(lower=0), "credit": -amounts.clip(upper=0)})
    table = sums.groupby("account", as_index=False).sum()
    pd.DataFrame({"Compte": table["account"], "Intitulé": table["account"].map(ACCOUNT_NAMES),
                  "Débit": decimal_comma(table["debit"]), "Crédit": decimal_comma(table["credit"]),
                  "Solde": decimal_comma(table["debit"] - table["credit"])},
                 ).to_csv(path, sep="\t", index=False, encoding="cp1252", lineterminator="\r\n")


def _write_fec(path: Path, year: pd.DataFrame, truth: Truth) -> None:
    """Write the accounting entries file of article A. 47 A-1 of the Livre des procédures fiscales."""
    year = year[year["amount_cents"] != 0]
    debit = year["amount_cents"].clip(lower=0)
    names = truth.customers.set_index("customer_id")["name"]
    auxiliary = (
        year["customer_id"]
        .map(names)
        .fillna(year["customer_id"].map(lambda code: f"Fournisseur {code}" if code else ""))
    )
    valid = year["posting_date"] + pd.offsets.MonthEnd(0) + pd.Timedelta(days=10)
    pd.DataFrame(
        {
            "JournalCode": year["journal"],
            "JournalLib": year["journal"].map(JOURNAL_NAMES),
            "EcritureNum": (pd.factorize(year["entry_id"])[0] + 1),
            "EcritureDate": fec_dates(year["posting_date"]),
            "CompteNum": year["account"],
            "CompteLib": year["account"].map(ACCOUNT_NAMES),
            "CompAuxNum": year["customer_id"],
            "CompAuxLib": auxiliary,
            "PieceRef": year["document_ref"].where(year["document_ref"] != "", "REPRISE"),
            "PieceDate": fec_dates(year["document_date"]),
            "EcritureLib": year["label"],
            "Debit": decimal_comma(debit),
            "Credit": decimal_comma(debit - year["amount_cents"]),
            "EcritureLet": year["matching_code"],
            "DateLet": fec_dates(year["matching_date"]),
            "ValidDate": fec_dates(valid),
            "Montantdevise": "",
            "Idevise": "",
        }
    ).to_csv(path, sep="\t", index=False, encoding="cp1252", lineterminator="\r\n")


def _write_customers(path: Path, truth: Truth) -> None:
    table = truth.customers
    failed = truth.insolvencies.set_index("customer_id").reindex(table["customer_id"]).reset_index()
    columns: dict[str, list[Cell]] = {
        "Code client": table["customer_id"].tolist(),
        "Raison sociale": table["name"].tolist(),
        "Type": _blank(table["customer_type"].map(CUSTOMER_TYPES)),
        "Pays": table["country"].tolist(),
        "SIREN": _blank(table["siren"]),
        "N° TVA": _blank(table["vat_number"]),
        "Catégorie juridique": _blank(table["legal_category"]),
        "Conditions de règlement": table["payment_terms"].tolist(),
        "Plafond d'encours": [limit // 100 or None for limit in table["credit_limit_cents"].tolist()],
        "Commercial": table["salesperson"].tolist(),
        "Agence": table["business_unit"].tolist(),
        "Groupe": _blank(table["group_id"]),
        "Société du groupe": ["Oui" if flag else "Non" for flag in table["is_group"]],
        "Taille": table["size_class"].tolist(),
        "Procédure collective": _blank(failed["procedure"].fillna("")),
        "Date jugement": _dates(failed["judgment_date"]),
        "Date publication": _dates(failed["publication_date"]),
        "Date déclaration créance": _dates(failed["claim_declared_on"]),
    }
    write_sheet(path, "Clients", [list(columns), *zip(*columns.values(), strict=True)], widths=(10, 36, *[15] * 16))


def _write_disputes(path: Path, truth: Truth) -> None:
    table = truth.disputes
    columns: dict[str, list[Cell]] = {
        "N° facture": table["document_ref"].tolist(),
        "Code client": table["customer_id"].tolist(),
        "Montant": [cents / 100 for cents in table["amount_cents"].tolist()],
        "Ouvert le": _dates(table["opened_on"]),
        "Clos le": _dates(table["closed_on"]),
        "Motif": table["reason"].tolist(),
        "Responsable": table["owner"].tolist(),
    }
    write_sheet(
        path, "Litiges", [list(columns), *zip(*columns.values(), strict=True)], widths=(16, 12, 14, 12, 12, 28, 32)
    )


def _blank(texts: pd.Series) -> list[Cell]:
    return [text or None for text in texts.tolist()]


def _dates(dates: pd.Series) -> list[Cell]:
    return [None if day is pd.NaT else day for day in dates.dt.date.tolist()]
