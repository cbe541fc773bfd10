# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date

from psycopg2.errors import CheckViolation

from odoo.exceptions import UserError, ValidationError
from odoo.tests import Form, freeze_time, tagged
from odoo.tools import mute_logger

from odoo.addons.sales_efficiency_base.tests import nonsense

from ..wizards.sales_target_gap import PARAMETERS
from .common import SalesTargetCommon


@tagged("post_install", "-at_install")
class TestNonsense(nonsense.NonsenseCommon):
    addon = "sales_efficiency_target"

    def _is_ignored_by_form(self, field):
        gap = field.model_name == "sales.target.gap"
        return gap and field.name not in PARAMETERS


@tagged("post_install", "-at_install")
@freeze_time("2026-11-25 12:00:00")
class TestNonsenseInCalls(SalesTargetCommon):
    """Invalid values in calls cause a message, or are ignored."""

    def test_a_plan_is_made_for_a_year_that_has_one_before_and_after(self):
        form = Form(self.env["sales.target.plan"].with_user(self.director))
        for year in (1, 9999):
            with self.assertRaisesRegex(ValidationError, "Start cannot be"):
                form.date_from = date(year, 1, 1)

    def test_figures_beyond_what_is_exact_are_refused_with_what_is_around_them(self):
        for figure in (float("nan"), 2e15):
            with self.assertRaisesRegex(ValidationError, "Target cannot be"):
                self.root.with_user(self.director).amount = figure
            with self.assertRaisesRegex(ValidationError, "Figure cannot be"):
                self._create_target(
                    user_id=self.salesperson.id,
                    month_ids=[(0, 0, {"month": "2026-01-01", "amount": figure})],
                )
        member = self.salesperson.crm_team_member_ids.with_user(self.leader)
        with self.assertRaisesRegex(ValidationError, "Ability"):
            member.sales_ability = float("nan")

    def test_a_level_is_no_absurd_share_of_its_target(self):
        with mute_logger("odoo.sql_db"), self.assertRaises(CheckViolation):
            self.plan.challenge_percent = 1e15
            self.env.flush_all()

    def test_an_import_says_which_month_it_gives_twice(self):
        targets = self.env["sales.target"].with_user(self.director)
        names = ["plan_id/.id", "metric_id/.id", "month_ids/month", "month_ids/amount"]
        row = [self.plan.id, self.quantity.id, "2026-01-01", "5"]
        with mute_logger("odoo.sql_db"):
            answer = targets.load(names, [row, ["", "", *row[2:]]])
        self.assertFalse(answer["ids"])
        self.assertEqual(
            [message["message"] for message in answer["messages"]],
            ["A target has one figure for each month."],
        )

    def test_the_cockpit_is_shown_whatever_it_is_asked_for(self):
        self.plan.action_submit()
        self.plan.action_start()
        self.env["sales.target.result"]._refresh(self.plan.target_ids)
        cockpit = self.env["sales.cockpit"].with_user(self.director)
        usual = cockpit.get_data()
        self.assertTrue(usual["panels"]["figures"])
        for name in ("scope", "plan_id", "metric_id", "period", "date_from"):
            for value in ({}, [], [1], "x", -1, float("nan")):
                with self.subTest(name, value=value):
                    self.assertEqual(cockpit.get_data(**{name: value}), usual)

    def test_the_cockpit_opens_what_there_is(self):
        cockpit = self.env["sales.cockpit"].with_user(self.director)
        for opens in (cockpit.get_figures_action, cockpit.get_pipeline_action):
            for ids in (None, "x", {"a": 1}, [], ["x"], [[1]], [0.5], [-1], 10**30):
                with (
                    self.subTest(opens.__name__, ids=ids),
                    self.assertRaises(UserError),
                ):
                    opens(ids)
