# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from odoo import fields
from odoo.tests import HttpCase, tagged

from .conduct_common import ConductCommon


@tagged("post_install", "-at_install")
class TestUiConduct(ConductCommon, HttpCase):
    """Rules and hearing in the browser."""

    def test_a_salesperson_confirms_the_rules(self):
        self.start_tour(
            "/odoo/action-sales_efficiency_team.sales_conduct_confirmation_action",
            "sales_conduct_confirm_rules",
            login="test_salesperson",
        )
        mine = self.rules.confirmation_ids.filtered(
            lambda confirmation: confirmation.user_id == self.salesperson
        )
        self.assertTrue(mine.confirmed_at)

    def test_a_salesperson_is_heard(self):
        yesterday = fields.Date.today() - timedelta(days=1)
        case = self._open_case(date=yesterday)
        case.with_user(self.leader).action_hear()
        self.start_tour(
            f"/odoo/action-sales_efficiency_team.sales_conduct_case_action/{case.id}",
            "sales_conduct_hearing",
            login="test_salesperson",
        )
        self.assertEqual(case.statement, "It was in stock on that day.")
