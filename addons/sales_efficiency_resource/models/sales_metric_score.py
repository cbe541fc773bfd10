# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models

from ..engine import Adaptability, PaymentFigures


class SalesMetric(models.Model):
    """Metrics of scorecards. Their signature is that of ``_measure_new_customers``."""

    _inherit = "sales.metric"  # pylint: disable=consider-merging-classes-inherited

    def _measure_paid_by_due_date(self, _metric, scopes, periods):
        """:return: percentages or None, see :meth:`.PaymentFigures.paid_by_due_date`"""
        return PaymentFigures(self.env).paid_by_due_date(scopes, periods)

    def _measure_days_overdue(self, _metric, scopes, periods):
        """:return: days or None, see :meth:`.PaymentFigures.days_overdue`"""
        return PaymentFigures(self.env).days_overdue(scopes, periods)

    def _measure_adaptability(self, metric, scopes, periods):
        """:return: percentage points or None, see :class:`.Adaptability`"""
        events = tuple(metric.event_ids.mapped("event"))
        return Adaptability(self.env, events).measure(scopes, periods)
