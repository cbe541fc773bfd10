# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import random
from collections import defaultdict
from datetime import date
from decimal import Decimal

from odoo.tests import freeze_time, tagged

from odoo.addons.sales_efficiency_incentive.engine.booked_entries import BookedEntries
from odoo.addons.sales_efficiency_incentive.engine.entry import Entry
from odoo.addons.sales_efficiency_incentive.engine.ledger import Ledger
from odoo.addons.sales_efficiency_incentive.engine.terms_reader import (
    read_assignment,
    read_version,
)

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
            self._compare_ledgers(booked)
        # The same terms from now on, for which nothing is booked yet
        afresh = self._start_plan(**terms)
        for adjustment in self._adjustments.filtered(lambda a: a.state == "approved"):
            self._adjust(afresh, adjustment.amount, 6)
        self._compute()
        self.assertEqual(self._get_balances(booked), self._get_balances(afresh))

    def _compare_ledgers(self, assignment):
        """Compare the sums that the database makes with those of all entries."""
        versions = assignment.plan_id.version_ids
        terms = read_assignment(assignment, list(map(read_version, versions)))
        month, since = date(2026, 6, 1), date(2026, 4, 1)
        booked = BookedEntries(self.env, month)
        roots = terms.itemised_root_ids
        summed = Ledger(
            terms,
            booked.read_sums(assignment)[assignment.id],
            booked.read_items(assignment, roots, set(), since)[assignment.id],
        )
        whole = Ledger(terms, self._read_entries(assignment, month))
        for sums in ("balances", "bases", "versions", "by_origin", "corrected"):
            self.assertEqual(getattr(summed, sums), getattr(whole, sums))
        for root_id in roots:
            items, documents = summed.items[root_id], summed.documents[root_id]
            for key, item in whole.items[root_id].items():
                if key in items:
                    for name in item.__slots__:
                        self.assertEqual(
                            getattr(items[key], name), getattr(item, name), name
                        )
                else:
                    self.assertFalse(item.waiting)
                    self.assertLess(item.origin, since)
            for document, sums in documents.items():
                found = whole.documents[root_id][document]
                self.assertEqual((sums.earned, sums.bases), (found.earned, found.bases))

    def _read_entries(self, assignment, month):
        self.env.flush_all()
        self.env.cr.execute(
            """
            SELECT kind, balance, amount::text, month, origin, version_id, root_id,
                   base::text, limit_level, source, res_id, line_id, match_id,
                   credit_id, event
              FROM sales_incentive_entry WHERE assignment_id = %s AND month < %s
             ORDER BY month, id
            """,
            [assignment.id, month],
        )
        return [
            Entry(
                *row[:2],
                Decimal(row[2]),
                *row[3:5],
                "",
                row[5],
                root_id=row[6],
                base=Decimal(row[7] or 0),
                limit=row[8],
                key=row[9:] if row[11] else None,
                document=row[9:11] if row[10] else None,
            )
            for row in self.env.cr.fetchall()
        ]

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
