# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import UserError


class SalesTrainingAttendance(models.Model):
    """Online, a course is passed without a session."""

    _inherit = "sales.training.attendance"

    session_id = fields.Many2one(required=False)
    # What was learnt without a session
    online_course_id = fields.Many2one(
        comodel_name="sales.training.course",
        string="Course Passed Online",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
    )
    online_date = fields.Date(string="Completed On", readonly=True, copy=False)
    online_hours = fields.Float(string="Hours Online", readonly=True, copy=False)
    slide_channel_id = fields.Many2one(
        comodel_name="slide.channel",
        string="eLearning Course",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
    )
    is_online = fields.Boolean(
        string="Online", compute="_compute_is_online", store=True, precompute=True
    )

    _session_or_online = models.Constraint(
        "CHECK (session_id IS NOT NULL OR online_course_id IS NOT NULL)",
        "Choose the session in which the person takes part.",
    )

    @api.depends("online_course_id")
    def _compute_is_online(self):
        for attendance in self:
            attendance.is_online = bool(attendance.online_course_id)

    @api.depends("online_course_id", "online_date")
    def _compute_course(self):
        res = super()._compute_course()
        for attendance in self.filtered("online_course_id"):
            attendance.course_id = attendance.online_course_id
            attendance.date = attendance.online_date
        return res

    @api.depends("online_hours")
    def _compute_hours(self):
        res = super()._compute_hours()
        for attendance in self.filtered("online_course_id"):
            attendance.hours = attendance.online_hours
        return res

    def _enter_resume(self):
        """Odoo has entered what was completed online; add until when it is valid."""
        entered = self.filtered(lambda row: row.online_course_id and row.resume_line_id)
        for attendance in entered:
            if attendance.valid_until:
                attendance.resume_line_id.date_end = attendance.valid_until
        others = self - entered
        return super(SalesTrainingAttendance, others)._enter_resume()

    def _check_is_open(self):
        if online := self.filtered("online_course_id"):
            raise UserError(
                self.env._(
                    "%s was passed online. The result is that of the eLearning course.",
                    online[0].display_name,
                )
            )
        return super()._check_is_open()
