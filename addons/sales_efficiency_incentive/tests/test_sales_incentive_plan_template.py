# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date

from odoo.tests import Form, freeze_time, tagged

from .common import SalesIncentiveCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-10-15 12:00:00")
class TestSalesIncentivePlanTemplate(SalesIncentiveCommon):
    """A plan is made from a template in a click; its rules are real, and a draft."""

    def _make(self, template):
        form = Form(self.env["sales.incentive.plan.template"].with_user(self.officer))
        form.template = template
        action = form.save().action_create_plan()
        self.assertEqual(action["res_model"], "sales.incentive.version")
        return self.env["sales.incentive.version"].browse(action["res_id"])

    def test_each_template_can_be_submitted_as_it_is(self):
        wizard = self.env["sales.incentive.plan.template"]
        for template in wizard._fields["template"].get_values(self.env):
            with self.subTest(template):
                version = self._make(template)
                self.assertRecordValues(
                    version, [{"state": "draft", "date_from": date(2026, 11, 1)}]
                )
                version.with_user(self.officer).action_submit()
                self.assertEqual(version.state, "submitted")

    def test_commission_rises_from_a_usual_month_on(self):
        people = (
            self.env["crm.team"]
            .search([("company_id", "in", (self.company.id, False))])
            .member_ids
        )
        self._create_history(
            (date(2026, 3, 1), 12 * 47_200 * len(people), {}),
            (date(2025, 9, 30), 1_000_000, {}),
            (date(2026, 10, 1), 1_000_000, {}),
        )
        version = self._make("commission")
        self.assertEqual(
            [(tier.bound, tier.rate) for tier in version.rule_ids.tier_ids],
            [(0, 5), (47_000, 6), (94_000, 7)],
        )

    def test_who_has_no_sales_yet_gets_round_bounds(self):
        wizard = self.env["sales.incentive.plan.template"]
        company = self.env["res.company"].create({"name": "New Company"})
        self.assertEqual(wizard.with_company(company)._default_bound(), 50_000)

    def test_a_plan_is_a_first_step_of_a_new_company(self):
        company = self.env["res.company"].create({"name": "New", "sales_tz": "UTC"})
        self.director.write(
            {"company_ids": [(4, company.id)], "company_id": company.id}
        )
        steps = self.env["onboarding.onboarding.step"].with_user(self.director)
        self.assertFalse(steps._get_sales_step_incentive()["is_done"])
        action = steps.action_open_sales_incentive()
        self.assertEqual(action["res_model"], "sales.incentive.plan.template")
        plan = self.env["sales.incentive.plan"].create(
            {"name": "First", "company_id": company.id}
        )
        self.assertEqual(steps.action_open_sales_incentive()["res_id"], plan.id)
        self.assertFalse(steps._get_sales_step_incentive()["is_done"])
        version = self._create_version(plan)
        rules = self.env["tier.definition"]
        rules.search([("model", "=", version._name)]).active = False
        version._set_state("submitted")
        version._approve()
        self.assertTrue(steps._get_sales_step_incentive()["is_done"])
