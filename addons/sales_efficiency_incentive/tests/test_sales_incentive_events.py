# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date

from odoo import Command
from odoo.tests import freeze_time, tagged

from .ledger_common import IncentiveLedgerCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-04-15 12:00:00")
class TestSalesIncentiveEvents(IncentiveLedgerCommon):
    """What happens to teams, payments and companies while the ledger runs."""

    # ------------------------------------------------------------------
    # Teams
    # ------------------------------------------------------------------

    def test_a_sale_stays_with_the_team_of_its_day(self):
        """Whoever moves takes along what they sell from then on."""
        old, new = (
            self._start_plan(self.leader, credit="led"),
            self._start_plan(self.director, credit="led"),
        )
        self.team_other.user_id = self.director
        old.team_ids, new.team_ids = self.team_department, self.team_other
        self._sell(10, "2026-01-03", team_id=self.team_field.id)
        self._lock(1)
        self._sell(10, "2026-02-03", team_id=self.team_field.id)
        members = self.env["crm.team.member"]
        members.search([("user_id", "=", self.salesperson.id)]).unlink()
        members.create(
            {"crm_team_id": self.team_other.id, "user_id": self.salesperson.id}
        )
        self._sell(10, "2026-02-10", team_id=self.team_other.id)
        self._compute()
        self.assertEqual(self._get_entries(1, old), [("earning", "payable", 100)])
        self.assertEqual(self._get_entries(2, old), [("earning", "payable", 100)])
        self.assertFalse(self._get_entries(1, new))
        self.assertEqual(self._get_entries(2, new), [("earning", "payable", 100)])

    def test_who_led_what_stays_as_it_was_at_the_lock(self):
        assignment = self._start_plan(self.leader, credit="led")
        self._sell(10, "2026-01-03", team_id=self.team_field.id)
        self._lock(1)
        self._sell(10, "2026-02-03", team_id=self.team_field.id)
        assignment.team_ids = self.team_other
        self._compute()
        self.assertEqual(self._get_paid(1, assignment), 100)
        self.assertFalse(self._get_entries(2, assignment))

    # ------------------------------------------------------------------
    # Payments
    # ------------------------------------------------------------------

    def test_a_payment_undone_and_made_again_pays_once(self):
        assignment = self._start_plan(metric_id=self.invoiced.id, paid="collected")
        order = self._sell(10, "2026-01-03")
        invoice = self._invoice(order, "2026-01-03")
        self._pay(invoice, 1000, "2026-01-20")
        self._lock(1)
        self.assertEqual(self._get_paid(1), 100)
        lines = invoice.line_ids.filtered("matched_credit_ids")
        lines.remove_move_reconcile()
        self._compute()
        self.assertEqual(
            self._get_entries(2),
            [
                ("holdback", "payable", -100),
                ("holdback", "waiting", 100),
                ("carried", "payable", 100),
                ("carried", "owed", -100),
            ],
        )
        self._lock(2)
        self._pay(invoice, 1000, "2026-03-10")
        self._compute()
        self._lock(3)
        self._compute()
        balances = dict(
            self.entries._read_group(
                [("assignment_id", "=", assignment.id)], ["balance"], ["amount:sum"]
            )
        )
        self.assertEqual(balances, {"payable": 100, "waiting": 0, "owed": 0})

    # ------------------------------------------------------------------
    # Companies
    # ------------------------------------------------------------------

    def test_each_company_pays_its_own_sales_in_its_own_months(self):
        here = self._start_plan()
        there = self._start_elsewhere("USD")
        self._sell(10, "2026-01-03")
        self._sell_elsewhere(there.company_id, 7)
        self._compute()
        self.assertEqual(self._get_paid(1, here), 100)
        self.assertEqual(self._get_paid(1, there), 70)
        self._lock(1)
        entries = self.entries.search([("month", "=", date(2026, 1, 1))])
        states = {entry.assignment_id: entry.state for entry in entries}
        self.assertEqual(states, {here: "locked", there: "provisional"})
        self.assertEqual(entries.period_id.company_id, self.company + there.company_id)

    def test_a_currency_without_decimals_pays_whole_units_that_add_up(self):
        there = self._start_elsewhere(
            "JPY", rate_by="month", tier_ids=self._tiers((0, 12.5))
        )
        for _number in range(3):
            self._sell_elsewhere(there.company_id, 1, price=333)
        self._compute()
        amounts = [row[2] for row in self._get_entries(1, there)]
        # 12.5 % of 999 is 124.875: rounded once, its lines by a running total
        self.assertEqual(amounts, [42, 41, 42])
        self.assertEqual(sum(amounts), 125)

    def test_intervals_follow_a_fiscal_year_from_april(self):
        there = self._start_elsewhere(
            "USD",
            date_from=date(2025, 10, 1),
            rate_by="interval",
            interval="year",
            tier_ids=self._tiers((0, 10), (1000, 20)),
        )
        company = there.company_id
        company.fiscalyear_last_month, company.fiscalyear_last_day = "3", 31
        self._sell_elsewhere(company, 10, day="2026-03-03")
        self._sell_elsewhere(company, 10, day="2026-04-03")
        self._compute()
        entries = self.entries.search([("assignment_id", "=", there.id)], order="date")
        self.assertEqual(entries.mapped("amount"), [100, 100], "it begins anew")
        self.assertEqual(
            entries.mapped("interval_start"), [date(2025, 4, 1), date(2026, 4, 1)]
        )

    def _start_elsewhere(self, currency, date_from=date(2026, 1, 1), **rule):
        """Pay the salesperson in a company with another currency.

        :return: the assignment
        """
        currency = (
            self.env["res.currency"]
            .with_context(active_test=False)
            .search([("name", "=", currency)])
        )
        currency.active = True
        company = self.env["res.company"].create(
            {"name": "Elsewhere", "currency_id": currency.id, "sales_tz": "UTC"}
        )
        self.salesperson.company_ids += company
        self.env["tier.definition"].search(
            [("model", "=", "sales.incentive.version")]
        ).active = False
        plan = self.env["sales.incentive.plan"].create(
            {"name": "Elsewhere", "company_id": company.id}
        )
        version = self.env["sales.incentive.version"].create(
            {
                "plan_id": plan.id,
                "date_from": date_from,
                "rule_ids": [
                    Command.create(
                        {
                            "name": "Commission",
                            "metric_id": self.ordered.id,
                            "rate": 10,
                            **rule,
                        }
                    )
                ],
            }
        )
        version._set_state("submitted")
        version._approve()
        return self.env["sales.incentive.assignment"].create(
            {
                "plan_id": plan.id,
                "user_id": self.salesperson.id,
                "date_from": date_from,
            }
        )

    def _sell_elsewhere(self, company, quantity, day="2026-01-05", **values):
        order = self._create_order(
            quantity=quantity, company_id=company.id, team_id=False, **values
        )
        order.action_confirm()
        order.date_order = f"{day} 12:00:00"
        return order
