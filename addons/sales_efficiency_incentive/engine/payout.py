# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from . import reason
from .entry import Entry


def pay(assignment, month, ledger):
    """Return the entry that pays what is payable, or None if nothing is.

    :param ledger: entries until the end of the month; the new one is added to it
    """
    payable = ledger.balances["payable"]
    if payable <= 0:
        return None
    plan = assignment.plan_at(month)
    entry = Entry(
        "payout", "payable", -payable, month, month, reason.PAID, plan and plan.id
    )
    ledger.add(entry)
    return entry
