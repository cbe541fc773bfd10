# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from decimal import Decimal

from odoo import api, fields, models
from odoo.tools import formatLang

from ..engine import AwardGrant, AwardSum, AwardText

HUNDRED = Decimal(100)


class SalesIncentiveAwardLine(models.Model):
    """What an award pays a person, and why: also those who get nothing.

    Only code writes it. It keeps the figures of the day on which it was computed.
    """

    _name = "sales.incentive.award.line"
    _inherit = "sales.guard.mixin"
    _description = "Award of a Person"
    _order = "award_id desc, payee, id"
    # It is named after its award, see display_name.
    _rec_names_search = ["payee"]

    award_id = fields.Many2one(
        comodel_name="sales.incentive.award",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(related="award_id.company_id", store=True, index=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    state = fields.Selection(
        related="award_id.state", string="Status", store=True, index=True
    )
    # People read their line, but not the award of all.
    period_id = fields.Many2one(related="award_id.period_id", store=True, index=True)
    is_confidential = fields.Boolean(related="award_id.is_confidential", store=True)
    award_base = fields.Selection(related="award_id.award_base")
    assignment_id = fields.Many2one(
        comodel_name="sales.incentive.assignment",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    user_id = fields.Many2one(
        related="assignment_id.user_id", string="Person", store=True, index=True
    )
    payee = fields.Char(string="Paid To", compute="_compute_payee", store=True)
    appraisal_id = fields.Many2one(
        comodel_name="sales.appraisal",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
    )
    grade_name = fields.Char(string="Grade", readonly=True)
    base = fields.Monetary(
        string="Paid By",
        readonly=True,
        aggregator=None,
        help="Wage or value of a month, or target incentive.",
    )
    rate = fields.Float(
        string="Months or Percent", digits=0, readonly=True, aggregator=None
    )
    factor = fields.Float(
        string="Company Factor", digits=(16, 2), readonly=True, aggregator=None
    )
    days = fields.Integer(
        readonly=True, aggregator=None, help="Days of the assignment in the cycle."
    )
    year_days = fields.Integer(
        string="Days of the Year", readonly=True, aggregator=None
    )
    award = fields.Monetary(
        string="In All",
        readonly=True,
        help="Paid By × months or percent × factor × days ÷ days of year",
    )
    before = fields.Monetary(
        string="Awarded Before",
        readonly=True,
        help="By earlier awards of the same appraisals, e.g. before a grade was"
        " corrected.",
    )
    amount = fields.Monetary(readonly=True, help="What this award adds.")
    explanation = fields.Char(compute="_compute_explanation")

    _person_uniq = models.Constraint(
        "UNIQUE (award_id, assignment_id)", "An award pays an assignment once."
    )

    @api.depends("assignment_id")
    def _compute_payee(self):
        for line in self:
            line.payee = line.assignment_id._get_payee_name()

    @api.depends("award_id", "grade_name")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for line in self:
            # sudo: who reads the line reads what award it belongs to.
            award = line.sudo().award_id
            line.display_name = award.display_name

    @api.depends("base", "rate", "factor", "days", "year_days", "grade_name", "before")
    @api.depends_context("lang")
    def _compute_explanation(self):
        for line in self:
            line.explanation = line._explain()

    def _explain(self):
        """:return: why it is so much, in one sentence"""
        if not self.grade_name:
            return self.env._("No grade, so there is no award")
        if not self.rate:
            return self.env._("Grade %s: no award", self.grade_name)
        text = AwardText(self.env, self.award_base == "incentive")
        formula = text.write_formula(self._get_terms(), self.currency_id)
        if self.before:
            formula = self.env._(
                "%(formula)s, less %(before)s",
                formula=formula,
                before=self._write_money(self.before),
            )
        return self.env._(
            "Grade %(grade)s: %(formula)s", grade=self.grade_name, formula=formula
        )

    def _write_money(self, amount):
        return formatLang(self.env, amount, currency_obj=self.currency_id)

    def _get_terms(self):
        """:return: the :class:`.AwardSum` of the line"""
        self.ensure_one()
        share = HUNDRED if self.award_base == "incentive" else 1
        rate = Decimal(str(self.rate)) / share
        return AwardSum.of(self.base, rate, self.factor, self.days, self.year_days)

    def _make_grant(self):
        """:return: what the line adds to its month"""
        return AwardGrant(Decimal(str(self.amount)), self._get_terms(), self.id)
