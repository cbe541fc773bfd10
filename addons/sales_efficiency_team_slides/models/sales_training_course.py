# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import formatLang

from odoo.addons.sales_efficiency_base.tools import open_records

from ..engine import OnlineCourses


class SalesTrainingCourse(models.Model):
    """A training that can be passed online, too."""

    _inherit = "sales.training.course"

    slide_channel_id = fields.Many2one(
        comodel_name="slide.channel",
        string="eLearning Course",
        index="btree_not_null",
        ondelete="restrict",
        help="Employees who complete it have passed this course. A test is its"
        " certification.",
    )
    online_count = fields.Integer(
        string="Passed Online", compute="_compute_online_count"
    )

    @api.depends("session_ids")
    def _compute_online_count(self):
        groups = self.env["sales.training.attendance"]._read_group(
            [
                ("course_id", "in", self.ids),
                ("is_online", "=", True),
                ("passed", "=", True),
            ],
            ["course_id"],
            ["__count"],
        )
        counts = {course.id: count for course, count in groups}
        for course in self:
            course.online_count = counts.get(course._origin.id, 0)

    @api.constrains("slide_channel_id", "has_test", "pass_mark")
    def _check_certifications(self):
        for course in self.filtered(lambda c: c.slide_channel_id and c.has_test):
            # sudo: how certifications are scored is only seen by their officers.
            surveys = course.sudo().slide_channel_id._get_sales_certifications()
            if not surveys:
                raise ValidationError(
                    self.env._(
                        "%(channel)s has no certification. Add one to it, or let"
                        " %(course)s end without a test.",
                        channel=course.slide_channel_id.name,
                        course=course.name,
                    )
                )
            lowest = min(surveys.mapped("scoring_success_min"))
            if lowest < course.pass_mark:
                raise ValidationError(
                    self.env._(
                        "%(channel)s is passed with %(least)s %% already, below the"
                        " pass mark of %(course)s. Lower this mark, or require more in"
                        " the certification.",
                        channel=course.slide_channel_id.name,
                        least=formatLang(self.env, lowest, digits=1),
                        course=course.name,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        courses = super().create(vals_list)
        courses._note_completed()
        return courses

    def write(self, vals):
        res = super().write(vals)
        if vals.get("slide_channel_id"):
            self._note_completed()
        return res

    @api.readonly
    def action_open_online(self):
        """Show who has completed the course online."""
        self.ensure_one()
        return open_records(
            self.env,
            "sales_efficiency_team_slides.sales_training_attendance_online_action",
            [("course_id", "=", self.id), ("is_online", "=", True)],
            name=self.name,
        )

    @api.readonly
    def action_open_elearning(self):
        """Open the eLearning course, if the user may take part in it."""
        self.ensure_one()
        channel = self.slide_channel_id
        channel.check_access("read")
        return {
            "type": "ir.actions.act_url",
            "url": channel.website_absolute_url,
            "target": "new",
        }

    def _note_completed(self):
        """Count what was completed before the course was linked."""
        # sudo: who completed what is seen by officers of eLearning alone; HR is shown
        # the employees among them.
        memberships = self.env["slide.channel.partner"].sudo()
        completed = memberships.search(
            [
                ("channel_id", "in", self.slide_channel_id.ids),
                ("member_status", "=", "completed"),
            ]
        )
        OnlineCourses(completed).note()
