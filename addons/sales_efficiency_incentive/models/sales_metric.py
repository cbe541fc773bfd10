# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models
from odoo.fields import Domain

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

    def _pays(self, kind):
        """:return: whether a rule of a kind can pay on the metric"""
        return bool(self.filtered_domain(self._get_incentive_domain(kind)))

    def _counts_invoices(self):
        """:return: whether invoices count, whose payments are known"""
        return "invoice" in self.event_ids.mapped("event")
