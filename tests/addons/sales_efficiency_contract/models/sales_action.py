# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models


class SalesAction(models.Model):
    """A check is an origin of action items."""

    _inherit = "sales.action"

    store_check_id = fields.Many2one(
        comodel_name="sales.store.check", index="btree_not_null", ondelete="set null"
    )

    @api.model
    def _get_origin_fields(self):
        return [*super()._get_origin_fields(), "store_check_id"]
