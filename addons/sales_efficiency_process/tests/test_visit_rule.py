# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import Command
from odoo.exceptions import UserError, ValidationError
from odoo.tests import freeze_time, tagged

from .visit_common import NOON, VisitCommon


@tagged("post_install", "-at_install")
@freeze_time(NOON)
class TestVisitRule(VisitCommon):
    """A rule may require a plan before the visit (policy 3.1.3)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.rule = cls.env["sales.visit.rule"].create({"name": "Goal"})

    def test_what_is_missing_is_told_and_stops_nobody(self):
        visit = self._visit()
        self.assertEqual(visit.missing, "goals (at least 1)")
        self.assertFalse(visit.is_plan_demanded)
        self._check_in(visit)
        self.assertEqual(visit.state, "visiting")
        self.assertFalse(visit.missing, "too late")

    def test_a_blocking_rule_refuses_the_check_in_until_there_is_a_plan(self):
        self.rule.write(
            {"is_blocking": True, "question_count": 2, "needs_contact": True}
        )
        visit = self._visit()
        with self.assertRaisesRegex(
            UserError, "goals .at least 1., questions .at least 2., and whom to meet"
        ):
            self._check_in(visit)
        visit.write(
            {
                "contact_ids": self.north_contact.ids,
                "goal_ids": [Command.create({"kind": "goal", "name": "Trial"})],
                "question_ids": [
                    Command.create({"kind": "question", "name": name})
                    for name in ("Who decides?", "Until when?")
                ],
            }
        )
        self.assertFalse(visit.missing)
        self._check_in(visit)

    def test_a_blocking_rule_is_not_evaded_by_call(self):
        visit = self._visit()
        self.rule.is_blocking = True
        wizard = visit.env["sales.visit.check"].create(
            {"visit_id": visit.id, "problem": "refused", "reason": "No"}
        )
        with self.assertRaisesRegex(UserError, "Plan this visit"):
            wizard.action_confirm()

    def test_a_rule_is_about_some_customers_kinds_or_large_opportunities(self):
        lead = self.env["crm.lead"].create(
            {
                "name": "Large",
                "type": "opportunity",
                "partner_id": self.customer_north.id,
                "user_id": self.salesperson.id,
                "expected_revenue": 1000,
            }
        )
        for values, with_lead, is_missing in (
            ({"domain": "[('name', '=', 'Customer North')]"}, False, True),
            ({"domain": "[('name', '=', 'Customer South')]"}, False, False),
            ({"kind": "call"}, False, False),
            ({"kind": False}, False, True),
            ({"least_revenue": 1000}, False, False),
            ({"least_revenue": 1000}, True, True),
            ({"least_revenue": 1001}, True, False),
        ):
            with self.subTest(values):
                rule = self.rule.copy({"active": True, **values})
                self.rule.active = False
                visit = self._visit(lead_id=with_lead and lead.id)
                self.assertEqual(bool(visit.missing), is_missing)
                rule.active = False

    def test_a_rule_of_another_company_does_not_hold(self):
        self.rule.company_id = self.env["res.company"].create({"name": "Other"})
        self.assertFalse(self._visit().missing)

    def test_unusable_rules_are_refused(self):
        for values in (
            {"domain": "[('no_such_field', '=', 1)]"},
            {"domain": "soon"},
            {"goal_count": 0},
        ):
            with self.subTest(values), self.assertRaises(ValidationError):
                self.rule.write(values)
        for values in (
            {"goal_count": -1},
            {"question_count": 21},
            {"least_revenue": -1},
        ):
            with self.subTest(values):
                self._assert_check(lambda v=values: self.rule.write(v))

    def test_first_steps_propose_a_rule(self):
        self.rule.unlink()
        steps = self.env["onboarding.onboarding.step"].with_user(self.director)
        step = steps._get_sales_step("visits")
        self.assertFalse(step["is_done"])
        self.assertTrue(step["proposal"])
        steps.action_accept_sales_visits()
        step = steps._get_sales_step("visits")
        self.assertTrue(step["is_done"])
        self.assertEqual(self._visit().missing, "goals (at least 1)")

    def test_a_fixed_number_of_queries_however_many_visits_there_are(self):
        self.rule.copy({"question_count": 1, "needs_contact": True})
        visits = self._visit()
        for day in range(16, 26):
            visits += self._visit(f"2026-10-{day} 09:00:00")

        def count(visits):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            visits.mapped("missing")
            return self.env.cr.sql_log_count - before

        count(visits)  # fills what outlives a transaction
        self.assertEqual(count(visits), count(visits[:2]))
