# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..engine.study import MONTH

USUAL_MONTHS = 24
# Two years are learnt from, and the following ones show which method forecasts best.
MONTHS_TO_FORECAST = 60


class SalesStudyMixin(models.AbstractModel):
    """What is asked: a method, metrics, and what each row of the data is.

    Studies have it, and the ready questions that studies are made from.
    """

    _name = "sales.study.mixin"
    _description = "Question about Sales Figures"

    method = fields.Selection(
        selection=[
            ("descriptive", "Describe and Rank"),
            ("correlation", "Find What Goes Together"),
            ("trend", "Find the Trend"),
            ("forecast", "Forecast"),
            ("regression", "Explain by Other Metrics"),
            ("cluster", "Find Groups"),
        ],
        required=True,
        default="descriptive",
    )
    metric_id = fields.Many2one(
        comodel_name="sales.metric",
        index=True,
        ondelete="restrict",
        check_company=True,
        required=True,
        help="The metric asked about. It is explained by the others, and groups are in"
        " the order of it.",
    )
    metric_ids = fields.Many2many(
        comodel_name="sales.metric",
        string="Other Metrics",
        check_company=True,
    )
    rows = fields.Selection(
        selection="_selection_rows",
        string="One Row for Each",
        required=True,
        default=MONTH,
        help="What the figures are compared of.",
    )
    month_count = fields.Integer(
        string="Number of Months",
        required=True,
        compute="_compute_month_count",
        store=True,
        readonly=False,
        precompute=True,
        help="Whole months up to the last one. A month that still runs is shown apart.",
    )
    threshold = fields.Float(
        string="Share of Class A (%)",
        digits=(5, 1),
        default=80,
        aggregator=None,
        help="The largest rows that make so much of the total are class A.",
    )
    is_workday_adjusted = fields.Boolean(
        string="Per Working Day",
        help="Months with fewer working days are not taken for weaker ones.",
    )
    horizon = fields.Integer(string="Months Ahead", default=3, required=True)
    is_robust = fields.Boolean(
        string="Robust Errors (HC3)",
        help="Use it where the spread grows with the values.",
    )
    is_log = fields.Boolean(
        string="On a Log Scale",
        help="Use it where a few rows are many times larger than the others. There"
        " must be no negative values.",
    )
    group_count = fields.Integer(
        string="Number of Groups",
        aggregator=None,
        help="2 to 8. 0: as many as set themselves apart best.",
    )

    # ------------------------------------------------------------------
    # Fields
    # ------------------------------------------------------------------

    @api.model
    def _selection_rows(self):
        """Months, and each dimension of figures; add-ons may bring further ones."""
        facts = self.env["sales.fact"]
        plurals = facts._get_plurals()
        return [
            (MONTH, self.env._("Months")),
            *(
                (
                    name,
                    plurals.get(name)
                    or facts._fields[name]._description_string(self.env),
                )
                for name in facts._get_dimensions()
            ),
        ]

    @api.model
    def _get_question_fields(self):
        """:return: names of the fields that make up a question"""
        return [
            name
            for name, field in self._fields.items()
            if name in self.env["sales.study.mixin"]._fields
            and name not in models.MAGIC_COLUMNS
            and field.store
        ]

    @api.model
    def _get_series_methods(self):
        """:return: the methods that follow months"""
        return ("trend", "forecast")

    @api.model
    def _get_joint_methods(self):
        """:return: the methods that look at several metrics together"""
        return ("correlation", "regression", "cluster")

    @api.depends("method")
    def _compute_month_count(self):
        """Keep a number of months that somebody has chosen."""
        usual = (0, USUAL_MONTHS, MONTHS_TO_FORECAST)
        for question in self:
            count = question.month_count
            if count in usual:
                is_forecast = question.method == "forecast"
                count = MONTHS_TO_FORECAST if is_forecast else USUAL_MONTHS
            question.month_count = count

    # ------------------------------------------------------------------
    # Constraints
    # ------------------------------------------------------------------

    @api.constrains("method", "rows")
    def _check_rows(self):
        for question in self:
            if question.method == "cluster" and question.rows == MONTH:
                raise ValidationError(
                    self.env._(
                        "Groups are of customers, people or the like: months do not"
                        " form groups. Choose something else."
                    )
                )

    @api.constrains("method", "metric_id", "metric_ids")
    def _check_metrics(self):
        for question in self:
            others = question.metric_ids
            if question.method in self._get_joint_methods() and not others:
                raise ValidationError(
                    self.env._(
                        "Choose at least one other metric: %(metric)s alone cannot be"
                        " compared.",
                        metric=question.metric_id.name,
                    )
                )
            if question.metric_id in others:
                raise ValidationError(
                    self.env._(
                        "%(metric)s is named twice. Remove it from the other metrics.",
                        metric=question.metric_id.name,
                    )
                )
            (question.metric_id | others)._check_can_study()

    @api.constrains("month_count", "threshold", "horizon", "group_count")
    def _check_options(self):
        limits = {
            "month_count": (1, 120),
            "threshold": (1, 95),
            "horizon": (1, 12),
            "group_count": (2, 8),
        }
        for question in self:
            for name, (least, most) in limits.items():
                is_chosen = name != "group_count" or question[name]
                if is_chosen and not least <= question[name] <= most:
                    raise ValidationError(
                        self.env._(
                            "%(field)s: enter a number from %(least)s to %(most)s.",
                            field=self._fields[name]._description_string(self.env),
                            least=least,
                            most=most,
                        )
                    )

    # ------------------------------------------------------------------
    # Business methods
    # ------------------------------------------------------------------

    def _get_rows(self):
        """:return: what the rows are: trends and forecasts follow months"""
        self.ensure_one()
        return MONTH if self.method in self._get_series_methods() else self.rows

    def _get_metrics(self):
        """:return: the metrics that the method looks at, the main one first"""
        self.ensure_one()
        is_joint = self.method in self._get_joint_methods()
        return self.metric_id | self.metric_ids if is_joint else self.metric_id

    def _get_options(self):
        """:return: what the method is told, see the modules of ``engine/methods``"""
        self.ensure_one()
        return getattr(self, f"_get_options_{self.method}")()

    def _get_options_descriptive(self):
        # A month without sales counts, a customer without an order does not.
        return {"threshold": self.threshold, "zeros": self._get_rows() == MONTH}

    def _get_options_correlation(self):
        return {}

    def _get_options_trend(self):
        # The days of each month are counted when it is answered.
        return {"working_days": {}} if self.is_workday_adjusted else {}

    def _get_options_forecast(self):
        return {"horizon": self.horizon}

    def _get_options_regression(self):
        return {"target": self.metric_id._get_column(), "robust": self.is_robust}

    def _get_options_cluster(self):
        return {
            "order_by": self.metric_id._get_column(),
            "log": self.is_log,
            "seed": 0,
            **(
                {"k_min": self.group_count, "k_max": self.group_count}
                if self.group_count
                else {}
            ),
        }
