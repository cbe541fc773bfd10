# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import ValidationError

from odoo.addons.sales_efficiency_base.tools import Period

GROUPS = [
    ("sales", "Sales"),
    ("growth", "Growth"),
    ("adaptability", "Adaptability"),
    ("coverage", "Coverage"),
    ("feedback", "Feedback"),
    ("payment", "Payment"),
]


class SalesScorecardCriterion(models.Model):
    """A metric, and how many points its value gives (policy 5.2.3)."""

    _name = "sales.scorecard.criterion"
    _inherit = "sales.guard.mixin"
    _description = "Criterion of a Scorecard"
    _order = "sequence, id"
    _rec_name = "metric_id"
    _check_company_auto = True
    _fixed_fields = ("scorecard_id",)

    scorecard_id = fields.Many2one(
        comodel_name="sales.scorecard",
        required=True,
        index=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(related="scorecard_id.company_id")
    currency_id = fields.Many2one(related="company_id.currency_id")
    sequence = fields.Integer(default=10)
    group = fields.Selection(selection=GROUPS, required=True, default="sales")
    metric_id = fields.Many2one(
        comodel_name="sales.metric",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
    )
    metric_unit = fields.Selection(related="metric_id.unit", string="Unit")
    period = fields.Selection(
        selection=[
            ("quarter", "Quarter to date"),
            ("to_date", "Year to date"),
            ("year", "12 months"),
        ],
        required=True,
        default="quarter",
        help="Up to the last day of the period that is scored.",
    )
    floor = fields.Float(
        digits=0, aggregator=None, help="Gives 0 points, as does anything worse."
    )
    goal = fields.Float(
        digits=0, aggregator=None, help="Gives 100 points, as does anything better."
    )
    weight = fields.Float(string="Weight (%)", digits=(5, 2), aggregator=None)

    _metric_uniq = models.UniqueIndex(
        "(scorecard_id, metric_id, period)",
        "A scorecard has each metric once for a period.",
    )
    _weight_range = models.Constraint(
        "CHECK (weight > 0 AND weight <= 100)",
        "A criterion weighs more than 0 and at most 100 %.",
    )

    @api.constrains("metric_id", "floor", "goal")
    def _check_goal(self):
        for criterion in self:
            metric = criterion.metric_id
            if criterion.floor == criterion.goal:
                raise ValidationError(
                    self.env._(
                        "%s has the same floor and goal. Between them, points are"
                        " counted: choose two values.",
                        metric.name,
                    )
                )
            if metric.higher_is_better != (criterion.goal > criterion.floor):
                raise ValidationError(
                    self.env._(
                        "More is better for %s: its goal must be above its floor.",
                        metric.name,
                    )
                    if metric.higher_is_better
                    else self.env._(
                        "Less is better for %s: its goal must be below its floor.",
                        metric.name,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        criteria = super().create(vals_list)
        criteria.scorecard_id._check_later()
        return criteria

    def write(self, vals):
        res = super().write(vals)
        if "weight" in vals:
            self.scorecard_id._check_later()
        return res

    def unlink(self):
        scorecards = self.scorecard_id
        res = super().unlink()
        scorecards.exists()._check_later()
        return res

    def _get_period(self, day):
        """:return: the :class:`Period` that is measured for a period ending on a day"""
        self.ensure_one()
        if self.period == "year":
            return Period.twelve_months(day)
        kind = Period.quarter if self.period == "quarter" else Period.year
        return kind(day, self.scorecard_id.company_id).until(day)
