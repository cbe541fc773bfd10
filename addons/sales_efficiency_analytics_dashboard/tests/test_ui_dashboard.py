# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date
from unittest.mock import patch

from odoo.tests import HttpCase, tagged
from odoo.tools import file_open, mute_logger

from odoo.addons.sales_efficiency_analytics.tests.study_common import StudyCommon
from odoo.addons.sales_efficiency_base.tools import Period, Scope

from .test_director_dashboard import ADDON

URL = f"/odoo/action-{ADDON}.director_dashboard_action"


@tagged("post_install", "-at_install")
class TestUiDashboard(StudyCommon, HttpCase):
    """A director opens the dashboard in the browser."""

    def test_a_director_reads_the_figures_of_the_metrics(self):
        """No cell has an error, no chart is empty, and figures equal the metrics."""
        won, lost = self.env["crm.lead"].create(
            [
                {
                    "name": name,
                    "type": "opportunity",
                    "company_id": self.company.id,
                    "user_id": self.salesperson.id,
                }
                for name in ("Won", "Lost")
            ]
        )
        won.action_set_won()
        lost.action_set_lost()
        self._create_order().action_confirm()
        self.env["sales.mart"]._refresh()
        with file_open(f"{ADDON}/static/tests/read_dashboard.js") as file:
            code = file.read()
        for name, value in self._measure().items():
            code = code.replace(f'"{name}"', str(value))
        self.browser_js(
            URL,
            code,
            "odoo.isReady === true",
            login="test_director",
            timeout=120,
        )

    def _open(self, user):
        """:return: answer of the server to a client that opens the dashboard"""
        self.authenticate(user.login, user.login)
        dashboard = self.env.ref(f"{ADDON}.spreadsheet_dashboard_director")
        return self.url_open(f"/spreadsheet/dashboard/data/{dashboard.id}")

    def test_only_directors_are_served(self):
        served = self._open(self.director).json()
        self.assertEqual(served["translation_namespace"], ADDON)
        self.assertNotIn("is_sample", served)
        for user in (self.leader, self.salesperson):
            with self.subTest(user=user.name), mute_logger("odoo.http"):
                self.assertFalse(self._open(user).ok)

    def test_a_sample_stands_in_as_long_as_there_are_no_figures(self):
        dashboards = self.env.registry["spreadsheet.dashboard"]
        with patch.object(dashboards, "_dashboard_is_empty", lambda _records: True):
            served = self._open(self.director).json()
        self.assertTrue(served["is_sample"])
        self.assertEqual(served["translation_namespace"], ADDON)

    def _measure(self):
        """:return: dict of metric -> value of the company in the year to date"""
        today = self.company._get_sales_today()
        names = ["ordered_amount", "conversion_rate"]
        scope = Scope(self.company.id)
        year = Period(date(today.year, 1, 1), today)
        values = self.env["sales.metric"].ask(names, [scope], [year])
        return {name: values[name, scope, year] for name in names}
