# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date, datetime

from odoo.tests import freeze_time, tagged

from odoo.addons.sales_efficiency_base.tests.common import SalesEfficiencyCommon

NAMES = ("kpi_sales_margin", "kpi_sales_conversion_rate", "kpi_sales_finding")


@tagged("post_install", "-at_install")
@freeze_time("2026-10-15 12:00:00")
class TestDigest(SalesEfficiencyCommon):
    """Indicators in the digests of Odoo (policy 6.2.2)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.digest = cls.env["digest.digest"].create(
            {
                "name": "Test",
                "company_id": cls.company.id,
                **dict.fromkeys(NAMES, True),
            }
        )
        cls.env["sales.history.line"].create(
            [
                {
                    "date": day,
                    "recorded_as": "order",
                    "amount": 10 * margin,
                    "margin": margin,
                    "company_id": cls.company.id,
                }
                # today, yesterday, eight days ago
                for day, margin in (
                    ("2026-10-15", 1000),
                    ("2026-10-14", 100),
                    ("2026-10-07", 10),
                )
            ]
        )
        cls.env["sales.mart"]._refresh()
        cls.env["sales.finding"].create(
            {
                "company_id": cls.company.id,
                "cause": "slow",
                "basis": "target",
                "categ_id": cls.category.id,
                "metric_id": cls.env.ref(
                    "sales_efficiency_base.sales_metric_ordered_amount"
                ).id,
                "date_from": "2026-08-01",
                "date_to": "2026-09-30",
                "date_found": "2026-10-14",
            }
        )

    def _compute(self, user):
        """:return: dict name of a KPI → its three columns, as a digest shows them"""
        digest = self.digest.with_user(user).sudo()
        found = digest._compute_kpis(self.company, user)
        return {kpi["kpi_name"]: kpi for kpi in found if kpi["kpi_name"] in NAMES}

    def test_directors_read_whole_days_of_their_company(self):
        found = self._compute(self.director)
        self.assertEqual(set(found), set(NAMES))
        margin = found["kpi_sales_margin"]
        values = [margin[f"kpi_col{number}"]["value"] for number in (1, 2, 3)]
        for value, expected in zip(values, ("100", "100", "110"), strict=True):
            self.assertIn(expected, value)
        self.assertEqual(found["kpi_sales_finding"]["kpi_col1"]["value"], 1)
        self.assertIn("sales_indicator_board_action", margin["kpi_action"])

    def test_others_do_not_see_figures_of_the_company(self):
        for user in (self.leader, self.salesperson):
            self.assertFalse(self._compute(user), user.name)

    def test_the_days_are_those_that_are_over(self):
        digest = self.digest.with_context(
            start_datetime=datetime(2026, 10, 8, 12),
            end_datetime=datetime(2026, 10, 15, 12),
        )
        period = digest._get_kpi_sales_period()
        self.assertEqual(period.start, date(2026, 10, 8))
        self.assertEqual(period.end, date(2026, 10, 14))
        self.assertEqual(self.digest._get_kpi_sales_period().end, date(2026, 10, 14))
