"""Header names by role of what an item says of itself: customer, account, document, dates, matching, amounts."""

__all__ = ["ITEM_ALIASES"]

ITEM_ALIASES: dict[str, tuple[str, ...]] = {
    "customer_id": (
        "compauxnum", "comp aux num", "code client", "n client", "no client", "num client", "numero client",
        "client code", "n compte tiers", "numero compte tiers", "compte tiers", "code tiers", "n tiers",
        "compte auxiliaire", "auxiliaire", "num auxiliaire", "numero auxiliaire", "n auxiliaire", "compte aux",
        "ct num", "e auxiliaire", "code auxiliaire", "compte client", "n compte client", "ref client",
        "reference client", "identifiant client", "id client", "customer no", "customer number", "customer id",
        "customerid", "customer code", "customer account", "cust number", "cust no", "cust id", "customer num",
        "contact account number", "aux account", "kunnr", "customer", "debtor no", "debtor code", "debtor number",
        "debtor id", "sold to", "sold to party", "party code", "account code", "partner code", "account no",
        "client number", "client id", "client no", "code debiteur", "kunde", "rekening", "code", "party", "payer",
        "contact", "partner", "debtor", "client", "tiers", "compte", "account", "n compte", "no compte",
        "numero compte", "num compte", "account number", "numero de compte", "n de compte", "id",
    ),
    "status": (
        "statut", "status", "etat", "statut facture", "etat facture", "statut de paiement", "statut paiement",
        "etat de paiement", "payment status", "invoice status",
    ),
    "customer_name": (
        "compauxlib", "comp aux lib", "nom client", "nom du client", "raison sociale", "raison sociale client",
        "intitule client", "intitule tiers", "intitule du compte tiers", "nom tiers", "nom du tiers",
        "libelle tiers", "libelle client", "libelle auxiliaire", "intitule auxiliaire", "ct intitule", "debiteur",
        "nom debiteur", "denomination", "denomination sociale", "customer name", "name customer", "cust name",
        "client name", "debtor name", "debtor", "partner", "partner name", "party s name", "party name", "party",
        "contact", "contact name", "vendor display name", "customer full name", "account name", "company name",
        "organization", "name 1", "name", "nom", "intitule", "client", "tiers", "customer", "kunde", "payer",
    ),
    "group_id": (
        "groupe", "code groupe", "group", "parent", "parent account", "maison mere", "centrale", "compte payeur",
        "tiers payeur", "group id", "group code",
    ),
    "account": (
        "comptenum", "compte num", "n compte general", "compte general", "compte collectif", "cg num", "e general",
        "racine compte collectif", "numero de compte", "n de compte", "n compte", "numero compte", "no compte",
        "num compte", "compte comptable", "compte", "g l account", "gl account", "general ledger account",
        "account number", "receivable account", "ledger account", "account", "hkont", "collectif",
    ),
    "account_name": (
        "comptelib", "compte lib", "libelle compte", "intitule compte", "intitule du compte", "libelle du compte",
        "intitule compte general",
    ),
    "journal": (
        "journalcode", "journal code", "code journal", "c j", "jal", "jnl", "jo num", "e journal", "journal",
        "code jal",
    ),
    "journal_name": (
        "journallib", "journal lib", "libelle journal",
    ),
    "entry_number": (
        "ecriturenum", "ecriture num", "n ecriture", "numero ecriture", "num ecriture", "no ecriture", "ec no",
        "n mouvement", "n mvt", "entry no", "entry number", "transaction no", "line no", "n ligne",
    ),
    "document_ref": (
        "pieceref", "piece ref", "ec ref piece", "e refinterne",
        "n facture", "no facture", "num facture", "numero facture", "numero de facture",
        "n de facture", "facture n", "facture", "n piece", "no piece", "num piece", "numero de piece",
        "numero piece", "n de piece", "piece", "reference document", "reference piece", "ref piece", "ec refpiece",
        "ec piece", "e numeropiece", "n document", "numero document", "document", "reference facture",
        "ref facture", "invoice number", "invoice no", "invoice num", "invoice", "invoice id", "document number",
        "document no", "doc number", "doc no", "doc id", "billing document", "voucher no", "voucher number",
        "voucher", "bill no", "ref no", "num", "belnr", "documentnummer", "invoice reference",
        "external document no", "reference", "ref", "entry", "transaction number", "no", "number", "numero",
        "n effet", "numero effet", "numero d effet",
    ),
    "document_type": (
        "type piece", "type de piece", "nature piece", "nature de piece", "e naturepiece", "type document",
        "type de document", "type ecriture", "type mouvement", "nature", "type de mouvement", "document type",
        "doc type", "transaction type", "voucher type", "invoice type", "blart", "type",
    ),
    "label": (
        "ecriturelib", "ecriture lib", "libelle ecriture", "libelle de l ecriture", "libelle", "libelle mouvement",
        "ec intitule", "e libelle", "designation", "description", "text", "texte", "label", "memo", "details",
        "ref label", "objet", "particulars", "narration", "sgtxt",
    ),
    "document_date": (
        "piecedate", "piece date", "date de facture", "date facture", "date de la facture", "date emission",
        "date d emission", "date de piece", "date piece", "date document", "date du document",
        "date de facturation", "date doc", "invoice date", "document date", "doc date", "issue date", "date issued",
        "bill date", "document create date", "bldat", "date", "dat",
    ),
    "posting_date": (
        "ecrituredate", "ecriture date", "date comptable", "date ecriture", "date d ecriture", "date de l ecriture",
        "date comptabilisation", "date de comptabilisation", "jm date", "e datecomptable", "date operation",
        "date mouvement", "date mvt", "ec date", "posting date", "post date", "entry date", "transaction date",
        "accounting date", "gl date", "budat", "date",
    ),
    "due_date": (
        "date d echeance", "date echeance", "date de l echeance", "date ech", "dt echeance", "echeance nette",
        "echeance", "ec echeance", "e dateecheance", "dateecheance", "ech", "date d exigibilite", "a payer le",
        "net due date", "due date", "due on", "due in date", "duedate", "maturity date", "maturity",
        "payment due date", "date due", "due by", "due", "netto vervaldatum", "exp date", "date limite de paiement",
        "date limite", "faedt",
    ),
    "settlement_date": (
        "daterglt", "date rglt", "date reglement", "date de reglement", "date du reglement", "date paiement",
        "date de paiement", "date d encaissement", "date encaissement", "regle le", "paye le", "paid on",
        "paid date", "date paid", "payment date", "settled date", "settlement date", "settleddate", "clear date",
        "receipt date", "closed at date", "close date", "date regle", "last payment date", "encaisse le",
    ),
    "matching_code": (
        "ecriturelet", "ecriture let", "lettrage", "code lettrage", "code de lettrage", "lettre", "lettr", "let",
        "ec lettrage", "e lettrage", "piece rapprochement", "piece de rapprochement", "clearing document",
        "clearing doc", "augbl", "matching code", "matching", "matching number", "matching no", "match", "match no",
        "match code", "match id", "reconciliation", "reconciliation code", "reconciliation number", "full reconcile",
        "code let", "rapprochement", "pointage",
    ),
    "matching_date": (
        "datelet", "date lettr", "date let", "date lettrage", "date de lettrage", "clearing date", "clearing", "augdt",
        "matching date", "date rapprochement", "date de rapprochement",
    ),
    "valid_date": ("validdate", "valid date", "date de validation", "date validation"),
    "debit_cents": (
        "debit", "montant debit", "mouv debit", "mouvement debit", "mouvements debit", "debit eur", "e debit",
        "mvt debit", "debits", "debit amount", "total debit", "debit tenue de compte",
    ),
    "credit_cents": (
        "credit", "montant credit", "mouv credit", "mouvement credit", "mouvements credit", "e credit",
        "mvt credit", "credits", "credit amount", "total credit", "credit tenue de compte",
    ),
    "side": (
        "sens", "code debit credit", "d c", "debit credit", "debit credit ind", "debit credit indicator", "ec sens",
        "shkzg", "dc", "c d", "sens ecriture", "dr cr", "cr dr",
    ),
    "amount_cents": (
        "montant", "ec montant", "montant tcvalue", "montant ttc", "total ttc", "ttc", "montant toutes taxes comprises",
        "total toutes taxes comprises", "amount incl vat", "amount including vat", "amount incl tax", "total incl vat",
        "total including vat", "total incl tax", "montant facture ttc", "montant en euros",
        "montant eur", "amount in local currency", "amount in lc", "montant en devise interne",
        "montant en devise locale", "dmbtr", "dmshb", "bedrag in lokale valuta", "amount lcy", "amount in eur",
        "local amount", "converted", "amount", "invoice amount", "invoiced amount", "invoice grand total",
        "invoice total", "total amount", "gross amount", "grand total", "montant facture", "montant de la facture",
        "total facture", "net a payer", "montant piece", "montant initial", "montant d origine", "montant origine",
        "original amount", "initial amount", "initial amount inc tax", "document amount", "amount inc tax", "total",
        "valeur", "value", "montant litige", "montant en litige", "montant du litige", "montant conteste",
        "disputed amount", "montant mouvement", "montant promis", "montant promesse", "montant de la promesse",
        "promised amount", "promise amount",
    ),
    "open_amount_cents": (
        "reste a payer", "reste du", "restant du", "reste a regler", "reste a encaisser", "reste a recouvrer",
        "montant ouvert", "montant restant du", "montant restant", "montant du", "solde du", "solde restant",
        "solde restant du", "solde ouvert", "solde facture", "solde ttc", "non regle", "montant impaye",
        "montant non solde", "open balance", "open amount", "total open amount", "open advance",
        "outstanding amount", "outstanding", "amount outstanding", "outstanding balance", "remaining amount",
        "remaining balance", "remaining", "remaining amt lcy", "residual", "residual amount", "amount residual",
        "balance due", "amount due", "amount open", "unpaid amount", "pending amount", "pending",
        "amount remaining", "open", "solde", "balance", "encours", "du",
    ),
    "original_amount_cents": (
        "montant initial", "montant d origine", "montant origine", "original amount", "initial amount",
        "initial amount inc tax", "montant facture", "montant facture ttc", "montant ttc", "total ttc",
        "invoice amount", "invoiced amount", "invoice grand total", "invoice total", "montant de la facture",
        "total facture", "document amount", "opening amount", "total amount", "gross amount", "amount", "montant",
        "total",
    ),
    "paid_amount_cents": (
        "montant regle", "montant paye", "deja regle", "regle", "paye", "acompte verse", "paid amount",
        "amount paid", "paid", "payments",
    ),
    "currency": (
        "devise", "code devise", "monnaie", "currency", "currency code", "local currency", "invoice currency",
        "code devise iso", "e devise", "curr", "lcy", "devise interne", "ccy", "lcurr", "l curr",
        "devise de tenue", "devise locale",
    ),
    "foreign_amount_cents": (
        "montantdevise", "montant devise", "montant en devise", "montant en devises",
        "montant en devise de la transaction", "amount in doc curr", "amount in document currency",
        "amount in foreign currency", "amount in foreign cur", "amount currency", "foreign amount", "wrbtr",
        "amount in transaction currency", "montant devise de transaction",
    ),
    "foreign_currency": (
        "idevise", "document currency", "doc currency", "devise de transaction", "devise de la transaction",
        "foreign currency", "transaction currency", "waers", "devise document", "devise piece",
    ),
}
"""Order matters, of the names and of the roles: see `aliases`."""
