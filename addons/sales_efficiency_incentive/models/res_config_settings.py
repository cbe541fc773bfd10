# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models

EXPENSE = "[('account_type', 'in', ('expense', 'expense_direct_cost'))]"


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    sales_incentive_show_pay = fields.Boolean(
        related="company_id.sales_incentive_show_pay", readonly=False
    )
    sales_incentive_letter_holds = fields.Boolean(
        related="company_id.sales_incentive_letter_holds", readonly=False
    )
    sales_incentive_approval_limit = fields.Monetary(
        related="company_id.sales_incentive_approval_limit",
        currency_field="currency_id",
        readonly=False,
    )
    sales_incentive_jump = fields.Integer(
        related="company_id.sales_incentive_jump", readonly=False
    )
    sales_incentive_dispute_days = fields.Integer(
        related="company_id.sales_incentive_dispute_days", readonly=False
    )
    sales_incentive_post = fields.Boolean(
        related="company_id.sales_incentive_post", readonly=False
    )
    sales_incentive_journal_id = fields.Many2one(
        related="company_id.sales_incentive_journal_id",
        readonly=False,
        check_company=True,
        domain="[('type', '=', 'general')]",
    )
    sales_incentive_expense_account_id = fields.Many2one(
        related="company_id.sales_incentive_expense_account_id",
        readonly=False,
        check_company=True,
        domain=EXPENSE,
    )
    sales_incentive_agent_account_id = fields.Many2one(
        related="company_id.sales_incentive_agent_account_id",
        readonly=False,
        check_company=True,
        domain=EXPENSE,
    )
    sales_incentive_accrued_account_id = fields.Many2one(
        related="company_id.sales_incentive_accrued_account_id",
        readonly=False,
        check_company=True,
        domain="[('account_type', '=', 'liability_current')]",
    )
    sales_incentive_advance_account_id = fields.Many2one(
        related="company_id.sales_incentive_advance_account_id",
        readonly=False,
        check_company=True,
        domain="[('account_type', 'in', ('asset_current', 'asset_prepayments'))]",
    )
    sales_incentive_payable_account_id = fields.Many2one(
        related="company_id.sales_incentive_payable_account_id",
        readonly=False,
        check_company=True,
        domain="[('account_type', '=', 'liability_payable')]",
    )
