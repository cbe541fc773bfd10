# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.tools import SQL, format_date

from odoo.addons.sales_efficiency_base.tools import Period, open_records

from ..engine import ExpenseDocuments
from ..engine.expense import BudgetCheck
from .sales_expense_item import get_document_fields

KIND = "expense_kind_id"

# Other expenses, such as salaries, are not for sales.
FINANCE = "account.group_account_user,account.group_account_manager"


class SalesExpenseReconciliation(models.Model):
    """Month × kind × account: what the ledger says, what of it counts as sales
    expenses, and what the figures say (policy 5.3.2).

    Ledger and sales are read from the journal items, figures from the data mart: they
    differ only while changes wait to be taken in.
    """

    _name = "sales.expense.reconciliation"
    _description = "Reconciliation of Sales Expenses"
    _auto = False
    _order = "month desc, expense_kind_id, account_id, id"
    _rec_name = "month"

    month = fields.Date(readonly=True)
    company_id = fields.Many2one(comodel_name="res.company", readonly=True)
    currency_id = fields.Many2one(comodel_name="res.currency", readonly=True)
    expense_kind_id = fields.Many2one(
        comodel_name="sales.expense.kind", string="Kind of Expense", readonly=True
    )
    account_id = fields.Many2one(comodel_name="account.account", readonly=True)
    ledger = fields.Monetary(
        readonly=True,
        groups=FINANCE,
        help="All posted items of the account in the month.",
    )
    sales = fields.Monetary(
        string="Of Which Sales",
        readonly=True,
        help="Items of a kind that somebody in sales has spent, or of a kind of which"
        " everything counts.",
    )
    figures = fields.Monetary(readonly=True, help="What figures and budgets show.")
    difference = fields.Monetary(readonly=True, help="Of Which Sales less Figures")
    budget = fields.Monetary(
        readonly=True, help="Of the kind: budgets have no accounts."
    )
    unmapped = fields.Monetary(
        readonly=True, help="Spent in sales, but on nothing that belongs to a kind."
    )
    closed = fields.Monetary(
        string="At Closing",
        readonly=True,
        help="Sales expenses when the month was closed by the lock date of accounting."
        " Months that were closed earlier than this app knows: when the lock date was"
        " next set.",
    )
    moved = fields.Monetary(
        string="Moved after Closing",
        readonly=True,
        help="What has come or gone since the month was closed, by late entries or by"
        " another mapping.",
    )
    is_closed = fields.Boolean(string="Closed", readonly=True)

    _depends = {
        **get_document_fields(),
        "sales.expense.closing": ["amount"],
        "sales.fact": ["amount", "expense_kind_id"],
        "sales.target": ["expense_kind_id", "metric_id", "parent_path"],
        "sales.target.month": ["amount"],
        "sales.target.plan": ["state"],
    }

    # ------------------------------------------------------------------
    # Query
    # ------------------------------------------------------------------

    @property
    def _table_query(self):
        """Return the SELECT of all months. Each part has the columns of ``_sums``."""
        sums = self._get_sums()
        return SQL(
            """
            SELECT ('x' || substr(md5(concat_ws(
                       '/', row.month, row.company_id, row.expense_kind_id,
                       row.account_id, row.expense_kind_id IS NULL)), 1, 13)
                   )::bit(52)::bigint AS id,
                   row.month, row.company_id, company.currency_id,
                   row.expense_kind_id, row.account_id, %(sums)s,
                   SUM(row.sales - row.figures) AS difference,
                   row.month <= company.sales_expense_closed_until AS is_closed,
                   SUM(CASE WHEN row.month <= company.sales_expense_closed_until
                            THEN row.sales - row.closed ELSE 0 END) AS moved
              FROM (%(rows)s) AS row
              JOIN res_company company ON company.id = row.company_id
             GROUP BY row.month, row.company_id, company.currency_id,
                   row.expense_kind_id, row.account_id,
                   company.sales_expense_closed_until
            """,
            sums=SQL(", ").join(
                SQL("SUM(%s) AS %s", SQL.identifier("row", name), SQL.identifier(name))
                for name in sums
            ),
            rows=SQL(" UNION ALL ").join(
                [
                    self._select_items(),
                    self._select_figures(),
                    self._select_budgets(),
                    self._select_closed(),
                ]
            ),
        )

    @staticmethod
    def _get_sums():
        return ("ledger", "sales", "unmapped", "figures", "budget", "closed")

    def _amounts(self, **amounts):
        """Return the columns of sums, 0 unless given."""
        return SQL(", ").join(
            SQL("%s AS %s", amounts.get(name, SQL("0::numeric")), SQL.identifier(name))
            for name in self._get_sums()
        )

    def _select_items(self):
        return SQL(
            """
            SELECT date_trunc('month', item.date::timestamp)::date AS month,
                   item.company_id, item.expense_kind_id, item.account_id, %(amounts)s
              FROM (%(items)s) AS item
            """,
            items=ExpenseDocuments(self.env).all_items(SQL("m.state = 'posted'")),
            amounts=self._amounts(
                ledger=SQL("item.amount"),
                sales=SQL("CASE WHEN item.counts THEN item.amount ELSE 0 END"),
                unmapped=SQL(
                    "CASE WHEN item.has_scope AND item.expense_kind_id IS NULL"
                    " THEN item.amount ELSE 0 END"
                ),
            ),
        )

    def _select_figures(self):
        return SQL(
            """
            SELECT date_trunc('month', fact.date::timestamp)::date, fact.company_id,
                   fact.expense_kind_id, item.account_id, %s
              FROM sales_fact fact
              LEFT JOIN account_move_line item ON item.id = fact.line_id
             WHERE fact.source = 'expense' AND fact.event = 'spent'
            """,
            self._amounts(figures=SQL("fact.amount")),
        )

    def _select_budgets(self):
        """Return the budgets of the kinds: of those within each other only the widest.

        A budget of all kinds counts only if no other one is a part of it.
        """
        return SQL(
            """
            SELECT * FROM (
                WITH budget AS MATERIALIZED (%(budgets)s)
                SELECT part.month, b.company_id, b.kind_id, NULL::int, %(amounts)s
                  FROM budget b
                  JOIN sales_target_month part ON part.target_id = b.id
                 WHERE NOT EXISTS (
                    SELECT FROM budget other
                     WHERE other.plan_id = b.plan_id AND other.id <> b.id
                       AND CASE
                           WHEN b.kind_id IS NULL AND other.kind_id IS NOT NULL
                           THEN %(other_inside)s
                           WHEN b.kind_id IS NULL OR other.kind_id IS NOT NULL
                           THEN %(inside)s AND (other.id < b.id OR NOT %(other_inside)s)
                           END)
            ) AS budgets
            """,
            budgets=self._select_budget_scopes(),
            amounts=self._amounts(budget=SQL("part.amount")),
            inside=self._sql_inside("b", "other"),
            other_inside=self._sql_inside("other", "b"),
        )

    def _select_budget_scopes(self):
        """Return the budgets of the plans that count, with where they lie: the ids of
        each dimension and of those above, in columns named as the dimension."""
        kind = SQL("COALESCE(target.expense_kind_id, metric.kind_id)")
        return SQL(
            """
            SELECT target.id, target.plan_id, target.company_id, target.parent_path,
                   %(kind)s AS kind_id, %(scope)s
              FROM sales_target target
              JOIN sales_target_plan plan ON plan.id = target.plan_id
               AND plan.purpose = 'budget' AND plan.state IN ('running', 'closed')
              JOIN (%(metrics)s) AS metric ON metric.id = target.metric_id
            """,
            kind=kind,
            metrics=BudgetCheck(self.env).get_metrics(),
            scope=SQL(", ").join(
                SQL(
                    "%s AS %s",
                    self._sql_path(
                        name, kind if name == KIND else SQL.identifier("target", name)
                    ),
                    SQL.identifier(name),
                )
                for name in self.env["sales.target"]._get_dimensions()
            ),
        )

    def _sql_path(self, name, column):
        """Return the ids of a record of a dimension and of those above it, itself last,
        or NULL."""
        targets = self.env["sales.target"]
        if not targets._is_tree(name):
            return SQL("CASE WHEN %s IS NOT NULL THEN ARRAY[%s] END", column, column)
        return SQL(
            "(SELECT STRING_TO_ARRAY(RTRIM(node.parent_path, '/'), '/')::int[]"
            " FROM %s AS node WHERE node.id = %s)",
            SQL.identifier(self.env[targets._fields[name].comodel_name]._table),
            column,
        )

    def _sql_inside(self, inner, outer):
        """Return whether a budget is a part of another, or lies in its scope."""
        return SQL(
            "(starts_with(%s, %s) OR %s)",
            SQL.identifier(inner, "parent_path"),
            SQL.identifier(outer, "parent_path"),
            SQL(" AND ").join(
                SQL(
                    "(%(outer)s IS NULL OR COALESCE(%(inner)s @> %(outer)s, FALSE))",
                    inner=SQL.identifier(inner, name),
                    outer=SQL.identifier(outer, name),
                )
                for name in self.env["sales.target"]._get_dimensions()
            ),
        )

    def _select_closed(self):
        return SQL(
            """
            SELECT closing.month, closing.company_id, closing.expense_kind_id,
                   closing.account_id, %s
              FROM sales_expense_closing closing
            """,
            self._amounts(closed=SQL("closing.amount")),
        )

    # ------------------------------------------------------------------
    # Names and actions
    # ------------------------------------------------------------------

    @api.depends_context("lang")
    @api.depends("month", "expense_kind_id", "account_id")
    def _compute_display_name(self):
        for row in self:
            month = format_date(self.env, row.month, date_format="MMMM y")
            names = (row.expense_kind_id.display_name, row.account_id.display_name)
            row.display_name = " · ".join(filter(None, (month, *names)))

    @api.readonly
    def action_open_items(self):
        """Open the items behind the row."""
        self.ensure_one()
        month = Period.month(self.month)
        return open_records(
            self.env,
            "sales_efficiency_resource.sales_expense_item_action",
            [
                ("date", ">=", month.start),
                ("date", "<=", month.end),
                ("event", "=", "spent"),
                ("company_id", "=", self.company_id.id),
                ("expense_kind_id", "=", self.expense_kind_id.id),
                *([("account_id", "=", self.account_id.id)] if self.account_id else []),
            ],
            name=self.display_name,
        )

    @api.readonly
    def action_download_xlsx(self):
        """Download the months of the chosen rows, whole."""
        self.check_access("read")
        months = self.mapped("month")
        return {
            "type": "ir.actions.act_url",
            "url": "/sales_efficiency_resource/expense_reconciliation/"
            f"{min(months)}/{max(months)}",
            "target": "download",
        }
