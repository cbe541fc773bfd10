# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class SalesOnboardingCourse(models.Model):
    """A course that newcomers in a job pass, and by when (policy 4.2.1)."""

    _name = "sales.onboarding.course"
    _inherit = "sales.guard.mixin"
    _description = "Course of an Onboarding"
    _order = "job_id, days, id"
    _rec_name = "course_id"
    _check_company_auto = True

    job_id = fields.Many2one(
        comodel_name="hr.job",
        required=True,
        index=True,
        ondelete="cascade",
        check_company=True,
    )
    course_id = fields.Many2one(
        comodel_name="sales.training.course",
        required=True,
        index=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(related="course_id.company_id", store=True, index=True)
    topic = fields.Selection(related="course_id.topic")
    days = fields.Integer(
        string="Days after the Start",
        default=30,
        required=True,
        aggregator=None,
        help="By then newcomers have passed the course.",
    )

    _course_uniq = models.UniqueIndex(
        "(job_id, course_id)", "This course is part of the onboarding already."
    )
    _days_range = models.Constraint(
        "CHECK (days BETWEEN 0 AND 730)",
        "Newcomers pass a course within 0 to 730 days after their start.",
    )
