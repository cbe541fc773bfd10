# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models


class SalesAction(models.Model):
    """Goals that were agreed in a career talk (policy 4.2.3)."""

    _inherit = "sales.action"

    career_talk_id = fields.Many2one(
        comodel_name="sales.career.talk",
        index="btree_not_null",
        ondelete="cascade",
        check_company=True,
        domain="[('state', '!=', 'cancelled')]",
        help="The talk in which it was agreed as a goal.",
    )

    @api.model
    def _get_origin_fields(self):
        return [*super()._get_origin_fields(), "career_talk_id"]
