"""Oracle C2 of DOMAIN.md A3: four invoices due in March 2026, and what was paid on them."""

import pandas as pd

__all__ = ["CLAIMS", "INVOICES"]

# C2: A 1 000 due 05/03 paid 20/03; B 2 000 due 15/03 paid 30/04; C 3 000 due 25/03 paid 1 800 on 10/04 and 1 200 on
# 10/07; D 4 000 due 31/03 unpaid (2026).
INVOICES = pd.DataFrame({
    "item_id": [0, 1, 2, 3],
    "posting_date": pd.to_datetime(["2026-02-01"] * 4),
    "due_date": pd.to_datetime(["2026-03-05", "2026-03-15", "2026-03-25", "2026-03-31"]),
    "amount_cents": [1_000_00, 2_000_00, 3_000_00, 4_000_00]})
CLAIMS = pd.DataFrame({
    "root_id": [0, 1, 2, 2],
    "event_date": pd.to_datetime(["2026-03-20", "2026-04-30", "2026-04-10", "2026-07-10"]),
    "amount_cents": [1_000_00, 2_000_00, 1_800_00, 1_200_00],
    "kind": ["settlement"] * 4})
