# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.exceptions import AccessError
from odoo.tests import tagged

from odoo.addons.sales_efficiency_base.tests.common import SalesEfficiencyCommon

# Steps that propose something to begin with -> model of what is made
PROPOSED = {
    "leads": "sales.lead.rule",
    "playbook": "sales.playbook",
    "visits": "sales.visit.rule",
    "needs": "sales.need.weight",
    "price_floor": "sales.price.floor",
    "contract": "sales.contract.clause",
}


@tagged("post_install", "-at_install")
class TestFirstSteps(SalesEfficiencyCommon):
    """The steps from market to contract, for the director of a new company."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # Those without company are for all.
        cls.env["sales.lead.rule"].with_context(active_test=False).search([]).unlink()
        cls.env["sales.contract.clause"].search([]).unlink()
        cls.new_company = cls.env["res.company"].create(
            {"name": "New Company", "sales_tz": "UTC"}
        )
        (cls.director + cls.leader).write(
            {
                "company_ids": [(4, cls.new_company.id)],
                "company_id": cls.new_company.id,
            }
        )
        cls.env["crm.stage"].create({"name": "Test Stage"})
        cls.steps = cls.env["onboarding.onboarding.step"].with_user(cls.director)

    def _get_steps(self):
        cockpit = self.env["sales.cockpit"].with_user(self.director)
        steps = cockpit.get_data()["panels"]["start"]["steps"]
        return {step["code"]: step for step in steps}

    def _accept(self, code, user=None):
        steps = self.steps.with_user(user or self.director)
        return getattr(steps, f"action_accept_sales_{code}")()

    def test_each_step_has_something_to_begin_with(self):
        for code, step in self._get_steps().items():
            if code in PROPOSED:
                with self.subTest(code):
                    self.assertFalse(step["is_done"])
                    self.assertTrue(step["proposal"])
                    self._accept(code)
        for code, step in self._get_steps().items():
            if code in PROPOSED:
                with self.subTest(code):
                    self.assertTrue(step["is_done"])
                    self.assertTrue(step["state"])
                    self.assertFalse(step["proposal"])

    def test_a_second_click_changes_nothing(self):
        for code, model in PROPOSED.items():
            with self.subTest(code):
                self._accept(code)
                made = self.env[model].search([])
                self._accept(code)
                self.assertEqual(self.env[model].search([]), made)

    def test_who_is_no_director_accepts_nothing(self):
        steps = self.steps.with_user(self.leader)
        for code in PROPOSED:
            with self.subTest(code):
                self.assertFalse(steps._get_sales_step(code)["is_allowed"])
                with self.assertRaises(AccessError):
                    self._accept(code, self.leader)

    def test_what_is_of_one_company_is_still_to_do_in_the_other(self):
        other = self.env["res.company"].create({"name": "Other Company"})
        self.director.company_ids += other
        steps = self.steps.with_context(allowed_company_ids=other.ids)
        # Types of contracts are those of all companies.
        for code in PROPOSED.keys() - {"contract"}:
            with self.subTest(code):
                self._accept(code)
                self.assertFalse(steps._get_sales_step(code)["is_done"])
