# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date

from odoo import fields
from odoo.tests import HttpCase, tagged

from .common import SalesTargetCommon

COCKPIT = "/odoo/sales-cockpit"
BUNDLES = ("web.assets_web", "web.assets_tests", "web.chartjs_lib")


class CockpitCase(SalesTargetCommon, HttpCase):
    """A plan for this year. Today the salesperson has sold 1,234 and the director's
    team 5,678; the salesperson sold 1,000 on the first day of last year. A tender of
    10,000 has a probability of 50 %."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["sales.target.plan"].search([("id", "!=", cls.plan.id)]).write(
            {"state": "draft"}
        )
        cls.plan.target_ids.unlink()
        cls.plan.date_from = date(fields.Date.today().year, 1, 1)
        cls.root = cls._create_target(amount=1_200_000)
        cls.team_other.user_id = cls.director
        teams = [
            cls._create_target(parent_id=cls.root.id, team_id=team.id, amount=600_000)
            for team in (cls.team_field, cls.team_other)
        ]
        for user, team in (
            (cls.salesperson, teams[0]),
            (cls.colleague, teams[0]),
            (cls.outsider, teams[1]),
        ):
            cls._create_target(parent_id=team.id, user_id=user.id, amount=300_000)
        cls._create_target(metric_id=cls.margin_rate.id, amount=30)
        cls.plan.target_ids.gap_reason = "Test"
        cls.plan.action_submit()
        cls.plan.action_start()
        cls.env["crm.lead"].create(
            {
                "name": "Test Tender",
                "type": "opportunity",
                "user_id": cls.outsider.id,
                "team_id": cls.team_other.id,
                "expected_revenue": 10_000,
                "probability": 50,
                "date_deadline": cls.plan._get_today(),
            }
        )
        orders = cls._create_order(price=1234)
        orders |= cls._create_order(user=cls.outsider, price=5678)
        orders.action_confirm()
        last_year = date(cls.plan.date_from.year - 1, 1, 1)
        cls._create_history((last_year, 1000, {"user_id": cls.salesperson.id}))
        cls._generate_assets()
        cls.env["sales.mart"]._rebuild()
        cls.env["sales.target.result"]._refresh(cls.plan.target_ids)

    @classmethod
    def _generate_assets(cls):
        """Generate assets once: each test would generate them and roll them back."""
        for bundle in BUNDLES:
            assets = cls.env["ir.qweb"]._get_asset_bundle(bundle)
            assets.js()
            assets.css()

    def _open(self, tour, role):
        self.start_tour(COCKPIT, tour, login=f"test_{role}")


@tagged("post_install", "-at_install")
class TestUiCockpit(CockpitCase):
    """Each role opens the cockpit, changes its view, and drills down to documents."""

    def test_director_looks_at_the_company(self):
        self._open("sales_cockpit_of_director", "director")

    def test_leader_looks_at_the_team(self):
        self._open("sales_cockpit_of_leader", "leader")

    def test_salesperson_looks_at_the_own_target(self):
        self._open("sales_cockpit_of_salesperson", "salesperson")

    def test_without_a_plan_it_says_what_to_do(self):
        self.plan.state = "draft"
        self._open("sales_cockpit_without_plan", "director")

    def test_an_action_with_the_tag_of_before_opens_it(self):
        action = self.env.ref("sales_efficiency_base.sales_cockpit_action")
        action.tag = "sales_efficiency_target.cockpit"
        self.plan.state = "draft"
        self._open("sales_cockpit_without_plan", "director")


@tagged("post_install", "-at_install")
class TestUiCockpitPhone(CockpitCase):
    browser_size = "375x667"
    touch_enabled = True

    def test_salesperson_looks_at_it_on_the_phone(self):
        self._open("sales_cockpit_on_phone", "salesperson")
