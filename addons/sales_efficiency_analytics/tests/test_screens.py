# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import io

from odoo.exceptions import UserError
from odoo.tests import freeze_time, tagged

from odoo.addons.sales_efficiency_base.tests import screens

from ..engine import MartExport, write_archive
from ..engine.presentations import StudyWorkbook
from .decision_common import DecisionCommon
from .forecast_common import ForecastCommon
from .study_common import StudyCommon

# What is refused in words where the record lacks what there would be to open
REFUSED = {
    ("sales.decision", "action_open_made"),
    ("sales.decision", "action_open_origin"),
    ("sales.finding", "action_open_gap_analysis"),
    ("sales.indicator", "get_figures_action"),
}


@tagged("post_install", "-at_install")
@freeze_time("2026-10-15 12:00:00")
class TestScreens(screens.ScreensCommon, StudyCommon, ForecastCommon, DecisionCommon):
    """Screens with a record of each kind."""

    addon = "sales_efficiency_analytics"

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._create_warning()
        cls._create_findings()
        cls._create_studies()
        cls._create_forecasts()
        cls._create_data_issues()
        cls._create_measured()
        cls._create_allocation_of_team()
        cls._create_exports()
        cls._create_snapshot()

    @classmethod
    def _create_warning(cls):
        target = cls._create_target(user_id=cls.salesperson.id)
        rule = cls.env["sales.alert.rule"].create({"name": "Any"})
        cls.env["sales.alert"].create(
            {
                "rule_id": rule.id,
                "res_model": target._name,
                "res_id": target.id,
                "company_id": cls.company.id,
                "responsible_id": cls.leader.id,
                "severity": "warning",
            }
        )

    @classmethod
    def _create_findings(cls):
        values = {
            "company_id": cls.company.id,
            "categ_id": cls.category.id,
            "date_from": "2026-08-01",
            "date_to": "2026-09-30",
        }
        metric = cls.env.ref("sales_efficiency_base.sales_metric_ordered_amount")
        cls.env["sales.finding"].create(
            {
                **values,
                "cause": "slow",
                "basis": "last_year",
                "region_id": cls.region_north.id,
                "metric_id": metric.id,
                "actual": 173,
                "expected": 200,
                "money": 27,
            }
        )
        cls.env["sales.product.mix"].create(
            {
                **values,
                "metric_id": metric.id,
                "month": "2026-09-01",
                "amount": 173,
                "is_latest": True,
            }
        )

    @classmethod
    def _create_studies(cls):
        for user in (cls.salesperson, cls.leader, cls.director):
            study = cls._create_study(cls, user)
            cls._answer(cls, study)

    @classmethod
    def _create_forecasts(cls):
        for user in (cls.salesperson, cls.outsider):
            cls._keep(user_id=user.id)

    @classmethod
    def _create_allocation_of_team(cls):
        """A scenario that gives a customer to somebody else."""
        allocation = cls.env["sales.allocation"].create(
            {"name": "Test Scenario", "team_ids": cls.team_field.ids}
        )
        cls.env["sales.allocation.line"].create(
            {
                "allocation_id": allocation.id,
                "partner_id": cls.customer_north.id,
                "user_id": cls.salesperson.id,
                "proposed_id": cls.colleague.id,
                "hours": 5,
                "value": 100,
            }
        )
        allocation._score()
        cls.env["sales.allocation.change"].create(
            {
                "allocation_id": allocation.id,
                "res_model": cls.customer_north._name,
                "res_id": cls.customer_north.id,
                "old_user_id": cls.salesperson.id,
                "new_user_id": cls.colleague.id,
            }
        )

    @classmethod
    def _create_data_issues(cls):
        cls.customer_north.write(
            {"user_id": cls.salesperson.id, "email": "Info@NORTH.example"}
        )
        cls.env["sales.data.rule"].search([])._check()
        cls.env["sales.data.cleaning"]._propose_all()

    @classmethod
    def _create_exports(cls):
        export = cls.env["sales.mart.export"].create({"company_id": cls.company.id})
        export.write(MartExport(export).run())
        cls.env["sales.bi.role"].create(
            {"name": "reader", "company_ids": cls.company.ids, "lang": "en_US"}
        )

    @classmethod
    def _create_snapshot(cls):
        cls.env["crm.lead"].create(
            {
                "name": "Test Deal",
                "type": "opportunity",
                "company_id": cls.company.id,
                "user_id": cls.salesperson.id,
                "expected_revenue": 1000,
            }
        )
        cls.env["sales.mart"]._refresh()
        cls.env["sales.pipeline.snapshot"]._take()

    # ------------------------------------------------------------------
    # Replica
    # ------------------------------------------------------------------

    def _call(self, model, name):
        """Call a method on a record, as the director has it called by a button.

        :return: whether it answers, and is not refused with a reason
        """
        records = self.env[model].with_user(self.director)
        if not getattr(getattr(records, name), "_api_model", False):
            records = records.search([], limit=1)
            self.assertTrue(records, "no record to press it on")
        try:
            with self._reading():
                getattr(records, name)()
        except UserError:
            return False
        return True

    def test_buttons_that_only_read_are_answered_by_a_replica(self):
        refused = set()
        for model, name in self._get_methods_of_replica():
            if self.env[model]._abstract:
                continue
            with self.subTest(model=model, method=name):
                if not self._call(model, name):
                    refused.add((model, name))
        self.assertEqual(refused, REFUSED)

    def test_boards_are_read_from_a_replica(self):
        indicators = self.env["sales.indicator"].with_user(self.director)
        cockpit = self.env["sales.cockpit"].with_user(self.director)
        with self._reading():
            board = indicators.get_board(period="year", by="user_id")
            [first, *_others] = board["rows"]
            action = indicators.get_figures_action(first["id"], period="year")
            panels = cockpit.get_data("company", period="year")["panels"]
        self.assertTrue(first["value"])
        self.assertEqual(action["res_model"], "sales.fact")
        self.assertLessEqual({"decisions", "data_issues"}, panels.keys())

    def test_downloads_are_read_from_a_replica(self):
        answers = self.env["sales.study.result"].with_user(self.director)
        answer = answers.search([("state", "=", "done")], limit=1)
        exports = self.env["sales.mart.export"].with_user(self.director)
        archive = io.BytesIO()
        with self._reading():
            workbook = StudyWorkbook(answer).get_content()
            write_archive(exports.search([], limit=1), archive)
        self.assertTrue(workbook)
        self.assertTrue(archive.getvalue())
