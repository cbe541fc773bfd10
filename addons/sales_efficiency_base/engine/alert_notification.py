# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from odoo import fields
from odoo.fields import Domain

ACTIVITY = "sales_efficiency_base.mail_activity_type_alert"
# Days to answer a warning whose rule has no escalation
DEFAULT_DAYS = 3


class AlertNotification:
    """Notifies users of warnings by to-dos and escalates them (policy 2.2.3).

    :param alerts: ``sales.alert`` records
    """

    def __init__(self, alerts):
        self._alerts = alerts

    def tell(self):
        """Replace the to-dos of the warnings for all users to be notified."""
        self.drop_to_dos()
        self._assign()
        self._plan_to_dos({alert: self._get_told(alert) for alert in self._alerts})
        self._alerts.is_told = True

    def escalate(self):
        """Notify the next leader above of warnings left unanswered for too long."""
        now = fields.Datetime.now()
        told = {}
        for alert, superiors in self._find_waiting(now)._get_superiors().items():
            known = superiors & self._get_told(alert)
            highest = max(map(superiors.ids.index, known.ids), default=-1)
            above = superiors[highest + 1 : highest + 2]
            if above:
                told[alert] = above
        concerned = self._alerts.browse(alert.id for alert in told)
        for user, some in concerned.grouped(lambda alert: told[alert]).items():
            some.write({"escalated_id": user.id, "waiting_since": now})
            some._keep("escalated", user=user)
        self._plan_to_dos(told)

    def drop_to_dos(self):
        """Delete the to-dos of the warnings."""
        # sudo: the to-dos of other users are obsolete too.
        self._alerts.sudo().activity_search([ACTIVITY]).unlink()

    def _find_waiting(self, now):
        """:return: the warnings unanswered for longer than their rules allow"""
        rules = self._alerts.env["sales.alert.rule"].search([("escalate_days", ">", 0)])
        return self._alerts.search(
            Domain("state", "=", "open")
            & Domain("is_told", "=", True)
            & Domain.OR(
                Domain("rule_id", "=", rule.id)
                & Domain("waiting_since", "<=", now - timedelta(rule.escalate_days))
                for rule in rules
            )
        )

    def _assign(self):
        """Set the leader above the responsible user, and the director."""
        directors, found = self._alerts._get_directors(), {}
        for alert, superiors in self._alerts._get_superiors().items():
            director = directors[alert] & superiors
            if not alert.rule_id.tell_director:
                director = director.browse()
            found[alert] = (superiors[:1].id, director.id)
        for (leader_id, director_id), alerts in self._alerts.grouped(found.get).items():
            alerts.write({"leader_id": leader_id, "director_id": director_id})

    def _get_told(self, alert):
        """:return: the users who get a to-do, by rule or by escalation"""
        rule = alert.rule_id
        users = alert.escalated_id | alert.director_id
        if rule.tell_salesperson:
            users |= alert.responsible_id
        if rule.tell_leader:
            users |= alert.leader_id
        return users.filtered(alert._can_be_told)

    def _plan_to_dos(self, told):
        """Create all activities at once, each in the language of its user.

        :param told: dict warning -> users
        """
        # Skip the e-mail for each activity: leaders get a digest.
        activities = self._alerts.env["mail.activity"].with_context(
            mail_activity_quick_update=True
        )
        activities.create(
            [
                activities._prepare_sales_to_do(
                    alert,
                    user,
                    ACTIVITY,
                    date_deadline=self._get_deadline(alert, user),
                    **alert.with_context(lang=user.lang, tz=user.tz)._prepare_to_do(),
                )
                for alert, users in told.items()
                for user in users
            ]
        )

    def _get_deadline(self, alert, user):
        days = alert.rule_id.escalate_days or DEFAULT_DAYS
        return user._get_sales_today() + timedelta(days)
