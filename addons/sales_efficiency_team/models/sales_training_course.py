# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from collections import defaultdict

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

from odoo.addons.sales_efficiency_base.tools import open_records

from .sales_training_session import COSTS


class SalesTrainingCourse(models.Model):
    """What is taught, to whom, and what for (policy 4.2.1, 4.2.2)."""

    _name = "sales.training.course"
    _inherit = "sales.guard.mixin"
    _description = "Training Course"
    _order = "topic, name, id"
    _check_company_auto = True

    name = fields.Char(required=True, translate=True)
    topic = fields.Selection(
        selection=[
            ("culture", "Company Culture"),
            ("product", "Product Knowledge"),
            ("sales", "Sales Skills"),
            ("service", "Customer Service"),
            ("industry", "Industry Knowledge"),
            ("relation", "Customer Relations"),
        ],
        required=True,
        default="sales",
        index=True,
    )
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        comodel_name="res.company",
        required=True,
        index=True,
        default=lambda self: self.env.company,
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    description = fields.Text(translate=True, help="Aims and contents.")
    hours = fields.Float(default=4.0, required=True, help="Of one session.")
    places = fields.Integer(
        string="Number of Places", default=12, required=True, help="In one session."
    )
    cost_per_person = fields.Monetary(
        string="Cost per Person", groups=COSTS, help="What a place is planned to cost."
    )

    metric_id = fields.Many2one(
        comodel_name="sales.metric",
        string="KPI",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        help="Figure that the course is to improve. Its effect is measured by it.",
    )
    attainment_line = fields.Float(
        string="Propose Below (%)",
        default=90.0,
        digits=(16, 1),
        help="The course is proposed to those whose attainment of this KPI lies below.",
    )
    skill_id = fields.Many2one(
        comodel_name="hr.skill",
        index="btree_not_null",
        ondelete="restrict",
        help="Who passes has this skill on their profile.",
    )
    skill_type_id = fields.Many2one(related="skill_id.skill_type_id")
    skill_level_id = fields.Many2one(
        comodel_name="hr.skill.level",
        string="Level",
        index="btree_not_null",
        ondelete="restrict",
        domain="[('skill_type_id', '=', skill_type_id)]",
    )
    validity_months = fields.Integer(
        string="Valid for (Months)",
        help="When it has to be repeated; 0: never.",
    )
    has_test = fields.Boolean(
        string="Ends with a Test", help="Otherwise all who attend pass."
    )
    pass_mark = fields.Float(
        string="Pass Mark (%)", default=60.0, digits=(16, 1), help="Least test result."
    )
    job_ids = fields.Many2many(
        comodel_name="hr.job",
        string="Duty For",
        check_company=True,
        help="Jobs whose people have to pass it.",
    )

    session_ids = fields.One2many(
        comodel_name="sales.training.session",
        inverse_name="course_id",
        string="Sessions",
    )
    open_session_count = fields.Integer(
        string="Sessions to Come", compute="_compute_coming"
    )
    next_session_date = fields.Datetime(
        string="Next Session", compute="_compute_coming"
    )

    _sizes_positive = models.Constraint(
        "CHECK (hours > 0 AND places > 0)",
        "A course has at least one place, and takes some time.",
    )
    _cost_positive = models.Constraint(
        "CHECK (cost_per_person >= 0)", "The cost per person cannot be negative."
    )
    _validity_range = models.Constraint(
        "CHECK (validity_months BETWEEN 0 AND 600)",
        "A course is valid for up to 600 months. Enter 0 if it need not be repeated.",
    )
    _pass_mark_range = models.Constraint(
        "CHECK (pass_mark BETWEEN 0 AND 100)", "The pass mark lies between 0 and 100 %."
    )
    _attainment_line_positive = models.Constraint(
        "CHECK (attainment_line >= 0)",
        "The attainment below which the course is proposed cannot be negative.",
    )

    # ------------------------------------------------------------------
    # Computed fields and constraints
    # ------------------------------------------------------------------

    @api.depends("session_ids.state", "session_ids.date_start")
    def _compute_coming(self):
        groups = self.env["sales.training.session"]._read_group(
            Domain("course_id", "in", self.ids)
            & Domain("state", "=", "open")
            & Domain("date_start", ">", fields.Datetime.now()),
            ["course_id"],
            ["__count", "date_start:min"],
        )
        coming = defaultdict(lambda: (0, False))
        coming |= {course.id: figures for course, *figures in groups}
        for course in self:
            figures = coming[course._origin.id]
            course.open_session_count, course.next_session_date = figures

    @api.constrains("skill_id", "skill_level_id")
    def _check_skill_level(self):
        for course in self:
            if bool(course.skill_id) != bool(course.skill_level_id):
                raise ValidationError(
                    self.env._(
                        "%s gives a skill up to a level: enter both.", course.name
                    )
                )
            levels = course.skill_id.skill_type_id.skill_level_ids
            if course.skill_level_id - levels:
                raise ValidationError(
                    self.env._(
                        "%(level)s is no level of %(skill)s.",
                        level=course.skill_level_id.name,
                        skill=course.skill_id.name,
                    )
                )

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    @api.readonly
    def action_open_sessions(self):
        self.ensure_one()
        return open_records(
            self.env,
            "sales_efficiency_team.sales_training_session_action",
            [("course_id", "=", self.id)],
            context={"default_course_id": self.id},
            name=self.name,
        )
