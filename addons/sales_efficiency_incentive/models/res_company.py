# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import format_list

# What accounting needs to know before a month can be posted
NEEDED = (
    "sales_incentive_journal_id",
    "sales_incentive_expense_account_id",
    "sales_incentive_accrued_account_id",
    "sales_incentive_advance_account_id",
    "sales_incentive_payable_account_id",
)


class ResCompany(models.Model):
    _inherit = "res.company"

    sales_incentive_show_pay = fields.Boolean(
        string="Leaders See the Pay of Their People",
        groups="base.group_user",
        help="Team leaders see target incentives, draws and plan letters of the people"
        " in their teams. Otherwise only who is in which plan.",
        prefetch="sales_settings",
    )
    sales_incentive_letter_holds = fields.Boolean(
        string="Pay Waits for the Plan Letter",
        groups="base.group_user",
        help="Earnings wait until the person has accepted the letter of the terms, and"
        " are then released.",
        prefetch="sales_settings",
    )
    sales_incentive_approval_limit = fields.Monetary(
        string="Finance Approves from",
        groups="base.group_user",
        help="A month that pays so much or more is also approved by finance; 0: only"
        " where it pays a sales director.",
        prefetch="sales_settings",
    )
    sales_incentive_jump = fields.Integer(
        string="Unusual Change of Pay",
        default=50,
        groups="base.group_user",
        help="The checklist of a month lists people whose pay differs by more than so"
        " many percent from their average of the three months before.",
        prefetch="sales_settings",
    )
    sales_incentive_dispute_days = fields.Integer(
        string="Days to Dispute",
        default=5,
        groups="base.group_user",
        help="Working days after a month was published in which people can dispute it,"
        " and in which a dispute has to be answered.",
        prefetch="sales_settings",
    )
    sales_incentive_post = fields.Boolean(
        string="Post to Accounting",
        groups="base.group_user",
        help="Locked months are accrued, and payouts are posted.",
        prefetch="sales_settings",
    )
    sales_incentive_journal_id = fields.Many2one(
        comodel_name="account.journal",
        string="Journal of Incentives",
        groups="base.group_user",
        prefetch="sales_settings",
    )
    sales_incentive_expense_account_id = fields.Many2one(
        comodel_name="account.account",
        string="Expense Account of Employees",
        groups="base.group_user",
        prefetch="sales_settings",
    )
    sales_incentive_agent_account_id = fields.Many2one(
        comodel_name="account.account",
        string="Expense Account of Agents",
        groups="base.group_user",
        help="By default that of employees. Its purchase taxes are those of the bills.",
        prefetch="sales_settings",
    )
    sales_incentive_accrued_account_id = fields.Many2one(
        comodel_name="account.account",
        string="Accrued Incentives",
        groups="base.group_user",
        help="Owed to people: payable and waiting amounts, by person.",
        prefetch="sales_settings",
    )
    sales_incentive_advance_account_id = fields.Many2one(
        comodel_name="account.account",
        string="Advances on Incentives",
        groups="base.group_user",
        help="Owed by people: draws, and negative months.",
        prefetch="sales_settings",
    )
    sales_incentive_payable_account_id = fields.Many2one(
        comodel_name="account.account",
        string="Payable to Employees",
        groups="base.group_user",
        help="Payouts to employees that are not settled by a payment yet. Agents get"
        " vendor bills.",
        prefetch="sales_settings",
    )

    _sales_incentive_positive = models.Constraint(
        "CHECK (sales_incentive_approval_limit >= 0 AND sales_incentive_jump > 0)",
        "The sum from which finance approves cannot be negative, and the percentage of"
        " unusual changes must be above 0.",
    )

    _sales_incentive_dispute_days_range = models.Constraint(
        "CHECK (sales_incentive_dispute_days BETWEEN 1 AND 60)",
        "A month can be disputed for 1 to 60 working days.",
    )

    def write(self, vals):
        name = "sales_incentive_letter_holds"
        changed = self.filtered(
            lambda company: name in vals and company[name] != vals[name]
        )
        res = super().write(vals)
        if changed:
            # sudo: whoever sets it may not see the plans.
            plans = self.env["sales.incentive.plan"].sudo()
            plans = plans.search([("company_id", "in", changed.ids)])
            self.env["sales.incentive.change"]._note_plans(plans)
        return res

    def _get_sales_working_day_after(self, day, number):
        """Return a working day of the company.

        :param day: day after which working days are counted
        :param int number: how many of them
        """
        self.ensure_one()
        # However long the holidays, people need not wait longer than this.
        last = day + timedelta(days=31 + 2 * number)
        work = self._get_sales_working_days(day + timedelta(days=1), last)
        days = sorted({worked for worked, _share in work})
        return days[number - 1] if len(days) >= number else last

    def _get_incentive_officers(self):
        """:return: the active incentive officers of the company, sorted by id"""
        self.ensure_one()
        # sudo: who has which role is public within the company.
        group = self.env.ref("sales_efficiency_incentive.group_incentive_officer")
        officers = group.sudo().all_user_ids.filtered(
            lambda user: user.active and self in user.company_ids
        )
        return officers.sorted("id").with_env(self.env)

    def _check_incentive_accounting(self):
        """:raise UserError: naming the settings that posting needs and lacks"""
        self.ensure_one()
        missing = [
            self._fields[name]._description_string(self.env)
            for name in NEEDED
            if not self[name]
        ]
        if missing:
            raise UserError(
                self.env._(
                    "Accounting of incentives lacks: %s. Enter them in Settings → Sales"
                    " Efficiency → Incentives, or switch off Post to Accounting.",
                    format_list(self.env, missing),
                )
            )

    def _get_incentive_expense_account(self, assignment):
        """:return: the account by which the pay of an assignment is an expense"""
        account = self.sales_incentive_expense_account_id
        if assignment.partner_id:
            account = self.sales_incentive_agent_account_id or account
        return account
