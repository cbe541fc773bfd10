# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import ValidationError


class SalesCareerLevel(models.Model):
    """A level of a career path: its job, and what the level before it asks for."""

    _name = "sales.career.level"
    _inherit = "sales.guard.mixin"
    _description = "Career Level"
    _order = "path_id, sequence, id"
    _rec_name = "job_id"
    _check_company_auto = True
    _fixed_fields = ("path_id",)

    path_id = fields.Many2one(
        comodel_name="sales.career.path",
        required=True,
        index=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(related="path_id.company_id", store=True, index=True)
    sequence = fields.Integer(default=10)
    job_id = fields.Many2one(
        comodel_name="hr.job",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
        help="People with this job are on this level.",
    )
    months = fields.Integer(
        string="Months in the Level Before",
        aggregator=None,
        help="Whole months in the job of the level before. 0: any.",
    )
    attainment = fields.Float(
        string="Average Attainment (%)",
        digits=(16, 1),
        aggregator=None,
        help="Of the latest whole months in the level before. 0: any.",
    )
    attainment_months = fields.Integer(
        string="Average of (Months)",
        default=12,
        required=True,
        aggregator=None,
        help="At most so many months count for the average attainment.",
    )
    metric_id = fields.Many2one(
        comodel_name="sales.metric",
        string="Attainment Of",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        default=lambda self: self._default_metric_id(),
    )
    grade_id = fields.Many2one(
        comodel_name="sales.appraisal.grade",
        string="Grade at Least",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        help="Of the latest appraisal that the person was told.",
    )
    asks_skills = fields.Boolean(
        string="Skills of the Job",
        default=True,
        help="Skills and levels that the job position asks for.",
    )
    job_skill_ids = fields.One2many(
        related="job_id.job_skill_ids", string="Skills", readonly=True
    )
    course_ids = fields.Many2many(
        comodel_name="sales.training.course",
        string="Courses",
        check_company=True,
        help="Passed, and still valid.",
    )

    _job_uniq = models.UniqueIndex(
        "(path_id, job_id)", "A job is one level of a path, not several."
    )
    _months_range = models.Constraint(
        "CHECK (months BETWEEN 0 AND 240)",
        "A level asks for 0 to 240 months in the one before.",
    )
    _attainment_range = models.Constraint(
        "CHECK (attainment BETWEEN 0 AND 1000)",
        "The average attainment that a level asks for is between 0 and 1,000 %.",
    )
    _attainment_months_range = models.Constraint(
        "CHECK (attainment_months BETWEEN 1 AND 36)",
        "The average attainment is that of 1 to 36 months.",
    )

    @api.model
    def _default_metric_id(self):
        name = "sales_efficiency_base.sales_metric_ordered_amount"
        return self.env.ref(name, raise_if_not_found=False)

    @api.constrains("attainment", "metric_id")
    def _check_metric(self):
        for level in self:
            if level.attainment and not level.metric_id:
                raise ValidationError(
                    self.env._(
                        "%s asks for an average attainment: choose of which metric.",
                        level.job_id.name,
                    )
                )

    def _sort_by_height(self):
        """:return: the levels from the lowest one up, as ``sales.career.standing``"""
        return self.sorted(lambda level: (level.sequence, level._origin.id or 0))
