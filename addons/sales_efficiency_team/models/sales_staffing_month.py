# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class SalesStaffingMonth(models.Model):
    """A month of a team in a staffing plan, as read by :class:`.StaffingProposal`."""

    _name = "sales.staffing.month"
    _inherit = "sales.guard.mixin"
    _description = "Month of a Staffing Need"
    _order = "need_id, month"
    _rec_name = "month"

    need_id = fields.Many2one(
        comodel_name="sales.staffing.need",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(related="need_id.company_id", store=True, index=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    month = fields.Date(required=True, readonly=True, help="First day of the month.")
    target = fields.Monetary(readonly=True)
    is_over = fields.Boolean(string="Month Over", readonly=True)
    actual = fields.Monetary(
        string="Sold", readonly=True, help="Once the month is over."
    )
    people = fields.Integer(readonly=True, help="At the end of the month.")
    present = fields.Float(
        string="Full People",
        digits=(16, 2),
        readonly=True,
        help="People by the share of the month in which they sell: newcomers by their"
        " ramp, leavers until they leave.",
    )

    _month_uniq = models.Constraint(
        "UNIQUE (need_id, month)", "A need has each month once."
    )
