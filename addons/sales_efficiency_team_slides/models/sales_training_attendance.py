# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models
from odoo.exceptions import UserError


class SalesTrainingAttendance(models.Model):
    """Online, a course is passed without a session."""

    _inherit = "sales.training.attendance"

    session_id = fields.Many2one(required=False)
    is_online = fields.Boolean(string="Online", readonly=True, copy=False)
    slide_channel_id = fields.Many2one(
        comodel_name="slide.channel",
        string="eLearning Course",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
    )

    _session_or_online = models.Constraint(
        "CHECK (session_id IS NOT NULL OR is_online)",
        "Choose the session in which the person takes part.",
    )

    def _compute_course(self):
        """What was noted of a course online stays."""
        online = self.filtered("is_online")
        super(SalesTrainingAttendance, self - online)._compute_course()
        for attendance in online:
            attendance.course_id = attendance.course_id
            attendance.date = attendance.date

    def _compute_hours(self):
        online = self.filtered("is_online")
        super(SalesTrainingAttendance, self - online)._compute_hours()
        for attendance in online:
            attendance.hours = attendance.hours

    def _enter_resume(self):
        """Odoo has entered what was completed online; add until when it is valid."""
        entered = self.filtered(lambda row: row.is_online and row.resume_line_id)
        for attendance in entered:
            if attendance.valid_until:
                attendance.resume_line_id.date_end = attendance.valid_until
        super(SalesTrainingAttendance, self - entered)._enter_resume()

    def _check_is_open(self):
        if online := self.filtered("is_online"):
            raise UserError(
                self.env._(
                    "%s was passed online. The result is that of the eLearning course.",
                    online[0].display_name,
                )
            )
        super()._check_is_open()
