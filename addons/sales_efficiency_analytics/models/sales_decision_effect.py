# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.tools import format_amount, format_date, formatLang

from odoo.addons.sales_efficiency_base.tools import open_records

from ..engine.decision import KnownFloat, aggregate_known
from ..engine.verdicts.effect import EffectVerdict


class SalesDecisionEffect(models.Model):
    """What a decision was found to have brought: one version a measurement.

    Figures are means of those affected. Words follow from ``result`` in the language of
    the reader.
    """

    _name = "sales.decision.effect"
    _inherit = "sales.guard.mixin"
    _description = "Effect of a Decision"
    _order = "decision_id desc, version desc"

    decision_id = fields.Many2one(
        comodel_name="sales.decision",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(
        related="decision_id.company_id", store=True, index=True
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    kind = fields.Selection(related="decision_id.kind", store=True)
    metric_id = fields.Many2one(related="decision_id.metric_id", store=True)
    metric_unit = fields.Selection(related="metric_id.unit", string="Unit")
    version = fields.Integer(readonly=True, aggregator=None)
    date = fields.Date(string="Measured On", readonly=True)
    verdict = fields.Selection(
        selection=[
            ("helped", "Helped"),
            ("did_not", "Did Not Help"),
            ("unknown", "Cannot Be Told"),
        ],
        readonly=True,
    )
    check = fields.Selection(
        selection=[
            ("passed", "Both sides ran alike"),
            ("failed", "They ran differently"),
            ("not_made", "Not checked"),
        ],
        string="Months Before",
        readonly=True,
    )
    result = fields.Json(
        readonly=True,
        export_string_translation=False,
        help="All that the method has found.",
    )
    fingerprint = fields.Char(
        readonly=True,
        export_string_translation=False,
        help="Of the figures it was measured by.",
    )
    affected_count = fields.Integer(string="Affected", readonly=True, aggregator=None)
    compared_count = fields.Integer(string="Compared", readonly=True, aggregator=None)
    value_before = fields.Float(
        string="Before", digits=0, readonly=True, aggregator=None
    )
    value_after = fields.Float(string="After", digits=0, readonly=True, aggregator=None)
    change = fields.Float(digits=0, readonly=True, aggregator=None)
    compared_change = fields.Float(
        string="Change of the Others", digits=0, readonly=True, aggregator=None
    )
    has_effect = fields.Boolean(readonly=True, export_string_translation=False)
    effect = KnownFloat(
        known_by="has_effect",
        string="Due to the Decision",
        digits=0,
        readonly=True,
        aggregator=None,
        help="Change of those affected less that of the others, for each one affected.",
    )
    has_percent = fields.Boolean(readonly=True, export_string_translation=False)
    effect_percent = KnownFloat(
        known_by="has_percent",
        string="Effect (%)",
        digits=(16, 2),
        readonly=True,
        aggregator="avg",
        help="Of what would have come without the decision.",
    )
    effect_total = fields.Float(
        string="Effect in All", digits=0, readonly=True, aggregator=None
    )
    has_interval = fields.Boolean(readonly=True, export_string_translation=False)
    effect_low = KnownFloat(
        known_by="has_interval",
        string="At Least (95 %)",
        digits=0,
        readonly=True,
        aggregator=None,
    )
    effect_high = KnownFloat(
        known_by="has_interval",
        string="At Most (95 %)",
        digits=0,
        readonly=True,
        aggregator=None,
    )
    p_percent = KnownFloat(
        known_by="has_interval",
        string="Placebo p (%)",
        digits=(16, 2),
        readonly=True,
        aggregator=None,
        help="How many of the ways to choose as many at random show as much.",
    )
    cost = fields.Monetary(readonly=True)
    is_cost_spent = fields.Boolean(readonly=True, export_string_translation=False)
    has_margin = fields.Boolean(readonly=True, export_string_translation=False)
    margin = fields.Monetary(
        string="Margin Due to It",
        readonly=True,
        help="Effect in all, at the margin rate of those affected since the start.",
    )
    has_roi = fields.Boolean(readonly=True, export_string_translation=False)
    roi = KnownFloat(
        known_by="has_roi",
        string="ROI (%)",
        digits=(16, 1),
        readonly=True,
        aggregator="avg",
        help="(Margin due to it − cost) ÷ cost",
    )
    headline = fields.Char(compute="_compute_texts")
    explanation = fields.Text(string="In Words", compute="_compute_texts")
    point_ids = fields.One2many(
        comodel_name="sales.decision.point",
        inverse_name="effect_id",
        string="Months",
        readonly=True,
    )

    _version_uniq = models.Constraint(
        "UNIQUE (decision_id, version)",
        "This version of the effect was measured already. Reload the page.",
    )

    @api.depends("decision_id.name", "version")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for effect in self:
            effect.display_name = self.env._(
                "%(decision)s, measurement %(version)s",
                decision=effect.decision_id.name or "",
                version=effect.version,
            )

    @api.depends("result")
    @api.depends_context("lang")
    def _compute_texts(self):
        for effect in self:
            if not effect.result:
                effect.headline = effect.explanation = False
                continue
            verdict = effect._get_verdict()
            effect.headline = verdict.headline()
            effect.explanation = "\n".join(
                filter(
                    None,
                    (
                        *verdict.sentences()[1:],
                        effect._get_return_sentence(),
                        effect._get_late_sentence(),
                    ),
                )
            )

    def _read_group_select(self, aggregate_spec, query):
        aggregate = super()._read_group_select(aggregate_spec, query)
        return aggregate_known(self, aggregate_spec, query, aggregate)

    # ------------------------------------------------------------------
    # Words
    # ------------------------------------------------------------------

    def _get_verdict(self):
        self.ensure_one()
        env = self.with_company(self.company_id).env
        metric = self.metric_id
        return EffectVerdict(
            env, self.result, {"after": metric.name}, {"after": metric.unit}
        )

    def _format_change(self, name):
        """:return: a difference, with its sign, in the unit of the metric"""
        value = self[name]
        metric = self.metric_id.with_company(self.company_id)
        sign = "+" if value > 0 else ""
        return sign + metric._format(value, is_difference=True)

    def _get_return_sentence(self):
        """:return: what came back for the cost, in words"""
        if not self.has_margin or not self.cost:
            return ""
        values = {
            "margin": format_amount(self.env, self.margin, self.currency_id),
            "cost": format_amount(self.env, self.cost, self.currency_id),
            "roi": formatLang(self.env, self.roi, digits=1),
        }
        if self.is_cost_spent:
            return self.env._(
                "The difference in all is worth a margin of %(margin)s; %(cost)s was"
                " spent: a return of %(roi)s %%.",
                **values,
            )
        return self.env._(
            "The difference in all is worth a margin of %(margin)s; the planned cost is"
            " %(cost)s: a return of %(roi)s %%.",
            **values,
        )

    def _get_late_sentence(self):
        decision = self.decision_id
        if not decision.date_frozen or decision.date_frozen <= decision.date_start:
            return ""
        return self.env._(
            "It was submitted on %s, after it had started: what was expected may have"
            " been chosen with the first figures in sight.",
            format_date(self.env, decision.date_frozen),
        )

    # ------------------------------------------------------------------
    # Months
    # ------------------------------------------------------------------

    @api.readonly
    def action_open_points(self):
        """Show both sides by month, before and after the start."""
        return self._get_points_action()

    def _get_points_action(self):
        self.check_access("read")
        return open_records(
            self.env,
            "sales_efficiency_analytics.sales_decision_point_action",
            [("effect_id", "in", self.ids)],
            name=self.decision_id.display_name,
        )

    def _create_points(self, points):
        """Keep the months of both sides.

        :param points: see ``DecisionFigures.get_points``
        """
        self.ensure_one()
        self.env["sales.decision.point"].create(
            [
                {
                    "effect_id": self.id,
                    "month": month,
                    "side": "affected" if is_affected else "compared",
                    "value": value,
                    "is_after": is_after,
                }
                for month, is_affected, value, is_after in points
            ]
        )
