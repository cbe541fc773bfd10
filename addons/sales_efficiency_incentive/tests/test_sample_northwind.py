# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from collections import defaultdict
from datetime import date

from odoo import Command
from odoo.tests import freeze_time, tagged

from odoo.addons.sales_efficiency_base.tests.sample_northwind import NorthwindCase

QUARTERS = {1: range(1, 4), 2: range(4, 7), 3: range(7, 10), 4: range(10, 13)}


@tagged("post_install", "-at_install")
class TestSampleNorthwind(NorthwindCase):
    """What nine real salespeople would have earned in 1997."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ordered = cls.env.ref("sales_efficiency_base.sales_metric_ordered_amount")
        cls.users = {
            key: cls.env["res.users"].browse(id_)
            for key, id_ in cls.ids["employee_id"].items()
        }

    def _earn(self, people, **rule):
        """Compute the months of 1997.

        :return: dict user id → month → amount
        """
        plan = self.env["sales.incentive.plan"].create(
            {
                "name": "Plan",
                "company_id": self.company.id,
                "version_ids": [
                    Command.create(
                        {
                            "date_from": date(1997, 1, 1),
                            "rule_ids": [
                                Command.create(
                                    {
                                        "name": "Commission",
                                        "metric_id": self.ordered.id,
                                        "interval": "quarter",
                                        **rule,
                                    }
                                )
                            ],
                        }
                    )
                ],
                "assignment_ids": [
                    Command.create({"user_id": user.id, "date_from": date(1997, 1, 1)})
                    for user in people
                ],
            }
        )
        approvals = self.env["tier.definition"].search([])
        approvals.active = False
        plan.version_ids.state = "submitted"
        plan.version_ids._approve()
        with freeze_time("1998-01-15 12:00:00"):
            self.env["sales.incentive.period"]._follow()
        earned = defaultdict(lambda: defaultdict(float))
        for user, month, amount in self.env["sales.incentive.entry"]._read_group(
            [("plan_id", "=", plan.id), ("month", "<", "1998-01-01")],
            ["user_id", "month:month"],
            ["amount:sum"],
        ):
            earned[user.id][month.month] = amount
        return earned

    def _by_quarter(self, months):
        return [
            round(sum(months[month] for month in quarter), 2)
            for quarter in QUARTERS.values()
        ]

    def _tiers(self):
        tiers = ((0, 3), (20_000, 5), (40_000, 8))
        return [Command.create({"bound": bound, "rate": rate}) for bound, rate in tiers]

    def test_quarter_to_date_marginal(self):
        earned = self._earn(
            self.users.values(), rate_by="interval", tier_ids=self._tiers()
        )
        peacock = earned[self.users["4"].id]
        self.assertEqual(self._by_quarter(peacock), [1687.08, 823.71, 1097.39, 1264.97])
        self.assertEqual(
            [round(peacock[month], 2) for month in (1, 2, 3)], [786.82, 606.10, 294.16]
        )
        total = sum(sum(months.values()) for months in earned.values())
        self.assertEqual(round(total, 2), 20_974.30)

    def test_quarter_to_date_whole(self):
        earned = self._earn(
            self.users.values(),
            rate_by="interval",
            rate_mode="whole",
            tier_ids=self._tiers(),
        )
        total = sum(sum(months.values()) for months in earned.values())
        self.assertEqual(round(total, 2), 26_974.30)

    def test_override_of_a_leader_without_own_sales(self):
        buchanan = self.users["5"]
        earned = self._earn(
            [buchanan],
            credit="led",
            rate_by="interval",
            tier_ids=[Command.create({"rate": 1})],
        )
        self.assertEqual(
            self._by_quarter(earned[buchanan.id]), [253.12, 305.99, 412.48, 327.49]
        )
