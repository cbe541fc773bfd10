# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.tools import format_date, format_list, formatLang

from odoo.addons.sales_efficiency_base.tools import open_records


class ResPartner(models.Model):
    """The class and the grade of customers; the grade is written by the grading alone.

    A class set by hand no longer follows the rules.
    """

    # pylint: disable-next=consider-merging-classes-inherited
    _inherit = "res.partner"

    sales_class_manual = fields.Boolean(
        string="Class Set by Hand",
        company_dependent=True,
        prefetch="sales_standing",
        copy=False,
        groups="sales_efficiency_base.group_sales_person",
        help="The class was set by hand and no longer follows the rules of classes.",
    )
    sales_score_ids = fields.Many2many(
        comodel_name="sales.customer.score",
        string="Scores",
        compute="_compute_sales_standing",
        groups="sales_efficiency_base.group_sales_person",
    )
    sales_grade_reason = fields.Char(
        string="Why This Grade",
        compute="_compute_sales_standing",
        groups="sales_efficiency_base.group_sales_person",
    )

    @api.depends("sales_grade_id")
    @api.depends_context("company", "uid", "lang")
    def _compute_sales_standing(self):
        """Tell those who may see the customer's figures why it has its grade."""
        results = self.env["sales.grading.result"]._get_latest(self)
        periods = self.env["sales.customer.grade"]._get_periods(
            self, self.env.company._get_sales_today()
        )
        for partner in self:
            result = results.get(partner._origin, self.env["sales.grading.result"])
            period = periods.get(partner._origin, self.env["sales.customer.grade"])
            partner.sales_score_ids = result.score_ids
            partner.sales_grade_reason = partner._explain_grade(result, period)

    def _explain_grade(self, result, period):
        if not result:
            return False
        sentences = [
            self.env._(
                "%(score)s points on %(day)s: grade %(grade)s.",
                score=formatLang(self.env, result.score, digits=2),
                day=format_date(self.env, result.date),
                grade=result.grade_id.name,
            )
        ]
        if result.is_kept:
            sentences.append(
                self.env._(
                    "It stays there, as the score is less than %(tolerance)s points"
                    " below %(threshold)s.",
                    tolerance=formatLang(
                        self.env, result.run_id.grading_id.tolerance, digits=0
                    ),
                    threshold=formatLang(self.env, result.grade_id.threshold, digits=2),
                )
            )
        if missing := result.missing_criterion_ids:
            sentences.append(
                self.env._(
                    "Left out, without a value: %s.",
                    format_list(self.env, missing.mapped("name")),
                )
            )
        if override := period.override_id:
            sentences.append(
                self.env._(
                    "Overridden with %(grade)s until %(day)s.",
                    grade=period.grade_id.name,
                    day=format_date(self.env, override.date_to),
                )
            )
        return " ".join(sentences)

    # ------------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------------

    @api.model
    def default_get(self, fields):
        values = super().default_get(fields)
        values.pop("sales_grade_id", None)  # whatever a client proposes
        return values

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su and any(vals.get("sales_grade_id") for vals in vals_list):
            self._refuse_grade()
        return super().create([self._mark_class(vals) for vals in vals_list])

    def write(self, vals):
        if "sales_grade_id" in vals and not self.env.su:
            self._check_grade(vals["sales_grade_id"])
        return super().write(self._mark_class(vals))

    @api.model
    def _mark_class(self, vals):
        """Note that a class is set by hand; without class, the rules decide again."""
        if "sales_class_id" in vals and "sales_class_manual" not in vals:
            return {**vals, "sales_class_manual": bool(vals["sales_class_id"])}
        return vals

    def _check_grade(self, grade_id):
        # Merging contacts writes what is there already.
        if any(partner.sales_grade_id.id != (grade_id or False) for partner in self):
            self._refuse_grade()

    def _refuse_grade(self):
        raise AccessError(
            self.env._("Customers are graded by a run. To deviate, override the grade.")
        )

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    @api.readonly
    def action_open_sales_grades(self):
        """Open the grades of the customer over time."""
        self.ensure_one()
        return open_records(
            self.env,
            "sales_efficiency_resource.sales_customer_grade_history_action",
            [("partner_id", "=", self.commercial_partner_id.id)],
        )
