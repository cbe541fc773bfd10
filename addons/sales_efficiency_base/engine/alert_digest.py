# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from collections import defaultdict
from functools import cached_property
from typing import NamedTuple

from ..tools import each_alone

RECIPIENTS = ("leader_id", "director_id", "escalated_id")


class DigestSection(NamedTuple):
    """What an add-on adds to the digest of a user."""

    title: str
    #: list of (text, detail)
    lines: list
    #: where it leads to, and the label of the button
    path: str
    button: str


class AlertDigest:
    """Sends each leader all their warnings in one e-mail (policy 2.2.3).

    What add-ons have to say goes into the same e-mail: nobody gets two. Who has no
    warnings gets it once a week.

    :param env: environment of the sender
    """

    def __init__(self, env):
        self._env = env

    def send_all(self):
        """Send the digests that are due, each in a transaction of its own.

        A leader gets at most one a day, and none if all warnings are answered. If the
        job is killed halfway, digests already sent are not sent again.
        """
        digests = self._get_digests()
        each_alone(
            self._env,
            digests,
            lambda user: self._send(user, digests[user], self._sections.get(user, ())),
        )

    def _get_digests(self):
        """:return: dict user -> the warnings of their people, where a mail is due"""
        alerts = self._env["sales.alert"].search([("state", "!=", "closed")])
        ids = defaultdict(list)
        for alert in alerts:
            users = alert[RECIPIENTS[0]] if alert.rule_id.tell_leader else []
            for user in {*users, *alert.director_id, *alert.escalated_id}:
                if alert._can_be_told(user) and user.email:
                    ids[user].append(alert.id)
        digests = {user: alerts.browse(some) for user, some in ids.items()}
        due = {
            user: some
            for user, some in digests.items()
            if "open" in some.mapped("state") and self._is_due(user)
        }
        for user in self._sections:
            if user not in due and user.email and self._is_due(user, weekly=True):
                due[user] = digests.get(user, alerts.browse())
        return due

    @cached_property
    def _sections(self):
        return self._env["sales.alert"]._get_digest_sections()

    def _is_due(self, user, weekly=False):
        frequency = user.company_id.sales_alert_digest
        if frequency == "never":
            return False
        today = user._get_sales_today()
        weekly = weekly or frequency == "weekly"
        since = user._get_sales_week() if weekly else today
        last = user.sales_alert_digest_date
        return not last or last < since

    def _send(self, user, alerts, describers=()):
        """Send a leader the warnings of their people, in their language.

        :param describers: functions that give the sections of add-ons
        """
        alerts = alerts.with_context(lang=user.lang, tz=user.tz)
        env = alerts.env
        sections = [describe(env) for describe in describers]
        waiting = alerts.filtered(lambda alert: alert.state == "open")
        subject = env._("Open warnings: %(count)s", count=len(waiting))
        if sections and not waiting:
            subject = sections[0].title
        body = env["ir.qweb"]._render(
            "sales_efficiency_base.sales_alert_digest",
            {
                "user": user,
                "company": user.company_id,
                "subject": subject,
                "groups": self._group(alerts),
                "sections": sections,
                "base_url": alerts.browse().get_base_url(),
            },
        )
        env["mail.mail"].create(
            {
                "subject": subject,
                "body_html": body,
                "email_from": user.company_id.email_formatted
                or env.user.email_formatted,
                "recipient_ids": user.partner_id.ids,
                "author_id": env.user.partner_id.id,
                "auto_delete": True,
            }
        )
        user.sales_alert_digest_date = user._get_sales_today()

    def _group(self, alerts):
        """:return: list of (title, warnings), unanswered warnings first"""
        waiting = alerts.filtered(lambda alert: alert.state == "open")
        critical = waiting.filtered(lambda alert: alert.severity == "critical")
        groups = [
            (alerts.env._("Critical, to be answered"), critical),
            (alerts.env._("To be answered"), waiting - critical),
            (alerts.env._("Answered, not yet recovered"), alerts - waiting),
        ]
        return [(title, some._sort_for_digest()) for title, some in groups if some]
