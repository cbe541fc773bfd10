# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models
from odoo.fields import Domain

from ..engine import IncentiveCost

# Units of what a bounty can be paid for, each by piece
COUNTED = ("count", "quantity")


class SalesMetric(models.Model):
    _inherit = "sales.metric"

    def _get_incentive_domain(self, kind):
        """Return the metrics on which a rule of a kind can pay.

        A commission is a share of money that documents sum up; a bounty is paid by
        piece: a quantity, or what can be counted by its events.
        """
        if kind == "bounty":
            return Domain("unit", "in", COUNTED) & Domain("event_ids", "!=", False)
        return Domain("kind", "=", "sum") & Domain("unit", "=", "currency")

    def _measure_incentive_cost(self, _metric, scopes, periods):
        """Measure what incentives cost; signature as ``_measure_new_customers``.

        Only users who may read the cost of incentives get figures, and none of a single
        person. Jobs get none, because they store what others read.
        """
        return IncentiveCost(self.env).measure(scopes, periods)

    @api.model
    def _get_methods_by_user(self):
        return super()._get_methods_by_user() | {"_measure_incentive_cost"}

    def _is_of_pay(self):
        """:return: whether the metric tells what people are paid"""
        parts = self | self._get_all_parts()
        return "_measure_incentive_cost" in parts.mapped("method_name")

    def _pays(self, kind):
        """:return: whether a rule of a kind can pay on the metric"""
        return bool(self.filtered_domain(self._get_incentive_domain(kind)))

    def _counts_invoices(self):
        """:return: whether invoices count, whose payments are known"""
        return "invoice" in self.event_ids.mapped("event")
