# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models

from ..engine import KpiQuestion
from .sales_appraisal_template_kpi import FIGURES_OF


class SalesAppraisalKpi(models.Model):
    """What a person reached of a KPI. Figures are not rounded, the score is."""

    _name = "sales.appraisal.kpi"
    _inherit = "sales.appraisal.result.mixin"
    _description = "KPI of an Appraisal"
    _order = "appraisal_id, sequence, id"
    _rec_name = "name"

    sequence = fields.Integer(readonly=True)
    name = fields.Char(string="KPI", required=True, readonly=True, translate=True)
    metric_id = fields.Many2one(
        comodel_name="sales.metric",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    measures = fields.Selection(
        selection=FIGURES_OF,
        string="Figures Of",
        required=True,
        readonly=True,
    )
    target_from = fields.Selection(
        selection=[("target", "The person's target"), ("value", "A value")],
        required=True,
        readonly=True,
    )
    higher_is_better = fields.Boolean(readonly=True)
    threshold = fields.Float(digits=(5, 2), readonly=True, aggregator=None)
    cap = fields.Float(digits=(5, 2), readonly=True, aggregator=None)
    target = fields.Float(digits=0, readonly=True, aggregator=None)
    actual = fields.Float(digits=0, readonly=True, aggregator=None)
    attainment = fields.Float(
        string="Attainment (%)", digits=0, readonly=True, aggregator="avg"
    )
    missing = fields.Selection(
        selection=[("target", "No target"), ("actual", "No figure")],
        readonly=True,
        help="Why it does not count.",
    )
    target_text = fields.Char(string="To Reach", compute="_compute_texts")
    actual_text = fields.Char(string="Reached", compute="_compute_texts")

    @api.depends("target", "actual", "missing", "metric_id")
    @api.depends_context("lang")
    def _compute_texts(self):
        for kpi in self:
            # sudo: the unit of a metric; HR reads no metrics.
            metric = kpi.metric_id.sudo().with_company(kpi.company_id)
            kpi.target_text = metric._format(
                None if kpi.missing == "target" else kpi.target
            )
            kpi.actual_text = metric._format(
                None if kpi.missing == "actual" else kpi.actual
            )

    @api.readonly
    def action_open_figures(self):
        """Show the figures behind what was reached, as far as the user sees them."""
        self.ensure_one()
        return self.env["sales.fact"]._get_facts_action(
            self.display_name, self._get_question().get_facts_domain()
        )

    def _get_question(self):
        self.ensure_one()
        subject = self.appraisal_id._get_kpi_subject()
        return KpiQuestion.of_line(self, self.metric_id, subject)

    def _is_gap(self):
        """:return: whether less than the target was reached"""
        self.ensure_one()
        # An attainment without number is endless: it has a score all the same.
        is_endless = not self.attainment and self.score
        return self.is_counted and self.attainment < 100 and not is_endless

    def _prepare_goal(self, share):
        """Return the values of a goal of an improvement plan: the same target.

        :param share: of the appraisal's time that the plan takes; of what adds up, as
            much is to be reached
        """
        self.ensure_one()
        metric = self.metric_id.sudo()  # sudo: only its kind; HR reads no metrics
        return {
            "sequence": self.sequence,
            "metric_id": self.metric_id.id,
            "measures": self.measures,
            "before": self.actual,
            "target": self.target * (share if metric._is_additive() else 1),
        }

    def _get_kept_columns(self):
        return (
            *super()._get_kept_columns(),
            "name",
            "target",
            "actual",
            "attainment",
            "cap",
            "threshold",
        )
