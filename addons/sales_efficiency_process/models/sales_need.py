# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.tools import SQL

from ..engine import CRITERIA, NeedScore


class SalesNeed(models.Model):
    """How much a need deserves, and what answers it (policy 3.2.2)."""

    _name = "sales.need"
    # Before the model itself, whose threads they change
    _inherit = ["sales.deal.mixin", "sales.house.thread.mixin", "sales.need"]
    _order = "score desc, partner_id, kind, amount desc, id"

    state = fields.Selection(
        selection=[("open", "Open"), ("met", "Met"), ("dropped", "Dropped")],
        string="Status",
        required=True,
        default="open",
        index=True,
        copy=False,
        group_expand=True,
        tracking=True,
    )
    urgency = fields.Selection(
        selection=[
            ("0", "Not graded"),
            ("1", "No date in sight"),
            ("2", "Within two years"),
            ("3", "Within a year"),
            ("4", "Within a quarter"),
            ("5", "At once"),
        ],
        required=True,
        default="0",
        tracking=True,
    )
    importance = fields.Selection(
        selection=[
            ("0", "Not graded"),
            ("1", "Nice to have"),
            ("2", "Makes some work easier"),
            ("3", "A goal of a department"),
            ("4", "A goal of the company"),
            ("5", "Their business depends on it"),
        ],
        required=True,
        default="0",
        tracking=True,
    )
    feasibility = fields.Selection(
        selection=[
            ("0", "Not graded"),
            ("1", "No budget, no people"),
            ("2", "Budget or people are missing"),
            ("3", "Budget can be applied for"),
            ("4", "Budget and people are planned"),
            ("5", "Budget and people are there"),
        ],
        required=True,
        default="0",
        tracking=True,
    )
    fit = fields.Selection(
        selection=[
            ("0", "Not graded"),
            ("1", "We have nothing for it"),
            ("2", "We would have to develop it"),
            ("3", "We answer it in part"),
            ("4", "We answer it with adaptations"),
            ("5", "Our products answer it as they are"),
        ],
        string="Our Fit",
        required=True,
        default="0",
        tracking=True,
    )
    score = fields.Float(
        compute="_compute_score",
        store=True,
        digits=(5, 3),
        aggregator="avg",
        help="From 1 to 5: the mean of the grades by the weights of the company. What"
        " is not graded is left out.",
    )
    is_graded = fields.Boolean(string="Graded", compute="_compute_score", store=True)
    is_incomplete = fields.Boolean(
        string="Incomplete", compute="_compute_score", store=True
    )
    graded_by_id = fields.Many2one(
        comodel_name="res.users",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
    )
    graded_on = fields.Datetime(readonly=True, copy=False)
    product_ids = fields.Many2many(
        comodel_name="product.product",
        relation="sales_need_product_rel",
        column1="need_id",
        column2="product_id",
        string="Answered By",
        check_company=True,
        domain="[('sale_ok', '=', True)]",
        help="Our products that answer the need.",
    )

    @api.depends(
        "kind",
        *CRITERIA,
        *(f"company_id.sales_need_weight_ids.{name}" for name in CRITERIA),
    )
    def _compute_score(self):
        weights = self.env["sales.need.weight"]._get_weights(self.company_id)
        for need in self:
            judge = NeedScore(weights[need.company_id])
            grades = need._get_grades()
            score = judge.score(grades)
            need.score = score or 0
            need.is_graded = score is not None
            is_judged = need.kind == "particular" or score is not None
            need.is_incomplete = is_judged and judge.is_incomplete(grades)

    def _get_grades(self):
        """:return: dict criterion -> grade from 1 to 5, 0 if it is not graded"""
        self.ensure_one()
        return {name: int(self[name] or 0) for name in CRITERIA}

    # ------------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        needs = super().create(vals_list)
        needs.filtered(lambda need: any(need._get_grades().values()))._note_grading()
        return needs

    def write(self, vals):
        if vals.keys().isdisjoint(CRITERIA):
            return super().write(vals)
        before = {need: need._get_grades() for need in self}
        res = super().write(vals)
        self.filtered(lambda need: need._get_grades() != before[need])._note_grading()
        return res

    def _note_grading(self):
        if not self:
            return
        # sudo: users cannot write who has graded, or when
        self.sudo().write(
            {"graded_by_id": self.env.uid, "graded_on": fields.Datetime.now()}
        )

    def _read_group_select(self, aggregate_spec, query):
        """The mean score is that of what is graded."""
        select = super()._read_group_select(aggregate_spec, query)
        if aggregate_spec != "score:avg":
            return select
        graded = self._field_to_sql(self._table, "is_graded", query)
        return SQL("%s FILTER (WHERE %s)", select, graded)

    def _absorb(self, other):
        """Keep the own grades where there are some."""
        for name in CRITERIA:
            if self[name] == "0":
                self[name] = other[name]
        return super()._absorb(other)

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def action_create_solution(self):
        """Begin a solution that answers the needs, with the products that do."""
        self.check_access("read")
        return self.env["sales.solution"]._create_from(self)._get_records_action()
