# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import random
from collections import defaultdict
from datetime import date

from odoo.tests import freeze_time, tagged

from .ledger_common import IncentiveLedgerCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-06-15 12:00:00")
class TestSalesIncentiveSequences(IncentiveLedgerCommon):
    """Whatever happens in whatever order: to date less booked is what is earned."""

    STEPS = 25
    SEEDS = (2, 3)

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.adjustments = cls.env["sales.incentive.adjustment"]

    def test_entries_are_those_of_a_recomputation(self):
        for seed in self.SEEDS:
            with self.subTest(seed=seed), self.env.cr.savepoint() as start:
                self._play(random.Random(seed))
                start.rollback()
                self.env.invalidate_all()

    def _play(self, chance):
        terms = {
            "metric_id": self.invoiced.id,
            "rate_by": "interval",
            "interval": "quarter",
            "tier_ids": self._tiers((0, 5), (1500, 7), (4000, 9)),
            "paid": "collected",
        }
        booked = self._start_plan(**terms)
        self._compute()
        self._invoices, self._locked = [], 0
        self._booked, self._adjustments = booked, self.adjustments
        actions = [self._do_sell] * 4 + [self._do_pay, self._do_return, self._do_lock]
        actions += [self._do_adjust, self._do_adjust, self._do_cancel]
        for _step in range(self.STEPS):
            chance.choice(actions)(chance)
            self._compute()
        # The same terms from now on, for which nothing is booked yet
        afresh = self._start_plan(**terms)
        for adjustment in self._adjustments.filtered(lambda a: a.state == "approved"):
            self._adjust(afresh, adjustment.amount, 6)
        self._compute()
        self.assertEqual(self._get_balances(booked), self._get_balances(afresh))

    def _do_sell(self, chance):
        day = f"2026-{chance.randint(1, 6):02}-{chance.randint(1, 14):02}"
        order = self._sell(chance.randint(1, 12), day)
        self._invoices.append(self._invoice(order, day))

    def _do_pay(self, chance):
        unpaid = [i for i in self._invoices if i.amount_residual > 1]
        if unpaid:
            invoice = chance.choice(unpaid)
            amount = round(invoice.amount_residual * chance.choice((0.3, 1)), 2)
            self._pay(invoice, amount, f"2026-{chance.randint(1, 6):02}-14")

    def _do_return(self, chance):
        kept = [i for i in self._invoices if not i.reversal_move_ids]
        if kept:
            invoice = chance.choice(kept)
            quantity = chance.randint(1, int(invoice.invoice_line_ids.quantity))
            self._credit(invoice, "2026-06-14", quantity=quantity)

    def _do_lock(self, _chance):
        if self._locked < 4:
            self._locked += 1
            self._lock(self._locked)

    def _do_adjust(self, chance):
        month = chance.randint(self._locked + 1, 6)
        amount = chance.randint(100, 9000) / 100
        self._adjustments |= self._adjust(self._booked, amount, month)

    def _adjust(self, assignment, amount, month):
        adjustment = self.adjustments.with_user(self.officer).create(
            {
                "assignment_id": assignment.id,
                "period_id": self._period(month).id,
                "amount": amount,
                "reason": "By decision",
            }
        )
        adjustment.action_submit()
        self.env.invalidate_all()
        adjustment.with_user(self.director)._validate_tier()
        return adjustment.sudo()

    def _do_cancel(self, chance):
        approved = self._adjustments.filtered(lambda a: a.state == "approved")
        if approved:
            # Also in the moment in which its month is locked
            cancelled = chance.choice(approved)
            cancelled.state = "cancelled"
            self.env["sales.incentive.change"]._note_assignments(self._booked)

    def _get_balances(self, assignment):
        """Return what all months together have come to."""
        balances = defaultdict(float)
        for balance, amount in self.entries._read_group(
            [("assignment_id", "=", assignment.id), ("month", "<=", date(2026, 6, 1))],
            ["balance"],
            ["amount:sum"],
        ):
            balances[balance] = round(amount, 2)
        return {name: amount for name, amount in balances.items() if amount}
