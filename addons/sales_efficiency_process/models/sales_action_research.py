# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models


class SalesAction(models.Model):
    """Conclusions of market research become action items (policy 3.1.1)."""

    # pylint: disable-next=consider-merging-classes-inherited
    _inherit = "sales.action"

    research_round_id = fields.Many2one(
        comodel_name="sales.research.round",
        string="Follows from Research",
        index="btree_not_null",
        ondelete="set null",
        check_company=True,
    )

    @api.model
    def _get_origin_fields(self):
        return [*super()._get_origin_fields(), "research_round_id"]
