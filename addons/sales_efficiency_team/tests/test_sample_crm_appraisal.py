# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.fields import Command
from odoo.tests import tagged

from odoo.addons.sales_efficiency_base.tests.sample_common import (
    SampleCase,
    get_quarter,
)

# Won amount, conversion, sales cycle → score
SCORES = {
    "Darcel Schlecht": (120.00, 97.75, 109.75, 111.28),
    "Anna Snelling": (72.50, 84.62, 103.77, 82.39),
    "Vicki Laflamme": (120.00, 95.02, 98.59, 108.22),
}


@tagged("post_install", "-at_install")
class TestSalesAppraisalSample(SampleCase):
    """Third quarter of 2017 by closing date, with figures that others computed."""

    data_set = "crm_sales_opportunities"

    def test_scores_of_the_third_quarter(self):
        metrics = self.env["sales.metric"]._find(
            ["won_amount", "conversion_rate", "sales_cycle"]
        )
        goals = {"won_amount": (50, 100_000), "conversion_rate": (30, 65)}
        goals["sales_cycle"] = (20, 50)
        templates = self.env["sales.appraisal.template"]
        templates.search([("company_id", "=", self.company.id)]).active = False
        templates.create(
            {
                "name": "Sample",
                "company_id": self.company.id,
                "rhythm": "quarter",
                "kpi_ids": [
                    Command.create(
                        {
                            "metric_id": metrics[code].id,
                            "weight": weight,
                            "target_from": "value",
                            "target_value": value,
                        }
                    )
                    for code, (weight, value) in goals.items()
                ],
                "part_ids": [Command.create({"kind": "kpi", "weight": 100})],
            }
        )
        cycle = self.env["sales.appraisal.cycle"].create(
            {
                "company_id": self.company.id,
                "rhythm": "quarter",
                "date_from": get_quarter("2017Q3").start,
            }
        )
        cycle.action_make()
        for name, (*scores, total) in SCORES.items():
            appraisal = cycle.appraisal_ids.filtered(
                lambda a, id_=self.loader.ids["agent"][name]: a.user_id.id == id_
            )
            with self.subTest(name):
                self.assertEqual(appraisal.kpi_ids.mapped("score"), scores)
                self.assertEqual(appraisal.score, total)
