# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date

from odoo.tests import freeze_time

from .common import SalesTargetCommon


class SalesAlertCommon(SalesTargetCommon):
    """Running targets of 276,000 for two people: 23,000 a month, of which 11,000 are
    expected by 16 July 2026, after 11 of its 23 working days.

    One rule watches the months of people: warning below 90 %, critical below 75 %.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.resource_calendar_id.tz = "UTC"
        cls.env["sales.alert.rule"].search([]).active = False
        cls.alerts = cls.env["sales.alert"]
        cls.mine, cls.other = (
            cls._create_target(user_id=user.id, amount=276_000)
            for user in (cls.salesperson, cls.colleague)
        )
        cls.rule = cls._create_rule()
        with freeze_time("2026-01-02 12:00:00"):
            cls._start()

    @classmethod
    def _create_rule(cls, **values):
        return cls.env["sales.alert.rule"].create(
            {
                "name": "Behind in the month",
                "applies_to": "user",
                "period": "month",
                "warning_line": 90,
                "critical_line": 75,
                "min_elapsed": 40,
                "escalate_days": 5,
                **values,
            }
        )

    @classmethod
    def _sell(cls, amount, user=None, day=None):
        """Record a sale, by default of the salesperson on 15 July 2026."""
        user = user or cls.salesperson
        cls._create_history((day or date(2026, 7, 15), amount, {"user_id": user.id}))

    @classmethod
    def _evaluate(cls):
        """Measure the targets and evaluate the rules, as the scheduled jobs do."""
        cls.env["sales.target.result"]._refresh(cls.plan.target_ids)
        cls.alerts._evaluate_rules()
        cls.alerts.search([("is_told", "=", False), ("state", "=", "open")])._tell()

    @classmethod
    def _alert(cls, target=None):
        return cls.alerts.search([("target_id", "=", (target or cls.mine).id)])

    def _answer(self, alert, user=None, **values):
        alert = alert.with_user(user or self.salesperson)
        alert.write({"cause": "market", "analysis": "Two projects moved.", **values})
        alert.action_answer()
