# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.fields import Domain

from ..engine.visit import VisitNews


class SalesWeeklyReport(models.Model):
    """Done visits stand in the weekly report, each of them once (policy 2.2.1, 3.1.3).

    A meeting that is a visit counts as visit only.
    """

    _inherit = "sales.weekly.report"

    visit_count = fields.Integer(
        string="Visits",
        readonly=True,
        help="Done visits that this report tells, or that took place in its week.",
    )

    def _get_counted(self, users):
        counted = super()._get_counted(users)
        model, key, meetings = counted["meeting_count"]
        meetings &= Domain("event_id.sales_visit_ids", "=", False)
        return counted | {
            "visit_count": ("sales.visit", "user_id", self._get_visits(users)),
            "meeting_count": (model, key, meetings),
        }

    def _get_visits(self, users):
        """:return: the domain of the visits that the report counts"""
        told = Domain("weekly_report_id.date_from", "=", self.date_from)
        in_week = (
            Domain("weekly_report_id", "=", False)
            & Domain("date", ">=", self.date_from)
            & Domain("date", "<=", self.date_to)
        )
        return (
            Domain("user_id", "in", users.ids)
            & Domain("company_id", "=", self.company_id.id)
            & Domain("state", "=", "done")
            & (told | in_week)
        )

    @api.model
    def _get_news_finders(self):
        return [VisitNews, *super()._get_news_finders()]
