# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models


class SalesAction(models.Model):
    _inherit = "sales.action"

    meeting_id = fields.Many2one(
        comodel_name="sales.meeting",
        string="Agreed In",
        index="btree_not_null",
        ondelete="cascade",
        check_company=True,
        domain="[('state', '!=', 'cancelled')]",
        help="The sales meeting that it was agreed in. It comes back in the next ones"
        " until it is done.",
    )
    carried_count = fields.Integer(
        string="Carried Over",
        compute="_compute_carried_count",
        help="Number of later meetings with this item still open.",
    )

    def _compute_carried_count(self):
        # sudo: users who see the item may know how often it was carried over.
        counts = self.env["sales.meeting.line"].sudo()._count_carried(self)
        for item in self:
            item.carried_count = counts.get(item._origin, 0)

    @api.model
    def _get_origin_fields(self):
        return [*super()._get_origin_fields(), "meeting_id"]
