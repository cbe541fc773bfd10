# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import formatLang

from odoo.addons.sales_efficiency_base.tools import add_up

from .sales_appraisal_kind_mixin import RATED

RHYTHMS = [("month", "Month"), ("quarter", "Quarter"), ("year", "Year")]
# KPI of ready templates that another add-on measures: code, and percent to reach
REPORTS = ("weekly_reports_on_time", 95)
# Ready templates: whose weight of which KPI goes to the reports, and how much of it
READY = {
    "sales_appraisal_template_person": ("sales_appraisal_kpi_ordered_amount", 10),
    "sales_appraisal_template_support": ("sales_appraisal_kpi_support_csat", 20),
}


class SalesAppraisalTemplate(models.Model):
    """By what the people of a job are appraised (policy 4.3.1 and 4.3.2).

    Appraisals keep the weights of the day on which they were made, see
    ``_take_template`` of ``sales.appraisal``.
    """

    _name = "sales.appraisal.template"
    _inherit = ["sales.guard.mixin", "sales.weights.mixin"]
    _description = "Appraisal Template"
    _order = "sequence, name, id"
    _check_company_auto = True

    name = fields.Char(required=True, translate=True)
    active = fields.Boolean(default=True)
    sequence = fields.Integer(default=10)
    company_id = fields.Many2one(
        comodel_name="res.company",
        index=True,
        default=lambda self: self.env.company,
        help="Templates without company are for the jobs that have none of their own"
        " in their company.",
    )
    rhythm = fields.Selection(
        selection=RHYTHMS,
        string="Period",
        help="Only cycles of this rhythm use the template. Needed for values to reach"
        " that depend on the time, as an amount does.",
    )
    job_ids = fields.Many2many(
        comodel_name="hr.job",
        string="Jobs",
        check_company=True,
        help="Leave empty for everybody whose job has no template of its own.",
    )
    is_for_support = fields.Boolean(
        string="Sales Support",
        help="For sales support whose jobs have no template of their own.",
    )
    min_raters = fields.Integer(
        string="Fewest Raters",
        default=3,
        required=True,
        help="With fewer peers, customers or direct reports their part does not"
        " count: nobody must be able to tell who has said what.",
    )
    kpi_ids = fields.One2many(
        comodel_name="sales.appraisal.template.kpi",
        inverse_name="template_id",
        string="KPIs",
        copy=True,
    )
    part_ids = fields.One2many(
        comodel_name="sales.appraisal.template.part",
        inverse_name="template_id",
        string="Parts",
        copy=True,
    )
    criterion_ids = fields.One2many(
        comodel_name="sales.appraisal.criterion",
        inverse_name="template_id",
        string="Criteria",
        copy=True,
    )
    # Counts the changes of the lines: appraisals know whether theirs is the latest.
    version = fields.Integer(default=1, required=True, readonly=True, copy=False)
    outdated_count = fields.Integer(compute="_compute_outdated_count")

    _min_raters_range = models.Constraint(
        "CHECK (min_raters BETWEEN 3 AND 20)",
        "The fewest raters are between 3 and 20: one of two could tell what the other"
        " has said.",
    )

    # ------------------------------------------------------------------
    # Computed fields
    # ------------------------------------------------------------------

    @api.depends("version")
    def _compute_outdated_count(self):
        """Count the open appraisals that the latest changes do not concern."""
        # sudo: only a number.
        outdated = self.env["sales.appraisal"].sudo()._find_outdated(self)
        counts = outdated.grouped("template_id")
        for template in self:
            template.outdated_count = len(counts.get(template, ()))

    # ------------------------------------------------------------------
    # Constraints
    # ------------------------------------------------------------------

    @api.constrains("active", "company_id", "rhythm", "job_ids", "is_for_support")
    def _check_jobs(self):
        for template in self.filtered("active"):
            others = self.sudo().search(  # sudo: for whom there are templates.
                [
                    ("id", "!=", template.id),
                    ("company_id", "=", template.company_id.id),
                    ("rhythm", "=", template.rhythm),
                ]
            )
            whom = template._get_whom()
            others = others.filtered(lambda other, whom=whom: other._get_whom() & whom)
            if others:
                raise ValidationError(
                    self.env._(
                        "%(other)s is for the same people. A job has one template for"
                        " a period.",
                        other=others[0].name,
                    )
                )

    @api.constrains("kpi_ids", "rhythm")
    def _check_period(self):
        """A goal has a period (SMART, policy 4.3.1)."""
        for template in self.filtered(lambda template: not template.rhythm):
            if kpis := template.kpi_ids.filtered("needs_period"):
                raise ValidationError(
                    self.env._(
                        "In which time is %(kpi)s to be reached? Choose the period of"
                        " %(template)s.",
                        kpi=kpis[0].display_name,
                        template=template.name,
                    )
                )

    @api.constrains("kpi_ids", "part_ids", "criterion_ids")
    def _check_weights(self):
        for template in self:
            template._check_sum(self.env._("parts"), template.part_ids)
            kinds = template.part_ids.mapped("kind")
            if "kpi" in kinds:
                template._check_sum(self.env._("KPIs"), template.kpi_ids)
            labels = dict(template.part_ids._selection_kind())
            for kind in kinds:
                if kind in RATED:
                    criteria = template.criterion_ids._filter_kind(kind)
                    template._check_sum(
                        self.env._("criteria of %s", labels[kind]), criteria
                    )

    def _check_sum(self, what, lines):
        weights = lines.mapped("weight")
        if not add_up(weights):
            raise ValidationError(
                self.env._(
                    "The weights of the %(what)s in %(template)s add up to %(sum)s."
                    " They must be 100.00 together.",
                    what=what,
                    template=self.name,
                    sum=formatLang(self.env, sum(weights), digits=2),
                )
            )

    # ------------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        templates = super().create(vals_list)
        templates._check_later()
        return templates

    def write(self, vals):
        res = super().write(vals)
        if "min_raters" in vals:
            self._after_change()
        return res

    def copy_data(self, default=None):
        """A copy is for no job yet, and not in use."""
        return [
            {
                **vals,
                "name": self.env._("%s (copy)", template.name),
                "job_ids": False,
                "is_for_support": False,
                "active": False,
                **(default or {}),
            }
            for template, vals in zip(self, super().copy_data(default), strict=True)
        ]

    # ------------------------------------------------------------------
    # Business methods
    # ------------------------------------------------------------------

    def _get_whom(self):
        """:return: set of what says whom the template is for: ids of jobs, the role of
        sales support, or False for all others"""
        self.ensure_one()
        whom = {*self.job_ids.ids}
        if self.is_for_support:
            whom.add(self.env.ref("sales_efficiency_base.group_sales_support"))
        return whom or {False}

    def _after_change(self):
        """Let open appraisals know of changed lines, and check these."""
        for template in self:
            # sudo: the system counts.
            template.sudo().version += 1
        self._check_later()

    def _check_criteria(self):
        res = super()._check_criteria()
        self._check_period()
        return res

    @api.model
    def _add_ready_report_kpis(self):
        """Have ready templates count weekly reports on time, if these are installed.

        Templates that somebody has changed are left alone.
        """
        code, value = REPORTS
        metric = self.env["sales.metric"].search(
            [("code", "=", code), ("company_id", "=", False)], limit=1
        )
        for name, (source, weight) in READY.items():
            template, kpi = (
                self.env.ref(f"sales_efficiency_team.{xmlid}", False)
                for xmlid in (name, source)
            )
            if metric and template and kpi and template._is_as_delivered():
                kpi.weight -= weight
                kpi.copy(
                    {
                        "metric_id": metric.id,
                        "measures": "own",
                        "target_from": "value",
                        "target_value": value,
                        "weight": weight,
                        "sequence": max(template.kpi_ids.mapped("sequence")) + 1,
                    }
                )

    def _is_as_delivered(self):
        """:return: whether nobody has changed the template, nor has it been extended"""
        kpis = self.kpi_ids
        writers = self.write_uid | kpis.write_uid
        is_there = REPORTS[0] in kpis.metric_id.mapped("code")
        return writers.ids == [SUPERUSER_ID] and not is_there

    @api.model
    def _find_templates(self, company, rhythm):
        """Return the templates for a cycle, those of the company before shared ones,
        and those of the rhythm before those of any.

        :return: dict of job id, role, or False for all others → template
        """
        found = self.search(
            [
                ("company_id", "in", (False, company.id)),
                ("rhythm", "in", (False, rhythm)),
            ]
        )
        found._check_weights()
        return {
            whom: template
            for template in found.sorted(lambda t: (bool(t.company_id), bool(t.rhythm)))
            for whom in template._get_whom()
        }
