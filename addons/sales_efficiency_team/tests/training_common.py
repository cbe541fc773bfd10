# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import datetime

from .common import SalesTeamCommon


class SalesTrainingCommon(SalesTeamCommon):
    """A course on negotiating with a session of two places on 20 October 2026, opened
    by HR; the tests begin on 15 October."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.outside = cls.env["hr.employee"].create(
            {
                "name": cls.outsider.name,
                "user_id": cls.outsider.id,
                "company_id": cls.company.id,
                "job_id": cls.job.id,
            }
        )
        cls.people = cls.employee + cls.peer + cls.outside
        # Members of teams have them from the start of their employee record.
        cls.env["hr.version"].search(
            [("employee_id", "in", (cls.people + cls.superior + cls.head).ids)]
        ).date_version = "2020-01-01"
        cls.course = cls._create_course(cost_per_person=100)
        cls.sessions = cls.env["sales.training.session"].with_user(cls.hr_user)
        cls.attendances = cls.env["sales.training.attendance"].with_user(cls.hr_user)
        cls.coming = cls._create_session("2026-10-20")

    @classmethod
    def _create_course(cls, **values):
        return cls.env["sales.training.course"].create(
            {
                "name": "Negotiating",
                "topic": "sales",
                "company_id": cls.company.id,
                "hours": 4,
                "places": 2,
                **values,
            }
        )

    @classmethod
    def _create_session(cls, day, course=None, state="open", **values):
        session = cls.sessions.create(
            {
                "course_id": (course or cls.course).id,
                "date_start": datetime.fromisoformat(f"{day} 09:00:00"),
                **values,
            }
        )
        if state == "open":
            session.action_open()
        return session

    @classmethod
    def _enter(cls, session, employees):
        return cls.attendances.create(
            [
                {"session_id": session.id, "employee_id": employee.id}
                for employee in employees
            ]
        )

    @classmethod
    def _hold(cls, day, employees, course=None, **results):
        """Hold a session that all have attended.

        :param results: values of all participants
        """
        session = cls._create_session(day, course, places=len(employees))
        attendances = cls._enter(session, employees)
        session.action_mark_all_attended()
        if results:
            attendances.write(results)
        session.action_record_results()
        return session
