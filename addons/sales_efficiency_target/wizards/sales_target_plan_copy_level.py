# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class SalesTargetPlanCopyLevel(models.TransientModel):
    """A level of targets that may be taken over into a new plan."""

    _name = "sales.target.plan.copy.level"
    _inherit = "sales.guard.mixin"
    _description = "Level in a New Plan"
    _order = "id"

    copy_id = fields.Many2one(
        comodel_name="sales.target.plan.copy",
        required=True,
        index=True,
        ondelete="cascade",
    )
    dimension = fields.Selection(
        selection=lambda self: self.env["sales.target.cascade"]._selection_dimension(),
        string="Level",
        required=True,
        readonly=True,
    )
    target_count = fields.Integer(string="Targets", readonly=True)
    is_copied = fields.Boolean(
        string="Take Over",
        default=True,
        help="Parts of a level that is left out move up to the next level above.",
    )
