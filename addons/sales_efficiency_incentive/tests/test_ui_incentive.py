# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tests import HttpCase, tagged

from .common import SalesIncentiveCommon


@tagged("post_install", "-at_install")
class TestUiIncentive(SalesIncentiveCommon, HttpCase):
    """From a template to an accepted letter, in the browser."""

    def test_a_plan_from_its_template_to_the_letter(self):
        self.start_tour(
            "/odoo/action-sales_efficiency_incentive.sales_incentive_plan_action",
            "sales_incentive_of_officer",
            login="test_officer",
        )
        version = self.env["sales.incentive.version"].search(
            [("state", "=", "submitted")]
        )
        self.assertEqual(version.rule_ids.tier_ids.sorted("bound")[-1].bound, 200_000)
        for login in ("test_director", "test_hr_manager"):
            self.start_tour(
                f"/odoo/sales.incentive.version/{version.id}",
                "sales_incentive_of_approver",
                login=login,
            )
        self.assertEqual(version.state, "approved")
        self.start_tour(
            "/odoo/action-sales_efficiency_incentive"
            ".sales_incentive_acceptance_my_action",
            "sales_incentive_of_salesperson",
            login="test_salesperson",
        )
        self.assertEqual(version.letter_ids.accepted_by_id, self.salesperson)
