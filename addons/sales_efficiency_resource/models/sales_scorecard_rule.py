# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import ValidationError


class SalesScorecardRule(models.Model):
    """What to do about a score: proposed with the results (policy 5.2.3)."""

    _name = "sales.scorecard.rule"
    _inherit = "sales.guard.mixin"
    _description = "Action Proposed by a Scorecard"
    _order = "sequence, id"
    _fixed_fields = ("scorecard_id",)

    name = fields.Char(string="Action", required=True, translate=True)
    sequence = fields.Integer(default=10)
    scorecard_id = fields.Many2one(
        comodel_name="sales.scorecard",
        required=True,
        index=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(related="scorecard_id.company_id")
    kind = fields.Selection(
        selection=[
            ("total", "Total below"),
            ("fall", "Total fell by at least"),
            ("points", "Points of a criterion below"),
        ],
        string="If",
        required=True,
        default="total",
    )
    criterion_id = fields.Many2one(
        comodel_name="sales.scorecard.criterion",
        index="btree_not_null",
        ondelete="cascade",
        domain="[('scorecard_id', '=', scorecard_id)]",
    )
    limit = fields.Float(
        string="Points", digits=(5, 2), required=True, default=50.0, aggregator=None
    )
    days = fields.Integer(
        string="Due after (Days)",
        required=True,
        default=14,
        aggregator=None,
        help="From the day on which the action is agreed.",
    )

    _limit_range = models.Constraint(
        'CHECK ("limit" > 0 AND "limit" <= 100)',
        "The points of a rule are more than 0 and at most 100.",
    )
    _days_range = models.Constraint(
        "CHECK (days BETWEEN 0 AND 365)",
        "An action is due after 0 to 365 days.",
    )

    @api.constrains("kind", "criterion_id", "scorecard_id")
    def _check_criterion(self):
        for rule in self.filtered(lambda rule: rule.kind == "points"):
            if rule.criterion_id.scorecard_id != rule.scorecard_id:
                raise ValidationError(
                    self.env._(
                        "Which criterion of %(scorecard)s is it? Choose it for"
                        " “%(rule)s”.",
                        scorecard=rule.scorecard_id.name,
                        rule=rule.name,
                    )
                )

    def _applies(self, total, former, points):
        """
        :param total: total of a channel or member, None if it has none
        :param former: its result before, if any
        :param points: of the criterion of the rule, None if it has none
        :return: whether the action is proposed
        """
        self.ensure_one()
        if self.kind == "points":
            return points is not None and points < self.limit
        if total is None:
            return False
        if self.kind == "total":
            return total < self.limit
        return bool(
            former and former.is_scored and round(former.total - total, 2) >= self.limit
        )
