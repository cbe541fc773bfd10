# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class SalesMeetingLine(models.Model):
    # pylint: disable-next=consider-merging-classes-inherited
    _inherit = "sales.meeting.line"

    section = fields.Selection(
        selection_add=[("research", "Market Research")],
        ondelete={"research": "cascade"},
    )
    research_round_id = fields.Many2one(
        comodel_name="sales.research.round",
        string="Research",
        index="btree_not_null",
        ondelete="set null",
    )

    def _get_document(self):
        self.ensure_one()
        # sudo: only finds the document, returned with the rights of the user.
        if research := self.sudo().research_round_id:
            return research.with_env(self.env)
        return super()._get_document()
