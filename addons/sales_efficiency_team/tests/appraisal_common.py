# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from contextlib import contextmanager
from datetime import date
from unittest.mock import patch

from odoo.fields import Command

from .common import SalesTeamCommon

RATINGS = "odoo.addons.sales_efficiency_team.models.sales_appraisal.SalesAppraisal"


class SalesAppraisalCommon(SalesTeamCommon):
    """A template for everybody, and the third quarter of 2026.

    The day is 15 October 2026, see ``freeze_time`` of the test cases.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.template = cls._create_template("Everybody")
        cls.hr_user.company_ids = cls.company

    @classmethod
    def _create_template(cls, name, kpis=None, parts=None, criteria=None, **values):
        """Create a template; without jobs, instead of others that are for everybody.

        :param kpis: dicts of KPIs, by default the ordered amount, 1,000 to reach
        :param parts: dict of kinds and weights, by default the KPIs alone
        :param criteria: dict of names and weights; by default one that everybody rates
        """
        kpis = kpis or [cls._prepare_kpi(cls.ordered, 100, 1000)]
        templates = cls.env["sales.appraisal.template"]
        if "job_ids" not in values:
            templates.search([("job_ids", "=", False)]).active = False
        return templates.create(
            {
                "name": name,
                "rhythm": "quarter",
                "company_id": cls.company.id,
                "kpi_ids": [Command.create(kpi) for kpi in kpis],
                "part_ids": [
                    Command.create({"kind": kind, "weight": weight})
                    for kind, weight in (parts or {"kpi": 100}).items()
                ],
                "criterion_ids": [
                    Command.create(
                        {
                            "name": criterion,
                            "weight": weight,
                            "for_customer": True,
                            "for_report": True,
                        }
                    )
                    for criterion, weight in (criteria or {"Teamwork": 100}).items()
                ],
                **values,
            }
        )

    @classmethod
    def _prepare_kpi(cls, metric, weight, target=0.0, **values):
        return {
            "metric_id": metric.id,
            "weight": weight,
            "target_from": "value" if target else "target",
            "target_value": target,
            **values,
        }

    @classmethod
    def _create_cycle(cls, day=None, **values):
        return cls.env["sales.appraisal.cycle"].create(
            {
                "company_id": cls.company.id,
                "rhythm": "quarter",
                "date_from": day or date(2026, 7, 1),
                **values,
            }
        )

    @classmethod
    def _sell_in_quarter(cls, amount, user=None, day=None):
        cls._create_history(
            (
                day or date(2026, 8, 10),
                amount,
                {"user_id": (user or cls.salesperson).id},
            )
        )

    @classmethod
    def _create_metric(cls, code, **values):
        """Create a metric whose values are given, see ``_measured``."""
        return cls.env["sales.metric"].create(
            {
                "name": code,
                "code": f"test_{code}",
                "kind": "method",
                "method_model": "sales.metric",
                "method_name": "_measure_test",
                "method_formula": "Test",
                **values,
            }
        )

    def _get_appraisal(self, cycle, user=None):
        user = user or self.salesperson
        found = self.env["sales.appraisal"].search(
            [("cycle_id", "=", cycle.id), ("user_id", "=", user.id)]
        )
        return found.filtered("is_current")

    @contextmanager
    def _rated(self, marks):
        """Have all people be rated: dict kind → dict name of criterion → marks."""

        def get_ratings(appraisals):
            names = {
                mark.criterion_id.name: mark.criterion_id.id
                for mark in appraisals.mark_ids
            }
            given = {
                kind: {names[name]: of_name for name, of_name in some.items()}
                for kind, some in marks.items()
            }
            return dict.fromkeys(appraisals.ids, given)

        with patch(f"{RATINGS}._get_ratings", get_ratings):
            yield

    @contextmanager
    def _measured(self, values):
        """Have metrics with a method measure given values for everybody.

        :param dict values: metric → value
        """

        def measure(_self, metric, scopes, periods):
            return [values[metric]] * (len(scopes) * len(periods))

        metrics = self.registry["sales.metric"]
        with patch.object(metrics, "_measure_test", measure, create=True):
            yield

    @staticmethod
    def _bring_to(cycle, state):
        """Take the steps of a cycle until a state."""
        steps = {
            "rating": cycle.action_start_rating,
            "calibration": cycle.action_calibrate,
            "told": cycle.action_tell,
        }
        for name, step in steps.items():
            step()
            if name == state:
                break
        return cycle
