# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models

from ..engine import CustomerSpread, ShareOfWallet


class SalesMetric(models.Model):
    """How loyal customers are, and how much depends on few of them (policy 6.2.2).

    Signatures of the methods are as that of ``_measure_new_customers``. Retention is
    that of ``customer_retention``.
    """

    # pylint: disable-next=consider-merging-classes-inherited
    _inherit = "sales.metric"

    def _measure_repeat_rate(self, metric, scopes, periods):
        """Return the share of customers with at least two orders in the period."""
        return CustomerSpread(metric).repeat_rate(scopes, periods)

    def _measure_concentration(self, metric, scopes, periods):
        """Return the Herfindahl-Hirschman index of sales by customer."""
        return CustomerSpread(metric).concentration(scopes, periods)

    def _measure_share_of_wallet(self, metric, scopes, periods):
        """Return what customers bought of what they could buy."""
        events = tuple(metric.event_ids.mapped("event"))
        return ShareOfWallet(self.env, events).measure(scopes, periods)
