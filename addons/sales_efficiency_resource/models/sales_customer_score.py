# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import math

from odoo import api, fields, models
from odoo.tools import SQL, formatLang

from ..engine import PurchaseHistory


class SalesCustomerScore(models.Model):
    """Why a customer has its score: one row per criterion (policy 5.1.2).

    A view of the results of runs: 20,000 customers a month by some criteria would fill
    a table, and nobody asks for more than a customer's own.
    """

    _name = "sales.customer.score"
    _description = "Customer Score"
    _auto = False
    _order = "result_id desc, id"
    _rec_name = "criterion_id"
    _depends = {
        "sales.grading.result": ["parts", "partner_id", "run_id", "weight"],
        "sales.grading.run": ["company_id"],
        "sales.grading.run.criterion": ["bins", "weight"],
    }

    result_id = fields.Many2one(comodel_name="sales.grading.result", readonly=True)
    run_id = fields.Many2one(comodel_name="sales.grading.run", readonly=True)
    date = fields.Date(related="run_id.date")
    partner_id = fields.Many2one(
        comodel_name="res.partner", string="Customer", readonly=True
    )
    company_id = fields.Many2one(comodel_name="res.company", readonly=True)
    criterion_id = fields.Many2one(
        comodel_name="sales.grading.run.criterion", readonly=True
    )
    # Of the sales of everybody
    value = fields.Float(
        string="Figure",
        readonly=True,
        digits=0,
        aggregator=None,
        groups="sales_efficiency_base.group_sales_director",
    )
    value_text = fields.Char(
        string="Value",
        compute="_compute_texts",
        help="Empty if it tells amounts of sales that you may not see.",
    )
    bin = fields.Integer(readonly=True, aggregator=None)
    bins = fields.Integer(readonly=True, aggregator=None)
    points = fields.Float(
        readonly=True,
        digits=(5, 2),
        help="They add up to the score, but for rounding.",
    )
    most_points = fields.Float(
        string="Of Points",
        readonly=True,
        digits=(5, 2),
        help="What the highest bin would bring.",
    )
    reason = fields.Char(compute="_compute_texts")

    @property
    def _table_query(self):
        return SQL(
            """
            SELECT result.id::bigint * 1000 + part.number AS id,
                   result.id AS result_id, result.run_id, result.partner_id,
                   run.company_id, criterion.id AS criterion_id,
                   (part.item->>1)::float8 AS value, (part.item->>2)::int AS bin,
                   criterion.bins,
                   ROUND(100 * criterion.weight * ((part.item->>2)::int - 1)
                         / (criterion.bins - 1) / result.weight, 2) AS points,
                   ROUND(100 * criterion.weight / result.weight, 2) AS most_points
              FROM sales_grading_result AS result
              JOIN sales_grading_run AS run ON run.id = result.run_id
              CROSS JOIN LATERAL jsonb_array_elements(result.parts)
                    WITH ORDINALITY AS part (item, number)
              JOIN sales_grading_run_criterion AS criterion
                ON criterion.id = (part.item->>0)::int
            """
        )

    @api.depends("value", "bin", "bins")
    @api.depends_context("uid", "lang")
    def _compute_texts(self):
        hidden = self._find_hidden()
        for score in self:
            # sudo: values that the user may not see have been found.
            value = score.sudo().value
            score.value_text = score not in hidden and score.criterion_id._format_value(
                value
            )
            score.reason = score._explain()

    def _find_hidden(self):
        """:return: the scores that tell amounts which the user may not see: others
        have sold to these customers too"""
        told = self.filtered(lambda score: score.criterion_id._tells_amount())
        hidden = self.browse()
        for company, scores in told.grouped("company_id").items():
            history = PurchaseHistory(self.with_company(company).env)
            partial = history.find_partial(scores.partner_id)
            hidden |= scores.filtered(
                lambda score, partial=partial: score.partner_id.id in partial
            )
        return hidden

    def _explain(self):
        """:return: the bin in words, which are true by the way bins are computed"""
        if self.bin <= 1:
            return self.env._(
                "1 of %(bins)s: fewer than %(share)s %% are worse",
                bins=self.bins,
                share=self._format_share(math.ceil(100 / self.bins)),
            )
        return self.env._(
            "%(bin)s of %(bins)s: at least %(share)s %% are worse",
            bin=self.bin,
            bins=self.bins,
            share=self._format_share(math.floor(100 * (self.bin - 1) / self.bins)),
        )

    def _format_share(self, share):
        return formatLang(self.env, share, digits=0)
