# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models

from ..engine.market import ResearchPack


class SalesMeeting(models.Model):
    """Meetings hear what market research has concluded (policy 3.1.1)."""

    # pylint: disable-next=consider-merging-classes-inherited
    _inherit = "sales.meeting"

    research_line_ids = fields.One2many(
        comodel_name="sales.meeting.line",
        inverse_name="meeting_id",
        string="Market Research",
        domain=[("section", "=", "research")],
        readonly=True,
        copy=False,
    )

    def _prepare_pack_lines(self):
        return [*super()._prepare_pack_lines(), *ResearchPack(self).prepare_lines()]
