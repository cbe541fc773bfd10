# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class SalesHonourVote(models.Model):
    """Whom a juror has chosen: theirs alone until the votes are counted. Only code
    writes it."""

    _name = "sales.honour.vote"
    _inherit = "sales.guard.mixin"
    _description = "Vote"
    _order = "honour_id, id"
    _rec_name = "nominee_id"

    honour_id = fields.Many2one(
        comodel_name="sales.honour",
        string="Election",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(related="honour_id.company_id", store=True, index=True)
    user_id = fields.Many2one(
        comodel_name="res.users",
        string="Juror",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    nominee_id = fields.Many2one(
        comodel_name="sales.honour.nominee",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )

    _once = models.UniqueIndex(
        "(honour_id, user_id)", "You have voted already. Each juror votes once."
    )
