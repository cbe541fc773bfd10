# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tests import freeze_time, tagged

from odoo.addons.sales_efficiency_base.tests import screens

from .decision_common import DecisionCommon
from .forecast_common import ForecastCommon
from .study_common import StudyCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-10-15 12:00:00")
class TestScreens(screens.ScreensCommon, StudyCommon, ForecastCommon, DecisionCommon):
    """Screens with a record of each kind."""

    addon = "sales_efficiency_analytics"

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._create_findings()
        cls._create_studies()
        cls._create_forecasts()
        cls._create_data_issues()
        cls._create_measured()

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
    def _create_data_issues(cls):
        cls.customer_north.write(
            {"user_id": cls.salesperson.id, "email": "Info@NORTH.example"}
        )
        cls.env["sales.data.rule"].search([])._check()
        cls.env["sales.data.cleaning"]._propose_all()
