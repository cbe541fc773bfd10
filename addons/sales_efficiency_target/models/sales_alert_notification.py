# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools.misc import formatLang

ACTIVITY = "sales_efficiency_target.mail_activity_type_alert"
# Until when a warning is to be answered that is never escalated
DEFAULT_DAYS = 3


class SalesAlertNotification(models.AbstractModel):
    """Who is told of a warning: to-dos, and their escalation (policy 2.2.3)."""

    _name = "sales.alert.notification"
    _description = "Notification of Warnings"

    def _tell(self):
        """Give whoever has to answer or to know a to-do (policy 2.2.3)."""
        self._drop_to_dos()
        self._assign()
        self._plan_to_dos({alert: alert._get_told() for alert in self})
        self.is_told = True

    @api.model
    def _escalate(self):
        """Tell the next leader above of what nobody has answered for days."""
        now = fields.Datetime.now()
        rules = self.env["sales.alert.rule"].search([("escalate_days", ">", 0)])
        alerts = self.search(
            Domain("state", "=", "open")
            & Domain("is_told", "=", True)
            & Domain.OR(
                Domain("rule_id", "=", rule.id)
                & Domain("waiting_since", "<=", now - timedelta(rule.escalate_days))
                for rule in rules
            )
        )
        told = {}
        for alert, superiors in alerts._get_superiors().items():
            known = superiors & alert._get_told()
            highest = max(map(superiors.ids.index, known.ids), default=-1)
            above = superiors[highest + 1 : highest + 2]
            if above:
                told[alert] = above
        for user, some in (
            self.browse(alert.id for alert in told)
            .grouped(lambda alert: told[alert])
            .items()
        ):
            some.write({"escalated_id": user.id, "waiting_since": now})
            some._keep("escalated", user=user)
        self._plan_to_dos(told)

    def _assign(self):
        """Find the leader above whoever is responsible, and the director."""
        found = {}
        for alert, superiors in self._get_superiors().items():
            director = alert.plan_id._get_director() & superiors
            if not alert.rule_id.tell_director:
                director = director.browse()
            found[alert] = (superiors[:1].id, director.id)
        for (leader_id, director_id), alerts in self.grouped(found.get).items():
            alerts.write({"leader_id": leader_id, "director_id": director_id})

    def _get_told(self):
        """:return: the users who get a to-do: by the rule, and by escalation"""
        self.ensure_one()
        rule = self.rule_id
        users = self.escalated_id | self.director_id
        if rule.tell_salesperson:
            users |= self.responsible_id
        if rule.tell_leader:
            users |= self.leader_id
        return users.filtered(self._can_be_told)

    def _plan_to_dos(self, told):
        """Plan the activities, all at once and each in the language of its user.

        :param told: dict warning -> users
        """
        activity_type_id = self.env["ir.model.data"]._xmlid_to_res_id(ACTIVITY)
        model_id = self.env["ir.model"]._get_id(self._name)
        # One mail for each of them would be too many: leaders have their digest.
        self.env["mail.activity"].with_context(mail_activity_quick_update=True).create(
            [
                {
                    "activity_type_id": activity_type_id,
                    "res_model_id": model_id,
                    "res_id": alert.id,
                    "user_id": user.id,
                    "automated": True,
                    **alert._prepare_to_do(user),
                }
                for alert, users in told.items()
                for user in users
            ]
        )

    def _prepare_to_do(self, user):
        alert = self.with_context(lang=user.lang, tz=user.tz)
        days = self.rule_id.escalate_days or DEFAULT_DAYS
        return {
            "summary": alert.env._(
                "%(target)s: %(pace)s %% of expected to date",
                target=alert.display_name,
                pace=formatLang(alert.env, self.pace, digits=1),
            ),
            "note": alert.env._(
                "Expected to date %(expected)s, actual %(actual)s. Give the cause"
                " and your actions.",
                expected=alert._format_figure(self.expected),
                actual=alert._format_figure(self.actual),
            ),
            "date_deadline": user._get_sales_today() + timedelta(days),
        }

    def _drop_to_dos(self):
        """Take back what is not to be done any more."""
        # The to-dos of others as well: the warning has been answered or is over.
        self.sudo().activity_search([ACTIVITY]).unlink()
