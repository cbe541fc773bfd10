# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models


class SalesAction(models.Model):
    """Actions by which a target is to be reached (policy 2.2.3)."""

    _inherit = "sales.action"

    target_id = fields.Many2one(
        comodel_name="sales.target",
        index="btree_not_null",
        ondelete="cascade",
        check_company=True,
    )
    target_currency_id = fields.Many2one(
        related="target_id.currency_id", string="Currency of the Target"
    )
    target_unit = fields.Selection(
        related="target_id.metric_unit", string="Unit of the Target"
    )
    expected_amount = fields.Float(
        string="To Bring",
        digits=0,
        help="Contribution to the target, in the target's unit.",
    )

    _expected_amount_positive = models.Constraint(
        "CHECK (expected_amount >= 0)", "An action cannot be meant to bring a loss."
    )

    @api.model
    def _get_origin_fields(self):
        return [*super()._get_origin_fields(), "target_id"]

    def _check_may_agree(self, origin):
        """The person responsible for a target also plans how to reach it."""
        if origin == self.target_id:
            origin.check_access("read")
            origin = origin.filtered(
                lambda target: target.responsible_id != self.env.user
            )
        # On an empty recordset, the check would test the whole model.
        return super()._check_may_agree(origin) if origin else None

    @api.model
    def _get_effect_access(self, model):
        if model == "sales.target":
            return "read"
        return super()._get_effect_access(model)
