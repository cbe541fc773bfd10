# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from psycopg2.errors import CheckViolation, UniqueViolation

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import SalesTargetCommon


@tagged("post_install", "-at_install")
class TestSalesTargetForecast(SalesTargetCommon):
    def _forecast(self, growth=5, **values):
        forecasts = self.env["sales.target.forecast"].with_user(self.director)
        return forecasts.create({"plan_id": self.plan.id, "growth": growth, **values})

    def test_the_narrowest_market_around_a_target_counts(self):
        world, north = (
            self._forecast(growth, region_id=region.id)
            for growth, region in ((3, self.region_world), (8, self.region_north))
        )
        line = self._forecast(
            12, region_id=self.region_world.id, categ_id=self.category.id
        )
        everywhere = self._forecast(1)
        forecasts = self.plan.forecast_ids
        for expected, values in (
            (everywhere, {}),
            (world, {"region_id": self.region_south.id}),
            (north, {"region_id": self.region_north.id}),
            # The region of the team
            (north, {"team_id": self.team_field.id}),
            (
                line,
                {"region_id": self.region_south.id, "categ_id": self.category.id},
            ),
        ):
            target = self.root if not values else self._create_target(**values)
            with self.subTest(target.display_name):
                self.assertEqual(forecasts._find(target), expected)

    def test_a_market_has_one_forecast(self):
        self._forecast()
        with mute_logger("odoo.sql_db"), self.assertRaises(UniqueViolation):
            self._forecast()

    def test_a_market_does_not_shrink_to_nothing(self):
        for growth in (-100, 1001):
            with mute_logger("odoo.sql_db"), self.assertRaises(CheckViolation):
                self._forecast(growth)

    def test_what_is_submitted_keeps_its_forecast(self):
        forecast = self._forecast()
        self.plan.action_submit()
        for change in (
            lambda: forecast.write({"growth": 9}),
            lambda: forecast.unlink(),
            lambda: self._forecast(categ_id=self.category.id),
        ):
            with self.assertRaisesRegex(UserError, "cannot change"):
                change()

    def test_only_directors_forecast(self):
        forecast = self._forecast()
        for user in (self.salesperson, self.leader):
            self.assertEqual(forecast.with_user(user).growth, 5)
            with self.assertRaises(AccessError):
                forecast.with_user(user).growth = 9
