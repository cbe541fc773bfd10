# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models


class SalesAction(models.Model):
    """Actions by which a decision is carried out (policy 6.3.1)."""

    _inherit = "sales.action"

    decision_id = fields.Many2one(
        comodel_name="sales.decision",
        index="btree_not_null",
        ondelete="set null",
        check_company=True,
    )

    @api.model
    def _get_origin_fields(self):
        return [*super()._get_origin_fields(), "decision_id"]
