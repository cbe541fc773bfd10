# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import datetime, time, timedelta

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.tools import LazyTranslate

from odoo.addons.sales_efficiency_base.demo import enter_demo
from odoo.addons.sales_efficiency_base.engine import ActionEffect

# Constants have no environment: their language is that of whoever asks.
# pylint: disable=prefer-env-translation
_lt = LazyTranslate(__name__)

# Number of past months with warnings
MONTHS = 3
# Answers, used in turn: cause, analysis, action, result
ANSWERS = (
    (
        "competition",
        _lt("A competitor has offered 15 % less for the same drives."),
        _lt("Offer the three largest customers a package with service"),
        _lt("Two of them have ordered."),
    ),
    (
        "market",
        _lt("Two retrofit projects have moved to the next quarter."),
        _lt("Agree on new dates with both plants"),
        _lt("One is confirmed in writing, the other decides next week."),
    ),
    (
        "execution",
        _lt("Too many quotations are open without a follow-up."),
        _lt("Call every quotation older than two weeks"),
        _lt("Eleven of fourteen reached, four have ordered."),
    ),
    (
        "product",
        _lt("The new sensor was not in stock for three weeks."),
        _lt("Agree with production on a buffer stock"),
        _lt("Forty pieces are kept in the warehouse."),
    ),
)


class SalesAlertDemo(models.AbstractModel):
    """Creates and answers warnings about the targets of the demo company."""

    _name = "sales.alert.demo"
    _description = "Warnings Demo Data"

    @api.model
    def _load(self):
        """Answer all past warnings and every other current one."""
        demo = enter_demo(self, tracking_disable=True)
        alerts = demo.env["sales.alert"]
        if alerts.search_count([], limit=1):
            return  # Odoo can load demo data repeatedly
        today = fields.Date.context_today(self)
        alerts._evaluate_rules(since=today - relativedelta(months=MONTHS))
        found = alerts.search(
            [("state", "=", "open")], order="date_to desc, period, pace, id"
        )
        demo._date(found, "opened", 0)
        past = found.filtered(lambda alert: alert.date_to < today - timedelta(days=7))
        present = found - past
        for number, alert in enumerate(past + present[1::2]):
            demo._answer(alert, ANSWERS[number % len(ANSWERS)])
        alerts._evaluate_rules()
        demo._finish(past)
        alerts.search([("state", "=", "open")])._tell()

    def _answer(self, alert, answer):
        """Answer as the responsible user, with an action due within two weeks."""
        cause, *texts = answer
        analysis, action, _result = map(self.env._, texts)
        user = alert.responsible_id
        self.env["sales.action"].with_user(user).create(
            {
                "name": action,
                "alert_id": alert.id,
                "user_id": user.id,
                "date_deadline": self._get_day(alert) + timedelta(days=14),
            }
        )
        alert.with_user(user).write({"cause": cause, "analysis": analysis})
        alert.with_user(user).action_answer()
        self._date(alert, "answered", 2)

    def _finish(self, alerts):
        """Complete the agreed actions and record their results."""
        today = fields.Date.context_today(self)
        results = {
            self.env._(action): self.env._(result)
            for _cause, _why, action, result in ANSWERS
        }
        for alert in alerts:
            for item in alert.action_ids:
                item.write({"result": results[item.name], "state": "done"})
                item.date_done = min(self._get_day(alert) + timedelta(days=20), today)
            # Invented: the real values of that time were never recorded.
            alert.write(
                {
                    "opened_pace": alert.pace * 0.8,
                    "answered_pace": alert.pace * 0.85,
                    "effect": alert.pace * 0.15,
                }
            )
        self._date(alerts, "closed", 20)
        effect = ActionEffect(self.env)
        effect.measure(alerts.action_ids.filtered_domain(effect.get_due_domain()))

    def _date(self, alerts, what, days):
        """Backdate an event of the warnings to some days after they were opened."""
        event = {"closed": "missed"}.get(what, what)
        for alert in alerts:
            day = min(
                self._get_day(alert) + timedelta(days=days),
                fields.Date.context_today(self),
            )
            moment = datetime.combine(day, time(1 + days // 2))
            alert[f"{what}_at"] = min(moment, fields.Datetime.now())
            alert.event_ids.filtered(lambda e: e.event == event).date = moment

    def _get_day(self, alert):
        """:return: the day on which the warning was opened"""
        today = fields.Date.context_today(self)
        return min(alert.date_to - timedelta(days=10), today - timedelta(days=1))
