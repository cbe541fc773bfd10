# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models


class SalesIncentivePayoutLine(models.Model):
    """What a payout pays a person: by payroll, or an agent by a vendor bill.

    Amounts are in company currency; a person may be paid in another one.
    """

    _name = "sales.incentive.payout.line"
    _inherit = "sales.guard.mixin"
    _description = "Line of an Incentive Payout"
    _order = "payout_id, id"

    payout_id = fields.Many2one(
        comodel_name="sales.incentive.payout",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(related="payout_id.company_id", store=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    assignment_id = fields.Many2one(
        comodel_name="sales.incentive.assignment",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    plan_id = fields.Many2one(related="assignment_id.plan_id")
    version_id = fields.Many2one(
        comodel_name="sales.incentive.version",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
    )
    payee = fields.Char(string="Paid To", readonly=True)
    # The badge opens doors: it is for finance, who hands it to the payroll.
    employee_number = fields.Char(
        readonly=True,
        groups="account.group_account_user,account.group_account_manager,"
        "hr.group_hr_user",
    )
    partner_id = fields.Many2one(
        comodel_name="res.partner",
        string="Contact",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
    )
    method = fields.Selection(
        selection=[("payroll", "Payroll"), ("bill", "Vendor bill")],
        string="Payment Method",
        required=True,
        readonly=True,
    )
    amount = fields.Monetary(readonly=True)
    pay_currency_id = fields.Many2one(
        comodel_name="res.currency",
        string="Paid In",
        required=True,
        readonly=True,
    )
    rate = fields.Float(
        string="Exchange Rate",
        digits=0,
        readonly=True,
        aggregator=None,
        help="Units of the currency paid in for one of the company currency.",
    )
    pay_amount = fields.Monetary(
        string="Paid Amount", currency_field="pay_currency_id", readonly=True
    )
    move_id = fields.Many2one(
        comodel_name="account.move",
        string="Journal Entry",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
        groups="account.group_account_user,account.group_account_manager",
    )
    reversal_move_id = fields.Many2one(
        comodel_name="account.move",
        string="Reversal",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
        groups="account.group_account_user,account.group_account_manager",
    )

    _payee_uniq = models.Constraint(
        "unique(payout_id, assignment_id)", "A payout pays an assignment once."
    )

    @api.model
    def _prepare(self, payout, assignment, entry, rates):
        """Return the values of a line.

        :param entry: the engine's :class:`.Entry` of the payout
        :param rates: dict currency → its units for one of the company currency
        """
        amount = -float(entry.amount)
        currency = assignment.pay_currency_id or payout.currency_id
        return {
            "payout_id": payout.id,
            "assignment_id": assignment.id,
            "version_id": entry.version_id,
            "payee": assignment._get_payee_name(),
            "employee_number": assignment._get_employee().barcode,
            "partner_id": assignment._get_paid_partner().id,
            "method": "bill" if assignment.partner_id else "payroll",
            "amount": amount,
            "pay_currency_id": currency.id,
            "rate": rates[currency],
            "pay_amount": currency.round(amount * rates[currency]),
        }
