# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import UserError

# A person brings their team and region: they are one tie.
PLACE = ("sales_user_id", "sales_team_id", "sales_region_id")
TIES = (PLACE, ("sales_channel_id",), ("campaign_id",), ("expense_kind_id",))


class AccountAnalyticAccount(models.Model):
    """An analytic account may stand for part of the sales organization: the share of an
    item that it gets counts there (policy 5.3.2).

    Years that are over stay as they are: once it has expenses, it stands for the same
    ever after."""

    _name = "account.analytic.account"
    _inherit = ["account.analytic.account", "sales.expense.scope.mixin"]

    sales_team_id = fields.Many2one(
        compute="_compute_sales_team_id", store=True, readonly=False
    )
    sales_region_id = fields.Many2one(
        compute="_compute_sales_region_id", store=True, readonly=False
    )
    expense_kind_id = fields.Many2one(
        comodel_name="sales.expense.kind",
        string="Kind of Expense",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        help="Its share belongs to this kind, whatever the product and the account.",
    )

    @api.depends("sales_user_id")
    def _compute_sales_team_id(self):
        for account in self:
            if account.sales_user_id:
                # Shared by all companies, it brings a team that is, too.
                account.sales_team_id = account.sales_user_id._get_expense_team(
                    account.company_id
                )

    @api.depends("sales_team_id")
    def _compute_sales_region_id(self):
        for account in self:
            if account.sales_team_id:
                account.sales_region_id = account.sales_team_id.sales_region_id

    def write(self, vals):
        changed = self.filtered(lambda account: account._changes_tie(vals))
        if used := changed._filter_with_expenses():
            raise UserError(
                self.env._(
                    "Expenses of %(account)s count for what it stands for. Leave it as"
                    " it is, and create a new analytic account for what comes.",
                    account=used[0].display_name,
                )
            )
        return super().write(vals)

    def _changes_tie(self, vals):
        """Return whether values would change a tie that is made already."""
        self.ensure_one()
        return any(
            any(self[name] for name in names)
            and any(
                name in vals and self[name].id != (vals[name] or False)
                for name in names
            )
            for names in TIES
        )

    def _filter_with_expenses(self):
        """Return the accounts with a share of something posted or claimed."""
        # sudo: journal items and claims are not readable for all who keep accounts.
        items = self.env["account.move.line"].sudo()
        claims = self.env["hr.expense"].sudo()
        return self.filtered(
            lambda account: items.search_count(
                [
                    ("analytic_distribution", "in", account.ids),
                    ("parent_state", "=", "posted"),
                    ("account_id.account_type", "=like", "expense%"),
                ],
                limit=1,
            )
            or claims.search_count(
                [
                    ("analytic_distribution", "in", account.ids),
                    ("approval_state", "in", ("submitted", "approved")),
                ],
                limit=1,
            )
        )
