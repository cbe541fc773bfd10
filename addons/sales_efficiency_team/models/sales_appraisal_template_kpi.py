# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..engine import KpiRecord

# Whose figures a KPI measures
FIGURES_OF = [
    ("own", "Own sales"),
    ("team", "Teams led"),
    ("served", "Teams served"),
]


class SalesAppraisalTemplateKpi(models.Model):
    """A KPI: what is measured, against what, for the period of the template."""

    _name = "sales.appraisal.template.kpi"
    _inherit = "sales.appraisal.line.mixin"
    _description = "KPI of an Appraisal Template"
    _check_company_auto = True

    metric_id = fields.Many2one(
        comodel_name="sales.metric",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
    )
    measures = fields.Selection(
        selection=FIGURES_OF,
        string="Figures Of",
        required=True,
        default="own",
        help="Leaders are measured by the teams that they lead, sales support by those"
        " that they serve.",
    )
    target_from = fields.Selection(
        selection=[("target", "The person's target"), ("value", "A value")],
        string="Target",
        required=True,
        default="target",
    )
    target_value = fields.Float(
        string="Value to Reach", digits=0, aggregator=None, help="For a whole period."
    )
    threshold = fields.Float(
        string="Threshold (%)",
        digits=(5, 2),
        aggregator=None,
        help="An attainment below it scores 0.",
    )
    cap = fields.Float(
        string="Cap (%)",
        digits=(5, 2),
        default=120.0,
        aggregator=None,
        help="The highest possible score.",
    )
    needs_period = fields.Boolean(compute="_compute_needs_period")
    # It tells the best figure of all: for those who set the values.
    question = fields.Char(
        compute="_compute_question",
        groups="sales_efficiency_base.group_sales_director",
    )

    _metric_uniq = models.UniqueIndex(
        "(template_id, metric_id, measures)", "A template has each KPI once."
    )
    _weight_range = models.Constraint(
        "CHECK (weight > 0 AND weight <= 100)",
        "A KPI weighs more than 0 and at most 100 %.",
    )
    _limits = models.Constraint(
        "CHECK (threshold >= 0 AND cap >= 100 AND cap <= 500 AND threshold <= 100)",
        "The threshold of a KPI is between 0 and 100 %, its cap between 100 and 500 %.",
    )

    # ------------------------------------------------------------------
    # Computed fields
    # ------------------------------------------------------------------

    @api.depends("metric_id")
    def _compute_display_name(self):
        for kpi in self:
            kpi.display_name = kpi.metric_id.display_name

    @api.depends("metric_id", "target_from")
    def _compute_needs_period(self):
        """What adds up needs a time to reach it in: an amount does, a rate does not."""
        for kpi in self:
            metric = kpi.metric_id.sudo()  # sudo: only its kind; HR reads no metrics
            is_value = kpi.target_from == "value"
            kpi.needs_period = is_value and metric and metric._is_additive()

    @api.depends(
        "metric_id", "measures", "target_from", "target_value", "template_id.rhythm"
    )
    @api.depends_context("lang")
    def _compute_question(self):
        """Question a value far above what anybody has ever reached."""
        records = KpiRecord(self).find()
        for kpi in self:
            kpi.question = records.get(kpi) and self.env._(
                "Nobody has ever reached more than %(best)s. Is this achievable?",
                best=kpi.metric_id.sudo()._format(records[kpi]),  # sudo: its unit
            )

    # ------------------------------------------------------------------
    # Constraints
    # ------------------------------------------------------------------

    @api.constrains("metric_id", "target_from", "target_value")
    def _check_target(self):
        """A goal has a metric, a target and a period (SMART, policy 4.3.1)."""
        for kpi in self:
            if kpi.target_from == "value" and kpi.target_value <= 0:
                raise ValidationError(
                    self.env._(
                        "%(kpi)s has nothing to reach: enter a value above 0, or take"
                        " the target of each person.",
                        kpi=kpi.metric_id.name,
                    )
                )
