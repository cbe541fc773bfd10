# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from odoo.fields import Domain

from odoo.addons.sales_efficiency_review.engine import News

# A visit that was reported late is told within so many weeks.
LATE = timedelta(weeks=8)


class VisitNews:
    """Finds the done visits that weekly reports tell (policy 2.2.1, 3.1.3): each of
    them once, in the report of its week, or else in the next one.

    The number of queries does not depend on the number of reports.

    :param reports: ``sales.weekly.report`` drafts of one company and week, as superuser
    """

    def __init__(self, reports):
        self.env = reports.env
        self._reports = reports
        self._company = reports.company_id
        self._first, self._last = reports[0].date_from, reports[0].date_to

    def find(self):
        """Yield the :class:`News`, and note in which report each visit is told."""
        visits = self.env["sales.visit"].search(self._get_domain(), order="date, id")
        late = visits.filtered(lambda visit: visit.date < self._first)
        visits -= self._find_awaited(late)
        by_user = self._reports.grouped("user_id")
        for user, told in visits.grouped("user_id").items():
            told.weekly_report_id = by_user[user]
        for visit in visits:
            yield News(
                visit.user_id,
                "visit",
                str(visit.id),
                visit.lead_id.expected_revenue or 0.0,
                lambda env, visit=visit: visit.with_env(env)._describe_for_report(),
                {
                    "partner_id": visit.partner_id.id,
                    "opportunity_id": visit.lead_id.filtered(
                        lambda lead: lead.type == "opportunity"
                    ).id,
                    "next_step": visit._get_next_step(),
                },
                is_limited=False,
            )

    def _get_domain(self):
        return (
            Domain("company_id", "=", self._company.id)
            & Domain("user_id", "in", self._reports.user_id.ids)
            & Domain("state", "=", "done")
            & Domain("weekly_report_id", "=", False)
            & Domain("date", "<=", self._last)
            & Domain("date", ">=", self._first - LATE)
        )

    def _find_awaited(self, late):
        """:return: those of earlier weeks whose own report is still a draft"""
        drafts = self._reports.search(
            [
                ("company_id", "=", self._company.id),
                ("user_id", "in", late.user_id.ids),
                ("state", "=", "draft"),
                ("date_from", "<", self._first),
            ]
        )
        return late.filtered(
            lambda visit: any(
                draft.user_id == visit.user_id
                and draft.date_from <= visit.date <= draft.date_to
                for draft in drafts
            )
        )
