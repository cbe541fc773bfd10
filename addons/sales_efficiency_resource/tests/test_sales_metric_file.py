# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date

from freezegun import freeze_time

from odoo.tests import tagged

from odoo.addons.sales_efficiency_base.tools import Period, Scope

from .file_common import FileCommon

CODE = "customer_file_completeness"
YEAR, LAST = (
    Period(date(2026, 1, 1), date(2026, 12, 31)),
    Period(date(2025, 1, 1), date(2025, 12, 31)),
)


@tagged("post_install", "-at_install")
@freeze_time("2026-06-15 12:00:00")
class TestSalesMetricFile(FileCommon):
    """How complete customer files are: by person, team, region, channel."""

    def _measure(self, period=YEAR, **dimensions):
        scope = Scope(self.company.id, **dimensions)
        values = self.env["sales.metric"].ask([CODE], [scope], [period])
        return values[CODE, scope, period]

    def test_the_mean_counts_for_person_team_region_and_channel(self):
        self.customer_north.sales_potential = 100
        self.env["res.partner"].create(
            {
                "name": "Second of North",
                "user_id": self.salesperson.id,
                "country_id": self.country_a.id,
                "phone": "+886 2 2469 4407",
            }
        )
        self.assertEqual(self._measure(user_id=self.salesperson.id), (40 + 10) / 2)
        self.assertEqual(self._measure(team_id=self.team_field.id), 25)
        self.assertEqual(self._measure(team_id=self.team_department.id), 25)
        self.assertEqual(self._measure(region_id=self.region_north.id), 25)
        self.assertEqual(self._measure(user_id=self.outsider.id), 0)
        self.assertEqual(self._measure(channel_id=self.channel_agent.id), 40)
        self.assertEqual(self._measure(partner_id=self.customer_north.id), 40)

    def test_nobody_without_customers_has_a_value(self):
        self.assertIsNone(self._measure(user_id=self.colleague.id))

    def test_periods_without_today_have_no_value(self):
        self.assertIsNone(self._measure(LAST, user_id=self.salesperson.id))

    def test_a_person_who_moves_takes_the_files_along(self):
        self.customer_north.sales_potential = 100
        self.team_field.member_ids -= self.salesperson
        self.team_other.member_ids += self.salesperson
        self.assertIsNone(self._measure(team_id=self.team_field.id))
        self.assertEqual(self._measure(team_id=self.team_other.id), 20)

    def test_any_number_of_scopes_costs_the_same_queries(self):
        people = self.salesperson | self.outsider | self.colleague | self.leader

        def count(users):
            self.env.flush_all()
            self.env.invalidate_all()
            scopes = [Scope(self.company.id, user_id=id_) for id_ in users.ids]
            before = self.env.cr.sql_log_count
            self.env["sales.metric"].ask([CODE], scopes, [YEAR])
            return self.env.cr.sql_log_count - before

        count(people)
        self.assertEqual(count(people), count(people[:1]))

    def test_the_first_step_says_how_complete_files_are(self):
        steps = self.env["onboarding.onboarding.step"].with_user(self.director)
        step = steps._get_sales_step("files")
        self.assertFalse(step["is_done"])
        self.assertIn("%", step["state"])
        self._create_need(self.customer_north, self.line_a)
        self.assertTrue(steps._get_sales_step("files")["is_done"])
