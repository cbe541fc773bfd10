# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date
from unittest.mock import patch

from odoo.tests import freeze_time, tagged
from odoo.tools import SQL

from ..engine.visit import VisitWeek, WeekProposals
from .visit_common import NOON
from .visit_week_common import VisitWeekCommon

NEXT_MONDAY = date(2026, 10, 19)


@tagged("post_install", "-at_install")
@freeze_time(NOON)
class TestVisitWeek(VisitWeekCommon):
    """*Plan My Week* proposes whom to visit, and says why (policy 3.1.3)."""

    def _week(self, user=None, monday=NEXT_MONDAY):
        user = user or self.salesperson
        return VisitWeek(user.with_user(user), self.company.with_user(user), monday)

    def _propose(self, **arguments):
        found = WeekProposals(self._week(**arguments)).find()
        return {proposal.partner: proposal for proposal in found}

    def _reasons(self, partner, **arguments):
        proposal = self._propose(**arguments).get(partner)
        return proposal.reasons if proposal else []

    def test_opportunities_count_by_their_rank_and_stars(self):
        self._lead(self.customers[0], 1000)
        self._lead(self.customers[1], 2000, priority="2")
        self._lead(self.customers[2], 500, user_id=self.colleague.id)
        won = self._lead(self.customers[3], 9000)
        won.action_set_won()
        found = self._propose()
        self.assertEqual(found[self.customers[0]].weight, 20)
        self.assertEqual(found[self.customers[1]].weight, 60)
        self.assertEqual(found[self.customers[1]].money, 1000)
        self.assertNotIn(self.customers[2], found)
        self.assertNotIn(self.customers[3], found)
        self.assertEqual(list(found)[0], self.customers[1], "the weightiest first")

    def test_a_contact_that_is_due_is_a_reason(self):
        self.env["sales.service.policy"].create(
            {"date_from": date(2026, 7, 1), "contact_days": 30}
        )
        self.env.flush_all()
        self.env.cr.execute("UPDATE res_partner SET create_date = '2026-01-05'")
        self.env["sales.contact"]._plan(self.company)
        plan = self.env["sales.contact.plan"].search(
            [("partner_id", "=", self.customer_north.id)]
        )
        self.env["sales.contact.plan"].flush_model()
        self.env.cr.execute(
            "UPDATE sales_contact_plan SET next_date = '2026-10-05' WHERE id = %s",
            [plan.id],
        )
        plan.invalidate_recordset()
        proposal = self._propose()[self.customer_north]
        self.assertEqual(proposal.reasons, ["contact"])
        self.assertEqual(proposal.weight, 25, "20, and a half for each of 10 days")
        plan.sudo()._snooze(date(2026, 12, 1), "On leave")
        self.assertFalse(self._reasons(self.customer_north))

    def test_who_has_had_no_contact_for_long_is_proposed(self):
        proposal = self._propose()[self.customer_north]
        self.assertEqual((proposal.reasons, proposal.last), (["quiet"], None))
        self.assertEqual(proposal.weight, 25)
        with freeze_time("2026-09-15 12:00:00"):
            self._hold(self._visit("2026-09-15 11:00:00"))
        self.assertFalse(self._reasons(self.customer_north))
        with freeze_time("2026-11-20 12:00:00"):
            proposal = self._propose(monday=date(2026, 11, 23))[self.customer_north]
        self.assertEqual(proposal.last, date(2026, 9, 15))
        self.assertAlmostEqual(proposal.weight, 16.6)

    def test_a_sent_quotation_that_expires_is_a_reason(self):
        order = self._create_order(self.customers[0], quantity=3)
        order.write({"state": "sent", "validity_date": "2026-10-25"})
        proposal = self._propose()[self.customers[0]]
        self.assertEqual(proposal.reasons, ["quotation"])
        self.assertEqual((proposal.money, proposal.weight), (300, 50))
        order.validity_date = "2026-10-26"
        self.assertEqual(self._propose()[self.customers[0]].weight, 30)
        order.validity_date = "2026-11-02"
        self.assertFalse(self._reasons(self.customers[0]))
        order.write({"state": "draft", "validity_date": "2026-10-25"})
        self.assertFalse(self._reasons(self.customers[0]))

    def test_amounts_are_in_company_currency(self):
        currency = self._enable_currency("EUR")
        self.env["res.currency.rate"].search(
            [("currency_id", "=", currency.id)]
        ).unlink()
        self.env["res.currency.rate"].create(
            {
                "currency_id": currency.id,
                "company_id": self.company.id,
                "name": "2026-01-01",
                "rate": 0.5,
            }
        )
        pricelist = self.env["product.pricelist"].create(
            {"name": "Foreign", "currency_id": currency.id}
        )
        order = self._create_order(self.customers[0], pricelist_id=pricelist.id)
        order.write({"state": "sent", "validity_date": "2026-10-25"})
        self.assertEqual(self._propose()[self.customers[0]].money, 200)

    def test_reasons_add_up(self):
        self._lead()
        order = self._create_order(quantity=3)
        order.write({"state": "sent", "validity_date": "2026-10-25"})
        proposal = self._propose()[self.customer_north]
        self.assertEqual(proposal.reasons, ["quotation", "lead", "quiet"])
        self.assertEqual(proposal.weight, 50 + 40 + 25)
        self.assertEqual(proposal.money, 500)

    def test_the_same_reason_counts_once(self):
        self._lead(self.north_contact)
        self._lead()
        self.assertEqual(
            self._propose()[self.customer_north].weight, 40 + 25, "the larger one"
        )

    def test_who_has_a_visit_to_come_is_left_out(self):
        self._lead()
        visit = self._visit("2026-10-22 09:00:00", user=self.colleague)
        self.assertFalse(self._reasons(self.customer_north))
        visit.action_cancel()
        self.assertTrue(self._reasons(self.customer_north))

    def test_nobody_is_visited_twice_in_a_week(self):
        self._lead()
        monday = date(2026, 10, 12)
        self.assertTrue(self._reasons(self.customer_north, monday=monday))
        self._hold(self._visit("2026-10-15 11:00:00"))
        self.assertFalse(self._reasons(self.customer_north, monday=monday))
        self.assertTrue(self._reasons(self.customer_north), "in the next one")

    def test_another_company_has_its_own_reasons(self):
        other = self.env["res.company"].create({"name": "Other"})
        self.salesperson.company_ids += other
        self._lead(self.customers[0], company_id=other.id, team_id=False)
        self.assertFalse(self._reasons(self.customers[0]))
        self.customer_north.company_id = other
        self.assertFalse(self._reasons(self.customer_north))

    def test_add_ons_bring_reasons_of_their_own(self):
        visits = type(self.env["sales.visit"])
        candidates, reasons = visits._get_week_candidates, visits._get_week_reasons

        def with_complaints(model, week):
            select = SQL(
                "SELECT %s, 'complaint'::text, 7000::numeric, 80::numeric",
                self.customers[0].id,
            )
            return [*candidates(model, week), select]

        def with_complaint(model):
            return reasons(model) | {"complaint": "Complaint"}

        with (
            patch.object(visits, "_get_week_candidates", with_complaints),
            patch.object(visits, "_get_week_reasons", with_complaint),
        ):
            form = self._form()
            with form.line_ids.edit(0) as line:
                self.assertEqual(line.partner_id, self.customers[0])
                self.assertEqual(line.reasons, "Complaint")

    def test_a_fixed_number_of_queries_however_many_customers_there_are(self):
        self._lead()
        self._propose()  # fills the caches

        def count():
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            found = self._propose()
            return len(found), self.env.cr.sql_log_count - before

        count()  # fills what outlives a transaction
        few = count()
        for customer in self.customers:
            self._lead(customer)
            order = self._create_order(customer)
            order.write({"state": "sent", "validity_date": "2026-10-25"})
        many = count()
        self.assertEqual((few[0], many[0]), (1, 9))
        self.assertEqual(few[1], many[1])
