# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from collections import Counter
from datetime import date

from odoo import Command
from odoo.tests import freeze_time, tagged

from odoo.addons.sales_efficiency_base.tests.sample_northwind import NorthwindCase

DAY = date(1998, 5, 6)
WEIGHTS = {"recency": 30, "frequency": 30, "amount": 40}


@tagged("post_install", "-at_install")
@freeze_time("1998-05-06 12:00:00")
class TestSampleNorthwindGrading(NorthwindCase):
    """Grades of the customers of Northwind on the day of the last order."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        env = cls.env(
            context={**cls.env.context, "allowed_company_ids": cls.company.ids}
        )
        env["sales.grading"].search(
            [("company_id", "=", cls.company.id)]
        ).active = False
        env["sales.grade"].search([("company_id", "=", cls.company.id)]).active = False
        env["sales.grade"].create(
            [
                {
                    "name": name,
                    "threshold": threshold,
                    "sequence": 100 - threshold,
                    "company_id": cls.company.id,
                }
                for name, threshold in (("A", 80), ("B", 60), ("C", 40), ("D", 0))
            ]
        )
        grading = env["sales.grading"].create(
            {
                "name": "Northwind",
                "company_id": cls.company.id,
                "criterion_ids": [
                    Command.create({"kind": kind, "weight": weight})
                    for kind, weight in WEIGHTS.items()
                ],
            }
        )
        cls.run_of_day = env["sales.grading.run"].create(
            {"grading_id": grading.id, "date": DAY}
        )
        cls.run_of_day.action_compute()
        cls.results = cls.run_of_day.result_ids

    def test_how_many_customers_have_which_grade(self):
        self.assertEqual(len(self.results), 89)
        grades = Counter(result.to_grade_id.name for result in self.results)
        self.assertEqual(grades, {"A": 18, "B": 16, "C": 17, "D": 38})

    def test_how_many_customers_fall_into_each_bin(self):
        bins = Counter(
            (score.criterion_id.kind, score.bin) for score in self.results.score_ids
        )
        for kind, expected in (
            ("recency", [18, 18, 19, 17, 17]),
            ("frequency", [24, 21, 10, 18, 16]),
            ("amount", [18, 18, 18, 18, 17]),
        ):
            self.assertEqual([bins[kind, number] for number in range(1, 6)], expected)

    def test_what_share_of_the_amount_the_best_have(self):
        total = sum(self.results.mapped("amount"))
        best = self.results.filtered(lambda result: result.to_grade_id.name == "A")
        self.assertAlmostEqual(total, 856_885.44, 2)
        self.assertEqual(round(100 * sum(best.mapped("amount")) / total, 2), 59.66)

    def test_scores_of_single_customers(self):
        scores = {result.partner_id.id: result.score for result in self.results}
        customers = self.loader.ids["customer"]
        self.assertEqual(
            {
                code: scores[customers[code]]
                for code in ("ALFKI", "QUICK", "BLONP", "SAVEA")
            },
            {"ALFKI": 50, "QUICK": 85, "BLONP": 35, "SAVEA": 100},
        )
