# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date

from odoo.tests import freeze_time, new_test_user, tagged

from odoo.addons.sales_efficiency_base.tests.sample_common import SampleCase


@tagged("post_install", "-at_install")
@freeze_time("2018-01-10 12:00:00")
class TestSampleCrmHonour(SampleCase):
    """Elections by the figures of a public data set, 2017 Q3 (section H)."""

    data_set = "crm_sales_opportunities"

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.director = new_test_user(
            cls.env,
            login="sample_director",
            groups="sales_efficiency_base.group_sales_director",
            company_id=cls.company.id,
            company_ids=[(6, 0, cls.company.ids)],
        )
        cls.metric = cls.env["sales.metric"]._find(["won_amount"])["won_amount"]

    def _elect(self, kind):
        honour = (
            self.env["sales.honour"]
            .with_user(self.director)
            .create(
                {
                    "kind": kind,
                    "rhythm": "quarter",
                    "date": date(2017, 8, 1),
                    "metric_id": self.metric.id,
                    "nothing_open": False,
                }
            )
        )
        honour.action_nominate()
        return [
            (nominee.name, nominee.value)
            for nominee in honour.nominee_ids
            if nominee.is_winner
        ]

    def test_the_best_salespeople(self):
        self.assertEqual(
            self._elect("person"),
            [
                ("Darcel Schlecht", 373_218),
                ("Vicki Laflamme", 168_738),
                ("Donn Cantrell", 160_284),
            ],
        )

    def test_the_best_team(self):
        self.assertEqual(self._elect("team")[0], ("Melvin Marxen's Team", 767_754))
