# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import Command
from odoo.exceptions import UserError, ValidationError
from odoo.tests import Form, tagged

from .common import SalesTargetCommon


@tagged("post_install", "-at_install")
class TestSalesTargetDistribution(SalesTargetCommon):
    def _create_distribution(self, percents):
        return (
            self.env["sales.target.distribution"]
            .with_user(self.director)
            .create(
                {
                    "name": "Test",
                    "line_ids": [
                        Command.create({"number": number, "percent": percent})
                        for number, percent in enumerate(percents, start=1)
                    ],
                }
            )
        )

    def test_twelve_twelfths_are_accepted_and_proposed(self):
        self.assertEqual(self._create_distribution([100 / 12] * 12).total, 100)
        with Form(self.env["sales.target.distribution"]) as form:
            form.name = "Proposed"
        self.assertEqual(form.record.total, 100)

    def test_any_other_total_is_refused(self):
        for percents in ([8.33] * 12, [100 / 12] * 11 + [8.35], [100 / 11] * 11):
            with self.assertRaises(ValidationError):
                self._create_distribution(percents)
        distribution = self._create_distribution([100 / 12] * 12)
        with self.assertRaisesRegex(ValidationError, "total 100.00"):
            distribution.line_ids[3].percent = 9

    def test_months_are_not_deleted_one_by_one(self):
        distribution = self._create_distribution([0] + [10] * 8 + [20, 0, 0])
        with self.assertRaisesRegex(UserError, "all months"):
            distribution.line_ids[0].unlink()
        distribution.unlink()
        self.assertFalse(distribution.exists())

    def test_a_target_follows_it_to_the_cent(self):
        distribution = self._create_distribution([5] * 10 + [20, 30])
        self.root.write({"spread": "distribution", "distribution_id": distribution.id})
        self.assertEqual(self._amounts(self.root), [60_000] * 10 + [240_000, 360_000])
        self.root.amount = 0.07
        self.assertAlmostEqual(sum(self._amounts(self.root)), 0.07, places=9)

    def test_it_must_be_chosen(self):
        with self.assertRaisesRegex(ValidationError, "Choose the monthly"):
            self.root.spread = "distribution"
