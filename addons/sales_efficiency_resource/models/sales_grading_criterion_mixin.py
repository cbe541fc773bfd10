# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models

UNITS = {
    "recency": "days",
    "frequency": "count",
    "amount": "currency",
    "margin": "currency",
    "growth": "percent",
    "potential": "currency",
    "wallet": "percent",
}


class SalesGradingCriterionMixin(models.AbstractModel):
    """By what customers are graded: in a grading, and as kept by each of its runs."""

    _name = "sales.grading.criterion.mixin"
    _description = "Criterion of Customer Grades"
    _order = "sequence, id"

    sequence = fields.Integer(default=10)
    kind = fields.Selection(
        selection=[
            ("recency", "Recency"),
            ("frequency", "Frequency"),
            ("amount", "Amount"),
            ("margin", "Margin"),
            ("growth", "Growth"),
            ("potential", "Potential"),
            ("wallet", "Share of wallet"),
            ("metric", "Metric"),
        ],
        string="Criterion",
        required=True,
        default="amount",
        help="Recency: days since the last order ever. Frequency: orders in the window."
        " Amount and margin: of the orders in the window. Growth: of the amount over"
        " the window before. Share of wallet: amount, as in 12 months, ÷ potential per"
        " year.",
    )
    metric_id = fields.Many2one(
        comodel_name="sales.metric", ondelete="restrict", index="btree_not_null"
    )
    bins = fields.Integer(
        default=5, required=True, help="Into how many classes of size customers fall."
    )
    weight = fields.Float(digits=(5, 2), aggregator="sum", string="Weight (%)")
    higher_is_better = fields.Boolean(
        compute="_compute_higher_is_better",
        store=True,
        readonly=False,
        precompute=True,
    )
    name = fields.Char(compute="_compute_name")

    @api.depends("kind", "metric_id")
    def _compute_higher_is_better(self):
        for criterion in self:
            metric = criterion.metric_id
            criterion.higher_is_better = (
                metric.higher_is_better
                if criterion.kind == "metric" and metric
                else criterion.kind != "recency"
            )

    @api.depends("kind", "metric_id.name")
    @api.depends_context("lang")
    def _compute_name(self):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        for criterion in self:
            # sudo: what customers are graded by is no secret within the company.
            metric = criterion.sudo().metric_id
            criterion.name = metric.name or kinds.get(criterion.kind)

    @api.depends("name")
    def _compute_display_name(self):
        for criterion in self:
            criterion.display_name = criterion.name

    def _format_value(self, value):
        """:return: a value of the criterion with its unit"""
        self.ensure_one()
        # sudo: as in _compute_name
        metric = self.sudo().metric_id or self.env["sales.metric"].sudo().new(
            {"kind": "method", "unit": UNITS[self.kind]}
        )
        return metric.with_company(self._get_company())._format(value)

    def _tells_amount(self):
        """Return whether values tell what was sold, or how much of it."""
        self.ensure_one()
        if self.kind == "metric":
            # sudo: as in _compute_name
            return self.sudo().metric_id.unit == "currency"
        return self.kind in ("amount", "margin", "wallet")

    def _get_company(self):
        """:return: the company in whose currency amounts are"""
        raise NotImplementedError
