# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models
from odoo.exceptions import ValidationError

from .sales_incentive_rule import BY_TARGET


class SalesIncentiveRule(models.Model):
    """When a rule pays what it has earned: at once, later, or as the customer pays."""

    _inherit = "sales.incentive.rule"  # pylint: disable=consider-merging-classes-inherited

    paid = fields.Selection(
        selection=[
            ("event", "At once"),
            ("collected", "As the customer pays"),
        ],
        string="Paid Out",
        required=True,
        default="event",
    )
    holdback = fields.Float(
        string="Holdback (%)",
        digits=(16, 2),
        help="Share of what is earned that is paid some months later.",
    )
    holdback_months = fields.Integer(string="Months of Holdback")
    unpaid_days = fields.Integer(
        string="Taken Back When Unpaid for Days",
        help="Days after the due date of an unpaid invoice until its earnings are"
        " taken back. They are earned again when it is paid; 0: never.",
    )

    _holdback_range = models.Constraint(
        "CHECK (holdback BETWEEN 0 AND 100 AND holdback_months BETWEEN 0 AND 120)",
        "A holdback is 0 to 100 %, for at most 120 months.",
    )
    _unpaid_days_range = models.Constraint(
        "CHECK (unpaid_days BETWEEN 0 AND 3650)", "Enter 0 to 3,650 days."
    )

    def _check_payment(self):
        self.ensure_one()
        if bool(self.holdback) != bool(self.holdback_months):
            raise ValidationError(
                self.env._(
                    "A holdback needs a share and a number of months. Enter both for"
                    " %(rule)s, or none.",
                    rule=self.name,
                )
            )
        waits = self.paid == "collected"
        # sudo: as in _check_metric
        has_invoices = self.metric_id.sudo()._counts_invoices()
        of_invoices = self.kind not in BY_TARGET and has_invoices
        if (waits or self.unpaid_days) and not of_invoices:
            raise ValidationError(
                self.env._(
                    "Only invoices are paid by customers. Let %(rule)s be paid on"
                    " invoices, e.g. Invoiced Amount, or pay it at once.",
                    rule=self.name,
                )
            )
        if waits and self.unpaid_days:
            raise ValidationError(
                self.env._(
                    "%(rule)s is paid as the customer pays, so nothing is paid of"
                    " unpaid invoices. Set the days to 0.",
                    rule=self.name,
                )
            )
