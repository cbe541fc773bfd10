# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models

from odoo.addons.sales_efficiency_base.tools import open_records


class SalesIncentiveDisputeMixin(models.AbstractModel):
    """What can be disputed and adjusted: a month, an assignment.

    A model sets ``_dispute_link`` to the field by which disputes and adjustments refer
    to it.
    """

    _name = "sales.incentive.dispute.mixin"
    _description = "Subject of Disputes and Adjustments"
    _dispute_link = None

    dispute_count = fields.Integer(string="Disputes", compute="_compute_dispute_count")
    adjustment_count = fields.Integer(
        string="Adjustments", compute="_compute_dispute_count"
    )

    @api.depends_context("uid", "allowed_company_ids")
    def _compute_dispute_count(self):
        disputes, adjustments = (
            dict(
                self.env[model]._read_group(
                    [(self._dispute_link, "in", self.ids)],
                    [self._dispute_link],
                    ["__count"],
                )
            )
            for model in ("sales.incentive.dispute", "sales.incentive.adjustment")
        )
        for record in self:
            record.dispute_count = disputes.get(record._origin, 0)
            record.adjustment_count = adjustments.get(record._origin, 0)

    @api.readonly
    def action_open_disputes(self):
        return self._open_linked("sales_incentive_dispute_action")

    @api.readonly
    def action_open_adjustments(self):
        return self._open_linked("sales_incentive_adjustment_action")

    def _open_linked(self, name):
        self.ensure_one()
        return open_records(
            self.env,
            f"sales_efficiency_incentive.{name}",
            [(self._dispute_link, "=", self.id)],
            context={f"default_{self._dispute_link}": self.id},
        )
