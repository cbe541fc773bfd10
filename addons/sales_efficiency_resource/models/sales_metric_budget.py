# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models

EXPENSES = {"spent", "committed"}


class SalesMetric(models.Model):
    """Metrics of expenses, which budgets limit."""

    # pylint: disable-next=consider-merging-classes-inherited
    _inherit = "sales.metric"

    is_expense = fields.Boolean(
        string="Measures Expenses",
        compute="_compute_is_expense",
        store=True,
        help="Sums up what was spent, of everything or of one kind, so it can have a"
        " budget.",
    )
    expense_kind_ids = fields.One2many(
        comodel_name="sales.expense.kind",
        inverse_name="metric_id",
        string="Kinds of Expenses",
        context={"active_test": False},
        readonly=True,
    )

    @api.depends("kind", "measure", "event_ids.event", "domain", "expense_kind_ids")
    def _compute_is_expense(self):
        """Claims are checked against budgets of these metrics, see `BudgetCheck`."""
        for metric in self:
            metric.is_expense = (
                metric.kind == "sum"
                and metric.measure == "amount"
                and metric.event_ids.mapped("event") == ["spent"]
                # sudo: only whether there is one
                and (not metric._is_filtered() or bool(metric.sudo().expense_kind_ids))
            )

    def _is_filtered(self):
        return (self.domain or "[]") != "[]"

    @api.constrains("kind", "measure", "event_ids", "domain")
    def _check_budgets(self):
        """A metric stays what its targets and budgets are made of."""
        # sudo: those of others count too.
        self.env["sales.target"].sudo().search(
            [("metric_id", "in", self.ids)]
        )._check_purpose()

    def _has_pipeline(self):
        """No opportunity will be spent."""
        return super()._has_pipeline() and EXPENSES.isdisjoint(
            self.event_ids.mapped("event")
        )
