# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from odoo import fields
from odoo.tests import HttpCase, tagged

from .honour_common import HonourCommon


@tagged("post_install", "-at_install")
class TestUiHonour(HonourCommon, HttpCase):
    """An election in the browser, of last month."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        first = fields.Date.today().replace(day=1)
        cls._sold(
            (cls.salesperson, cls.team_field, 900),
            (cls.colleague, cls.team_field, 900),
            day=first - timedelta(days=1),
        )

    def test_a_director_holds_an_election(self):
        self.start_tour(
            "/odoo/action-sales_efficiency_team.sales_honour_action",
            "sales_honour_election",
            login="test_director",
        )
        honour = self.env["sales.honour"].search([("citation", "=", "Together")])
        self.assertEqual(honour.state, "submitted")
        honour.with_user(self.hr_manager)._validate_tier()
        self.env.flush_all()
        self.start_tour(
            "/odoo/action-sales_efficiency_team.sales_honour_fame_action",
            "sales_honour_hall_of_fame",
            login="test_outsider",
        )
