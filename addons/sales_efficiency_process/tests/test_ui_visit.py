# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from odoo import fields
from odoo.tests import HttpCase, tagged

from .visit_common import VisitCommon


class UiVisitCommon(VisitCommon, HttpCase):
    """The salesperson has a visit today, without a plan so far."""

    def _visit_today(self):
        now = fields.Datetime.now()
        visit = self._visit(
            fields.Datetime.to_string(now + timedelta(minutes=5)),
            contact_ids=self.north_contact.ids,
        )
        if visit.date != self.company._get_sales_today():
            self.skipTest("It is about midnight.")
        return visit


@tagged("post_install", "-at_install")
class TestUiVisit(UiVisitCommon):
    """Visits in the browser."""

    browser_size = "1366x768"

    def test_salesperson_plans_the_week(self):
        # This week may be almost over.
        plans = type(self.env["sales.visit.plan"])
        self.patch(plans, "_default_choice", lambda _plans: "1")
        self.start_tour(
            "/odoo/sales-visits", "sales_visit_week", login="test_salesperson"
        )
        visit = self.env["sales.visit"].search(
            [("partner_id", "=", self.customer_north.id)]
        )
        self.assertEqual((visit.state, visit.user_id), ("planned", self.salesperson))

    def test_salesperson_reads_the_brief_and_plans(self):
        self._sell(2, "2026-09-01").name = "S-BRIEF"
        visit = self._visit_today()
        self.start_tour(
            f"/odoo/sales-visits/{visit.id}",
            "sales_visit_brief",
            login="test_salesperson",
        )
        self.assertEqual(visit.goal_ids.name, "Agree on a trial")

    def test_salesperson_checks_in_and_out_and_reports(self):
        visit = self._visit_today()
        self.start_tour(
            f"/odoo/sales-visits/{visit.id}",
            "sales_visit_check_in",
            login="test_salesperson",
        )
        self.env.invalidate_all()
        self.assertEqual((visit.state, visit.result), ("done", "They want a trial"))
        self.assertEqual(visit.sudo().place_ids.mapped("state"), ["inside", "inside"])
        self.assertEqual(visit.pain_ids.name, "Two days lost a month")
        self.assertEqual(visit.action_ids.name, "Send the offer")

    def test_director_sets_a_rule(self):
        self.start_tour(
            "/odoo/sales-visit-rules", "sales_visit_rule", login="test_director"
        )
        rule = self.env["sales.visit.rule"].search([("name", "=", "Tour")])
        self.assertTrue(rule.is_blocking)

    def test_leader_sees_the_visits_in_the_cockpit(self):
        self._visit_today()
        self.start_tour(
            "/odoo/sales-cockpit", "sales_visit_cockpit", login="test_leader"
        )


@tagged("post_install", "-at_install")
class TestUiVisitPhone(UiVisitCommon):
    """My Day on a phone."""

    browser_size = "375x667"
    touch_enabled = True

    def test_salesperson_checks_in_elsewhere_and_says_why(self):
        visit = self._visit_today()
        self.start_tour(
            "/odoo/my-day", "sales_visit_elsewhere", login="test_salesperson"
        )
        self.env.invalidate_all()
        self.assertEqual(visit.state, "visiting")
        self.assertEqual(visit.sudo().place_ids.reason, "At the fair")

    def test_salesperson_looks_at_all_visits(self):
        self._visit_today()
        self.start_tour(
            "/odoo/sales-visits", "sales_visit_phone", login="test_salesperson"
        )

    def test_salesperson_may_refuse_to_be_located(self):
        visit = self._visit_today()
        self.start_tour("/odoo/my-day", "sales_visit_refused", login="test_salesperson")
        self.env.invalidate_all()
        self.assertEqual(visit.sudo().place_ids.problem, "refused")
