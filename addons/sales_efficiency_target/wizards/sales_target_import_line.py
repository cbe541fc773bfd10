# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class SalesTargetImportLine(models.TransientModel):
    """Preview of the changes to one target by a workbook."""

    _name = "sales.target.import.line"
    _inherit = "sales.guard.mixin"
    _description = "Change by an Imported Workbook"
    _order = "id"

    import_id = fields.Many2one(
        comodel_name="sales.target.import",
        required=True,
        index=True,
        ondelete="cascade",
    )
    kind = fields.Selection(
        selection=[
            ("conflict", "Conflict"),
            ("changed", "Changed"),
            ("new", "New"),
        ],
        string="What",
    )
    name = fields.Char(string="Scope")
    metric_id = fields.Many2one(comodel_name="sales.metric", ondelete="cascade")
    metric_unit = fields.Selection(related="metric_id.unit", string="Unit")
    currency_id = fields.Many2one(related="import_id.plan_id.currency_id")
    month_count = fields.Integer(string="Months")
    amount_before = fields.Float(string="Present", digits=0)
    amount_after = fields.Float(string="Proposed", digits=0)
    details = fields.Text()
