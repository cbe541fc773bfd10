# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.tools import SQL

from ..engine import ExpenseDocuments


# What the documents and their kinds are read from
def get_document_fields():
    """:return: dict model -> fields that decide what counts as an expense"""
    return {
        "account.account": ["account_type"],
        "account.analytic.account": [
            "campaign_id",
            "expense_kind_id",
            "sales_channel_id",
            "sales_region_id",
            "sales_team_id",
            "sales_user_id",
        ],
        "account.move": [
            "campaign_id",
            "date",
            "invoice_date",
            "invoice_user_id",
            "sales_channel_id",
            "sales_region_id",
            "state",
            "team_id",
        ],
        "account.move.line": [
            "account_id",
            "analytic_distribution",
            "balance",
            "expense_id",
            "product_id",
        ],
        "hr.expense": [
            "account_id",
            "account_move_id",
            "analytic_distribution",
            "approval_state",
            "campaign_id",
            "date",
            "product_id",
            "sales_channel_id",
            "sales_expense_amount",
            "sales_region_id",
            "sales_team_id",
            "sales_user_id",
        ],
        "product.template": ["categ_id"],
        "sales.expense.kind": [
            "account_ids",
            "active",
            "categ_ids",
            "counts_all",
            "parent_path",
            "product_ids",
        ],
    }


class SalesExpenseItem(models.Model):
    """Every item on an expense account and every open claim: for whom, of which kind,
    and whether it counts as a sales expense (policy 5.3.2).

    Read from the documents, so that finance finds what no kind covers.
    """

    _name = "sales.expense.item"
    _description = "Expense Item"
    _auto = False
    _order = "date desc, id desc"
    _rec_name = "date"

    date = fields.Date(readonly=True)
    company_id = fields.Many2one(comodel_name="res.company", readonly=True)
    currency_id = fields.Many2one(comodel_name="res.currency", readonly=True)
    event = fields.Selection(
        selection=[("spent", "Spent"), ("committed", "Committed")], readonly=True
    )
    status = fields.Selection(
        selection=[
            ("sales", "Sales expense"),
            ("unmapped", "Unmapped"),
            ("other", "Other expense"),
        ],
        readonly=True,
        help="Unmapped: spent by a salesperson, team, region, channel or campaign, but"
        " on nothing that belongs to a kind.",
    )
    expense_kind_id = fields.Many2one(
        comodel_name="sales.expense.kind", string="Kind of Expense", readonly=True
    )
    account_id = fields.Many2one(comodel_name="account.account", readonly=True)
    product_id = fields.Many2one(comodel_name="product.product", readonly=True)
    categ_id = fields.Many2one(
        comodel_name="product.category", string="Product Category", readonly=True
    )
    user_id = fields.Many2one(
        comodel_name="res.users", string="Salesperson", readonly=True
    )
    team_id = fields.Many2one(
        comodel_name="crm.team", string="Sales Team", readonly=True
    )
    region_id = fields.Many2one(comodel_name="sales.region", readonly=True)
    channel_id = fields.Many2one(comodel_name="sales.channel", readonly=True)
    campaign_id = fields.Many2one(comodel_name="utm.campaign", readonly=True)
    amount = fields.Monetary(readonly=True, help="Without deductible taxes.")
    move_id = fields.Many2one(
        comodel_name="account.move", string="Journal Entry", readonly=True
    )
    claim_id = fields.Many2one(comodel_name="hr.expense", string="Claim", readonly=True)

    _depends = get_document_fields()

    @property
    def _table_query(self):
        documents = ExpenseDocuments(self.env)
        return SQL(
            """
            SELECT item.line_id * 1000000::bigint + item.match_id AS id,
                   item.res_id AS move_id, NULL::int AS claim_id, %(columns)s
              FROM (%(items)s) AS item
             UNION ALL
            SELECT -item.res_id * 1000000::bigint - item.match_id, NULL, item.res_id,
                   %(columns)s
              FROM (%(claims)s) AS item
            """,
            columns=self._select(),
            items=documents.all_items(),
            claims=documents.all_claims(),
        )

    def _select(self):
        names = [name for name in ExpenseDocuments.columns if name in self._fields]
        return SQL(
            """
            %s, item.account_id,
            CASE WHEN item.counts THEN 'sales'
                 WHEN item.has_scope AND item.expense_kind_id IS NULL THEN 'unmapped'
                 ELSE 'other' END AS status
            """,
            SQL(", ").join(SQL.identifier("item", name) for name in names),
        )

    @api.depends("move_id", "claim_id")
    def _compute_display_name(self):
        for item in self:
            # sudo: only the name of a document whose figures the user sees
            document = item.sudo().move_id or item.sudo().claim_id
            item.display_name = document.display_name

    @api.readonly
    def action_open_document(self):
        """Open the entry or the claim."""
        self.ensure_one()
        document = self.move_id or self.claim_id
        document.check_access("read")
        return document._get_records_action(context={})
