"""The monthly round of an analyst of an integrated care board: inbox, status, scorecards, what changed, pages.

python icb_analyst.py PARTNERSHIP INBOX LEDGER SITE
"""

import sys
from datetime import UTC, date, datetime

import outcomes as oc

partnership_folder, inbox, ledger_folder, site = sys.argv[1:]
today = date(2026, 11, 22)

partnership = oc.load_partnership(partnership_folder)
ledger = oc.open_ledger(ledger_folder)
last_month = ledger.number

for receipt in oc.receive(inbox, partnership, ledger, received_at=datetime(2026, 11, 22, 9, tzinfo=UTC), as_of=today):
    print(receipt.file, receipt.verdict.value)
    for finding in receipt.findings:
        print("  ", finding.row, finding.column, finding.text)

returns = oc.returns_status(partnership, ledger, as_of=today)
print(returns.frame.group_by("partner_code", "status").len().sort("partner_code", "status"))

before = oc.scorecards(partnership, ledger.observations(last_month), as_of=today, policy="hes-2018")
cards = oc.scorecards(partnership, ledger.observations(), as_of=today, policy="hes-2018", returns=returns)
print(oc.changes(before, cards).group_by("change").len().sort("change"))

print("Open", oc.build_site(cards, site)[0])
