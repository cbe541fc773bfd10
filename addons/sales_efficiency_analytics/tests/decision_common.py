# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import dataclasses
from datetime import date
from unittest.mock import patch

from dateutil.relativedelta import relativedelta

from odoo import Command
from odoo.tests import freeze_time

from odoo.addons.sales_efficiency_analytics.engine.child_process import ChildProcess
from odoo.addons.sales_efficiency_analytics.engine.methods import effect
from odoo.addons.sales_efficiency_analytics.engine.methods.refused import Refused
from odoo.addons.sales_efficiency_target.tests.common import SalesTargetCommon

# Regions, what they sold from April to June and from July to September
BEFORE = {"A": 100, "B": 120, "C": 90, "D": 110, "E": 80, "F": 130, "G": 70, "H": 100}
AFTER = {"A": 131, "B": 150, "C": 96, "D": 114, "E": 84, "F": 141, "G": 72, "H": 103}
# How a quarter is spread over its months
MONTHS = (0.3, 0.3, 0.4)
AFFECTED = ("A", "B")
JUNE, JULY, OCTOBER = "2026-06-15 12:00", "2026-07-02 12:00", "2026-10-02 12:00"

RUN_APART = ChildProcess.run


def run_here(_child, _method, data, options):
    """Answer as a child does, without the seconds that it takes to start."""
    try:
        return {"result": dataclasses.asdict(effect.run(data, options))}
    except Refused as error:
        return {"refused": {"code": error.code, "values": error.values}}


class DecisionCommon(SalesTargetCommon):
    """Eight regions that ran alike for a year; from July 2026 on, two are affected."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.startClassPatcher(patch.object(ChildProcess, "run", run_here))
        cls.decisions = cls.env["sales.decision"]
        cls.eight = cls.env["sales.region"].create({"name": "Test Eight"})
        cls.regions = {
            name: cls.env["sales.region"].create(
                {"name": f"Test Region {name}", "parent_id": cls.eight.id}
            )
            for name in BEFORE
        }
        cls.job = cls.env.ref("sales_efficiency_analytics.ir_cron_decisions")

    @classmethod
    def _sell_in_regions(cls):
        first = date(2025, 7, 1)
        cls._create_history(
            *(
                (
                    first + relativedelta(months=number, days=14),
                    round(amount * MONTHS[number % 3], 2),
                    {"region_id": cls.regions[name].id},
                )
                for name, amount in BEFORE.items()
                for number in range(12)
            ),
            *(
                ("2026-08-15", amount, {"region_id": cls.regions[name].id})
                for name, amount in AFTER.items()
            ),
        )

    @classmethod
    def _prepare_lines(cls, role, names):
        return [
            Command.create({"role": role, "region_id": cls.regions[name].id})
            for name in names
        ]

    @classmethod
    def _create_decision(cls, user=None, compared="CDEFGH", **values):
        """Create the draft of a decision on regions, as of June."""
        with freeze_time(JUNE):
            return cls.decisions.with_user(user or cls.director).create(
                {
                    "name": "Test Decision",
                    "company_id": cls.company.id,
                    "metric_id": cls.ordered.id,
                    "expected_percent": 10,
                    "date_start": "2026-07-01",
                    "date_end": "2026-09-30",
                    "dimension": "region_id",
                    "scope_ids": [
                        *cls._prepare_lines("affected", AFFECTED),
                        *cls._prepare_lines("compared", compared),
                    ],
                    **values,
                }
            )

    @classmethod
    def _compare(cls, **places):
        values = {name: place.id for name, place in places.items()}
        return Command.create({"role": "compared", **values})

    @classmethod
    def _create_measured(cls, **values):
        """Create a decision with an effect of one month, without measuring it."""
        decision = cls._create_decision(**values)
        effect_ = cls.env["sales.decision.effect"].create(
            {
                "decision_id": decision.id,
                "version": 1,
                "verdict": "unknown",
                "result": dataclasses.asdict(
                    effect.Effect(1, 0, 1.0, 2.0, 1.0, reasons=["no_control"])
                ),
            }
        )
        effect_._create_points([(date(2026, 7, 1), True, 1.0, True)])
        decision.sudo().write({"effect_id": effect_.id, "state": "measured"})
        return decision

    def _run_job(self):
        with self.enter_registry_test_mode():
            self.job.method_direct_trigger()
        self.env.invalidate_all()

    def _submit(self, decision):
        with freeze_time(JUNE):
            decision.action_submit()

    def _measure(self, decision):
        """Submit a draft in June, and let the job start and measure it."""
        self._submit(decision)
        with freeze_time(OCTOBER):
            self._run_job()
            self._run_job()
