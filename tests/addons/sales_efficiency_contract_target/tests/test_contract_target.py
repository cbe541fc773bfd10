# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date

from freezegun import freeze_time
from psycopg2 import IntegrityError

from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.sales_efficiency_target.tests.common import SalesTargetCommon
from odoo.addons.sales_efficiency_target.tools.target_sheet import get_keys


@tagged("post_install", "-at_install")
@freeze_time("2026-05-18 12:00:00")
class TestContractTarget(SalesTargetCommon):
    """What an add-on brings can be promised, followed and broken down."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.stars = cls.env.ref("sales_efficiency_contract.sales_metric_stars")
        cls.cold, cls.warm = cls.env["sales.store.check.kind"].create(
            [{"name": "Cold"}, {"name": "Warm"}]
        )
        cls.root = cls._create_target(metric_id=cls.stars.id, amount=120)
        cls.part = cls._create_target(
            metric_id=cls.stars.id,
            amount=60,
            parent_id=cls.root.id,
            kind_id=cls.warm.id,
        )

    def _check(self, kind, stars):
        self.env["sales.store.check"].create(
            {
                "name": "Store Check",
                "date": "2026-05-10",
                "company_id": self.company.id,
                "kind_id": kind.id,
                "stars": stars,
            }
        )
        self.env["sales.mart"]._refresh()

    def _run_plan(self):
        self.plan._set_state("submitted")
        self.plan.action_start()
        self.env["sales.target.result"]._refresh(self.plan.target_ids)

    def _get_actual(self, target):
        return (
            self.env["sales.target.result"]
            .search([("target_id", "=", target.id), ("period", "=", "to_date")])
            .actual
        )

    def test_a_target_is_narrowed_to_the_dimension(self):
        self.assertEqual(self.part.breakdown, "kind")
        self.assertEqual(self.part.display_name, "Warm: Stars")
        labels = dict(self.part._fields["breakdown"]._description_selection(self.env))
        self.assertEqual(labels["kind"], "Kind of Check")

    def test_a_target_of_the_same_kind_is_refused(self):
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
            self._create_target(metric_id=self.stars.id, kind_id=self.warm.id)

    def test_results_follow_the_measure(self):
        self._run_plan()
        self._check(self.warm, 5)
        self._check(self.cold, 2)
        self.env["sales.target.result"]._refresh_running()
        self.assertEqual(self._get_actual(self.root), 7)
        self.assertEqual(self._get_actual(self.part), 5)

    def test_a_target_is_broken_down_by_the_dimension(self):
        self._check(self.cold, 3)
        cascade = self.env["sales.target.cascade"].create(
            {"target_id": self.root.id, "dimension": "kind_id", "method": "equal"}
        )
        self.assertEqual(cascade.line_ids.kind_id, self.cold | self.warm)

    def test_the_gap_is_analysed_by_the_dimension(self):
        self._run_plan()
        self._check(self.cold, 3)
        gap = self.env["sales.target.gap"].new(
            {
                "target_id": self.root.id,
                "period": "to_date",
                "day": date(2026, 5, 18),
                "dimension": "kind_id",
            }
        )
        self.assertIn("Warm", gap.scope_line_ids.mapped("name"))

    def test_the_workbook_has_a_column_of_the_dimension(self):
        self.assertIn("kind_id", get_keys(self.env))

    def test_a_target_of_the_dimension_that_falls_behind_is_a_warning(self):
        rule = {"name": "To date", "metric_id": self.stars.id, "period": "to_date"}
        self.env["sales.alert.rule"].create(rule)
        self._run_plan()
        # Nobody is warned about the time before the start.
        self.plan.date_started = self.plan.date_from
        self._check(self.warm, 1)
        self.env["sales.target.result"]._refresh(self.plan.target_ids)
        self.env["sales.alert"]._evaluate_rules()
        alerts = self.env["sales.alert"].search([("target_id", "=", self.part.id)])
        self.assertEqual(alerts.kind_id, self.warm)

    def test_the_cockpit_has_the_panel_beside_those_of_targets(self):
        self._run_plan()
        self._check(self.warm, 1)
        data = self.env["sales.cockpit"].with_user(self.director).get_data()
        self.assertEqual(data["panels"]["store_checks"], {"count": 1})
        amounts = {
            gauge["metric"]["id"]: gauge["amount"]
            for gauge in data["panels"]["figures"]
        }
        self.assertEqual(amounts[self.stars.id], 50)
