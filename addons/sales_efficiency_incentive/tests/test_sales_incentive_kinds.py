# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date

from odoo.tests import freeze_time, tagged

from ..engine import MonthComputation
from .ledger_common import IncentiveLedgerCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-04-15 12:00:00")
class TestSalesIncentiveKinds(IncentiveLedgerCommon):
    """What rules pay on and whom they credit, by real documents"""

    def test_an_agent_earns_what_comes_by_their_channel(self):
        of_person = self._start_plan()
        agent = self.env["res.partner"].create({"name": "Test Agency"})
        of_agent = self.env["sales.incentive.assignment"].create(
            {
                "plan_id": of_person.plan_id.id,
                "partner_id": agent.id,
                "channel_id": self.channel_agent.id,
                "date_from": date(2026, 1, 1),
            }
        )
        self._sell(10, "2026-04-03")
        self._sell(5, "2026-04-03", partner=self.customer_south)
        self._sell(2, "2026-04-04", user=self.colleague)
        self._compute()
        self.assertEqual(self._get_paid(4, of_agent), 120)
        self.assertEqual(self._get_paid(4, of_person), 150)
        entries = self.entries.search([("assignment_id", "=", of_agent.id)])
        self.assertEqual(set(entries.mapped("payee")), {"Test Agency"})
        self.assertFalse(entries.user_id)

    def test_a_bounty_pays_each_new_customer_once(self):
        self._start_plan(
            kind="bounty",
            metric_id=self._metric("base.sales_metric_new_customers"),
            rate=50,
        )
        self._sell(1, "2026-03-03")
        self._sell(1, "2026-04-03")
        self._sell(1, "2026-04-04", partner=self.customer_south)
        self._sell(1, "2026-04-05", partner=self.customer_south)
        self._compute()
        self.assertEqual([self._get_paid(month) for month in (3, 4)], [50, 50])

    def test_a_bounty_pays_each_won_deal(self):
        self._start_plan(
            kind="bounty",
            metric_id=self._metric("base.sales_metric_won"),
            rate=30,
        )
        leads = self.env["crm.lead"].create(
            [
                {"name": name, "type": "opportunity", "user_id": self.salesperson.id}
                for name in ("Won", "Also Won", "Open")
            ]
        )
        leads[:2].action_set_won()
        self._compute()
        self.assertEqual(
            self._get_entries(4),
            [("earning", "payable", 30), ("earning", "payable", 30)],
        )

    def test_the_margin_rate_of_a_line_decides_about_its_rate(self):
        self._start_plan(
            rate_by="margin", rate_mode="whole", tier_ids=self._tiers((0, 2), (30, 5))
        )
        self._sell(10, "2026-04-03")  # 100 less 60 each: 40 %
        self._sell(10, "2026-04-04", price=80)  # 25 %
        self._compute()
        self.assertEqual([row[2] for row in self._get_entries(4)], [50, 16])

    def test_the_days_to_collection_decide_about_the_rate(self):
        self._start_plan(
            metric_id=self._metric("incentive.sales_metric_collected_net"),
            rate_by="collection_days",
            rate_mode="whole",
            tier_ids=self._tiers((0, 5), (30, 2)),
        )
        invoice = self._invoice(self._sell(10, "2026-01-03"), "2026-01-10")
        self._pay(invoice, 600, "2026-02-08")  # after 29 days
        self._pay(invoice, 400, "2026-02-09")  # after 30 days
        self._compute()
        self.assertEqual([row[2] for row in self._get_entries(2)], [30, 8])

    def _metric(self, name):
        return self.env.ref(f"sales_efficiency_{name}").id

    # ------------------------------------------------------------------
    # Writing
    # ------------------------------------------------------------------

    def test_names_are_kept_as_they_are_written(self):
        self._start_plan()
        name = "C:\\new\\N\tand \\. more\nlines"
        self.customer_north.name = name
        self._sell(10, "2026-04-03")
        self._compute()
        self.assertEqual(self.entries.search([]).customer, name)

    def test_endless_quotients_are_no_change(self):
        self._create_target(
            metric_id=self.ordered.id, user_id=self.salesperson.id, amount=3600
        )
        self._start()
        self._start_plan(
            rate_by="attainment", tier_ids=self._tiers((0, 3), (100, 5), (120, 7))
        )
        self._sell(7, "2026-04-03", price=99.99)
        self._sell(9, "2026-04-04", price=33.33)
        self._compute()
        entries = self.entries.search([])
        self.assertEqual(len(entries), 2)
        self._period(4)._compute_entries()
        self.assertEqual(self.entries.search([]), entries)

    def test_queries_do_not_depend_on_how_many_are_paid(self):
        one = self._start_plan(metric_id=self.invoiced.id, paid="collected")
        people = self.colleague + self.outsider
        everybody = one + self.env["sales.incentive.assignment"].create(
            [
                {
                    "plan_id": one.plan_id.id,
                    "user_id": person.id,
                    "date_from": one.date_from,
                }
                for person in people
            ]
        )
        for person in self.salesperson + people:
            self._invoice(self._sell(1, "2026-04-03", user=person), "2026-04-03")
        self._compute()
        self.assertEqual(self.entries.search_count([]), 9)
        counts = [self._count_queries(some) for some in (one, one, everybody)]
        self.assertEqual(counts[1], counts[2])

    def test_documents_of_entries_are_found_together(self):
        self._start_plan()
        for day in range(1, 9):
            self._sell(1, f"2026-04-{day:02}")
        self._compute()
        found = self.entries.with_user(self.director).search([])
        self.assertEqual(len(found), 8)
        counts = []
        for entries in (found[:1], found[:2], found):
            self.env.invalidate_all()
            entries.mapped("source")
            before = self.env.cr.sql_log_count
            entries.mapped("document")
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(counts[1], counts[2])
        self.assertEqual(
            {entry.document.id for entry in found}, set(found.mapped("res_id"))
        )

    def _count_queries(self, assignments):
        self.entries.search([]).unlink()
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        MonthComputation(self._period(4)).compute(assignments)
        return self.env.cr.sql_log_count - before
