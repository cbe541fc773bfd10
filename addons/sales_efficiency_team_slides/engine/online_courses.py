# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from collections import defaultdict

from odoo.fields import Domain


class OnlineCourses:
    """Notes what employees have completed in eLearning as courses passed (policy 4.2).

    Nothing is noted twice as long as it is valid. Two completions of one membership
    cannot happen at once: both would write it. The number of queries that find what to
    note depends neither on people nor on courses.

    :param memberships: ``slide.channel.partner`` records
    """

    def __init__(self, memberships):
        # sudo: learners have no rights on the records of trainings and of HR.
        self._memberships = memberships.sudo().filtered(
            lambda member: member.active and member.member_status == "completed"
        )
        self.env = self._memberships.env

    def note(self):
        """:return: the new ``sales.training.attendance`` records"""
        pairs = self._find_pairs()
        valid = self._find_valid(pairs)
        lines = self._find_resume_lines(pairs)
        scores = self._find_scores()
        attendances = self.env["sales.training.attendance"].create(
            [
                self._prepare(course, employee, member, lines, scores)
                for course, employee, member in pairs
                if (course, employee) not in valid
            ]
        )
        attendances.filtered("passed")._enter_profile()
        return attendances

    def _find_pairs(self):
        """:return: list of course, employee and membership, within companies"""
        courses = self.env["sales.training.course"].search(
            [("slide_channel_id", "in", self._memberships.channel_id.ids)]
        )
        employees = courses and self.env["hr.employee"].search(
            [("user_id.partner_id", "in", self._memberships.partner_id.ids)]
        )
        by_channel = courses.grouped("slide_channel_id")
        people = defaultdict(list)
        for employee in employees:
            people[employee.user_id.partner_id].append(employee)
        return [
            (course, employee, member)
            for member in self._memberships
            for course in by_channel.get(member.channel_id, ())
            for employee in people[member.partner_id]
            if employee.company_id == course.company_id
        ]

    def _find_valid(self, pairs):
        """:return: set of courses and employees who have passed them online already"""
        attendances = self.env["sales.training.attendance"].search(
            Domain("is_online", "=", True)
            & Domain("passed", "=", True)
            & Domain("course_id", "in", [course.id for course, *_rest in pairs])
            & Domain("employee_id", "in", [person.id for _course, person, _m in pairs])
        )
        return {
            (row.course_id, row.employee_id)
            for row in attendances
            if not row.valid_until
            or row.valid_until >= row.company_id._get_sales_today()
        }

    def _find_resume_lines(self, pairs):
        """:return: dict employee, channel → the line that Odoo has entered"""
        lines = self.env["hr.resume.line"].search(
            Domain("employee_id", "in", [person.id for _course, person, _m in pairs])
            & Domain("channel_id", "in", self._memberships.channel_id.ids)
        )
        return {(line.employee_id, line.channel_id): line for line in lines}

    def _find_scores(self):
        """Return the results of certifications: of each the best, of several the least.

        :return: dict partner, channel → percentage
        """
        rows = self.env["survey.user_input"]._read_group(
            Domain(
                "slide_partner_id.channel_id", "in", self._memberships.channel_id.ids
            )
            & Domain("partner_id", "in", self._memberships.partner_id.ids)
            & Domain("scoring_success", "=", True)
            & Domain("test_entry", "=", False),
            ["partner_id", "slide_partner_id"],
            ["scoring_percentage:max"],
        )
        scores = {}
        for partner, progress, score in rows:
            key = (partner, progress.channel_id)
            scores[key] = min(score, scores.get(key, score))
        return scores

    @staticmethod
    def _prepare(course, employee, member, lines, scores):
        line = lines.get((employee, member.channel_id))
        score = scores.get((member.partner_id, member.channel_id))
        today = course.company_id._get_sales_today()
        return {
            "online_course_id": course.id,
            "employee_id": employee.id,
            "slide_channel_id": member.channel_id.id,
            "resume_line_id": line and line.id,
            "state": "attended",
            "online_date": line.date_start if line else today,
            "online_hours": member.channel_id.total_time or course.hours,
            "score": score or 0.0,
            "is_tested": score is not None,
        }
