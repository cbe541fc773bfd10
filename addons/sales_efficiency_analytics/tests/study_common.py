# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import dataclasses
import importlib
from unittest.mock import patch

from odoo import SUPERUSER_ID

from odoo.addons.sales_efficiency_base.tests.common import SalesEfficiencyCommon
from odoo.addons.sales_efficiency_base.tools import Period

from ..engine.child_process import ChildProcess
from ..engine.methods import child
from ..engine.methods.refused import Refused

METHODS = "odoo.addons.sales_efficiency_analytics.engine.methods"


def run_here(_child, method, data, options=None):
    """Run a method in this process, which tests may: it takes less time."""
    module = importlib.import_module(f"{METHODS}.{method}")
    try:
        result = module.run(data, options or {})
    except Refused as error:
        return {"refused": {"code": error.code, "values": child._plain(error.values)}}
    return {"result": child._plain(dataclasses.asdict(result))}


class StudyCommon(SalesEfficiencyCommon):
    """Sales of ten customers from January 2024 to 14 October 2026; today is the 15th.

    Customers 0 to 4 are the salesperson's, 5 to 7 the colleague's, both in the team of
    the leader, and 8 and 9 the outsider's.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ordered = cls.env.ref("sales_efficiency_base.sales_metric_ordered_amount")
        cls.orders = cls.env.ref("sales_efficiency_base.sales_metric_order_count")
        cls.margin_rate = cls.env.ref("sales_efficiency_base.sales_metric_margin_rate")
        cls.customers = cls.env["res.partner"].create(
            [{"name": f"Asked {number}", "is_company": True} for number in range(10)]
        )
        cls._create_sales()

    @classmethod
    def _create_sales(cls):
        months = Period.month(
            cls.company._get_sales_today().replace(year=2024, month=1)
        )
        period = Period(months.start, cls.company._get_sales_today())
        cls.env["sales.history.line"].create(
            [
                {
                    "date": day.replace(day=14),
                    "recorded_as": "order",
                    "amount": cls._get_amount(number, place),
                    "margin": cls._get_amount(number, place) * (10 + number) / 100,
                    "company_id": cls.company.id,
                    "partner_id": partner.id,
                    "user_id": cls._get_seller(number).id,
                    "team_id": cls._get_team(number).id,
                    "region_id": cls._get_region(number).id,
                    "categ_id": cls.category.id,
                }
                for place, day in enumerate(period.months())
                for number, partner in enumerate(cls.customers)
            ]
        )
        cls.env["sales.mart"]._refresh()

    @staticmethod
    def _get_amount(number, place):
        """:return: what a customer orders in a month: more in December"""
        season = 1.5 if place % 12 == 11 else 1
        return round((100 + place) * season * 1.6**number)

    @classmethod
    def _get_seller(cls, number):
        if number < 5:
            return cls.salesperson
        return cls.colleague if number < 8 else cls.outsider

    @classmethod
    def _get_team(cls, number):
        return cls.team_field if number < 8 else cls.team_other

    @classmethod
    def _get_region(cls, number):
        if number == 0:
            return cls.region_world
        return cls.region_north if number < 6 else cls.region_south

    def _create_study(self, user=None, **values):
        """Create a study of a user, by default of the director."""
        studies = self.env["sales.study"].with_user(user or self.director)
        return studies.create(
            {
                "name": "Who buys how much?",
                "metric_id": self.ordered.id,
                "rows": "partner_id",
                "month_count": 12,
                **values,
            }
        )

    def _answer(self, study, run=run_here):
        """Have a study answered as the job does.

        :param run: what stands for the child process
        :return: the answer, as its owner reads it
        """
        study.action_answer()
        return self._answer_queued(study, run)

    @staticmethod
    def _answer_queued(study, run=run_here):
        """Have the queue answer a study that was asked.

        :param run: what stands for the child process
        :return: the answer, as its owner reads it
        """
        with patch.object(ChildProcess, "run", run):
            study.latest_id.with_user(SUPERUSER_ID)._answer_or_leave(
                lambda *_args, **_kwargs: study.env.flush_all()
            )
        study.env.invalidate_all()
        return study.latest_id
