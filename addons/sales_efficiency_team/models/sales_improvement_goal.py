# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.sales_efficiency_base.tools import Period

from .sales_appraisal_template_kpi import FIGURES_OF


class SalesImprovementGoal(models.Model):
    """A KPI and the value to reach of it until the end of an improvement plan."""

    _name = "sales.improvement.goal"
    _inherit = "sales.guard.mixin"
    _description = "Goal of an Improvement Plan"
    _order = "plan_id, is_extension, sequence, id"
    _check_company_auto = True
    _fixed_fields = ("plan_id",)

    plan_id = fields.Many2one(
        comodel_name="sales.improvement.plan",
        required=True,
        index=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(related="plan_id.company_id")
    user_id = fields.Many2one(related="plan_id.user_id", string="Person")
    sequence = fields.Integer(default=10)
    metric_id = fields.Many2one(
        comodel_name="sales.metric",
        string="KPI",
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
    )
    is_extension = fields.Boolean(string="Extension", readonly=True, copy=False)
    before = fields.Float(
        string="Last Reached",
        digits=0,
        readonly=True,
        aggregator=None,
        help="In the appraisal.",
    )
    target = fields.Float(
        string="To Reach",
        digits=0,
        required=True,
        aggregator=None,
        help="From the first to the last day of the plan.",
    )
    actual = fields.Float(
        string="Reached", digits=0, readonly=True, copy=False, aggregator=None
    )
    is_measured = fields.Boolean(string="Measured", readonly=True, copy=False)
    is_reached = fields.Boolean(string="Goal Reached", readonly=True, copy=False)
    date_from = fields.Date(string="From", compute="_compute_dates")
    date_to = fields.Date(string="To", compute="_compute_dates")
    target_text = fields.Char(string="Value to Reach", compute="_compute_texts")
    before_text = fields.Char(string="Last Time", compute="_compute_texts")
    actual_text = fields.Char(string="Reached So Far", compute="_compute_texts")

    _target_positive = models.Constraint(
        "CHECK (target > 0)", "Enter the value to reach: it is above 0."
    )
    _metric_uniq = models.UniqueIndex(
        "(plan_id, metric_id, measures, COALESCE(is_extension, FALSE))",
        "A plan has each KPI once.",
    )

    # ------------------------------------------------------------------
    # Computed fields
    # ------------------------------------------------------------------

    @api.depends("metric_id")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for goal in self:
            goal.display_name = goal.metric_id.sudo().name  # sudo: see _compute_texts

    @api.depends(
        "is_extension", "plan_id.date_from", "plan_id.date_to", "plan_id.extended_to"
    )
    def _compute_dates(self):
        for goal in self:
            plan = goal.plan_id
            goal.date_from, goal.date_to = plan.date_from, plan.date_to
            if goal.is_extension:
                goal.date_from = plan.date_to + timedelta(days=1)
                goal.date_to = plan.extended_to

    @api.depends("metric_id", "target", "before", "actual", "is_measured")
    @api.depends_context("lang")
    def _compute_texts(self):
        for goal in self:
            # sudo: the unit of a metric; whoever coaches may not read it.
            metric = goal.metric_id.sudo().with_company(goal.company_id)
            known = metric and goal.is_measured
            goal.target_text = metric and metric._format(goal.target)
            goal.before_text = metric and goal.before and metric._format(goal.before)
            goal.actual_text = metric._format(goal.actual) if known else ""

    # ------------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        goals = super().create(vals_list)
        goals._check_is_draft()
        return goals

    def write(self, vals):
        self._check_is_draft()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_agreed(self):
        self._check_is_draft()

    def _check_is_draft(self):
        for plan in self.plan_id:
            if plan.state != "draft" and not self.env.su:
                raise UserError(
                    self.env._(
                        "%s is agreed or awaits approval, so its goals stay as they"
                        " are.",
                        plan.display_name,
                    )
                )

    # ------------------------------------------------------------------
    # Business methods
    # ------------------------------------------------------------------

    def _get_period(self):
        self.ensure_one()
        return Period(self.date_from, self.date_to)

    def _prepare_extension(self):
        """Return the values of the same goal for the time of an extension: of what
        adds up, as much per day."""
        self.ensure_one()
        plan = self.plan_id
        target = self.target
        if self.metric_id._is_additive():
            days = (plan.date_to - plan.date_from).days + 1
            target *= (plan.extended_to - plan.date_to).days / days
        return {
            "plan_id": plan.id,
            "sequence": self.sequence,
            "metric_id": self.metric_id.id,
            "measures": self.measures,
            "is_extension": True,
            "before": self.actual,
            "target": target,
        }
