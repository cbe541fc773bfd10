# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class SalesIncentiveReturnStep(models.Model):
    """The share of a credited amount that is taken back, up to so many days."""

    _name = "sales.incentive.return.step"
    _inherit = "sales.incentive.terms.mixin"
    _description = "Step of Returns of an Incentive Plan"
    _order = "days, id"
    _fixed_fields = ("version_id",)

    version_id = fields.Many2one(
        comodel_name="sales.incentive.version",
        required=True,
        index=True,
        ondelete="cascade",
    )
    days = fields.Integer(
        string="Up to Days",
        required=True,
        help="Days from the date of the invoice to that of the credit note, the last"
        " one included.",
    )
    share = fields.Float(
        string="Taken Back (%)",
        default=100.0,
        digits=(16, 2),
        help="Share of the credited amount that reduces the sales of its time.",
    )

    _days_positive = models.Constraint(
        "CHECK (days >= 0)", "A step ends after 0 days or later."
    )
    # Deferrable, so that days may change places in one statement
    _days_uniq = models.Constraint(
        "UNIQUE (version_id, days) DEFERRABLE",
        "Two steps end after the same days. Change one of them.",
    )
    _share_range = models.Constraint(
        "CHECK (share BETWEEN 0 AND 100)",
        "0 to 100 % of a credited amount are taken back.",
    )
