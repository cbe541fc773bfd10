# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import Command

from .training_common import SalesTrainingCommon


class CareerCommon(SalesTrainingCommon):
    """A path from the representative to the senior and the leader. The people have been
    representatives since 1 January 2020; the tests begin on 15 October 2026."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.job_senior, cls.job_leader = cls.env["hr.job"].create(
            [
                {"name": name, "company_id": cls.company.id}
                for name in ("Senior Representative", "Team Leader")
            ]
        )
        cls.path = cls.env["sales.career.path"].create(
            {
                "name": "Leading",
                "company_id": cls.company.id,
                "level_ids": [
                    Command.create({"job_id": job.id, "sequence": sequence})
                    for sequence, job in enumerate(
                        (cls.job, cls.job_senior, cls.job_leader)
                    )
                ],
            }
        )
        cls.low, cls.middle, cls.high = cls.path.level_ids.sorted("sequence")
        cls.standings = cls.env["sales.career.standing"]
        cls.moves = cls.env["sales.career.move"].with_user(cls.leader)
        cls.talks = cls.env["sales.career.talk"].with_user(cls.leader)

    def _standing(self, user=None, viewer=None):
        """:return: the standing of a person on the path, as somebody sees it"""
        self.env.invalidate_all()
        standings = self.standings.with_user(viewer or self.leader)
        return standings.search([("user_id", "=", (user or self.salesperson).id)])

    def _missing(self, user=None, viewer=None):
        return (self._standing(user, viewer).missing or "").split("\n")

    @classmethod
    def _grade(cls, user, grade, date_to="2026-09-30", **values):
        """Create an appraisal that the person was told."""
        cycle = cls.env["sales.appraisal.cycle"].create(
            {
                "company_id": cls.company.id,
                "rhythm": "quarter",
                "date_from": f"{date_to[:5]}{int(date_to[5:7]) - 2:02}-01",
            }
        )
        return cls.env["sales.appraisal"].create(
            {
                "cycle_id": cycle.id,
                "rhythm": "quarter",
                "date_from": cycle.date_from,
                "date_to": date_to,
                "state": "told",
                "user_id": user.id,
                "user_name": user.name,
                "grade_id": grade.id,
                "proposed_grade_id": grade.id,
                "told_at": "2026-10-10 09:00:00",
                **values,
            }
        )

    def _propose(self, user=None, **values):
        return self.moves.create(
            {
                "user_id": (user or self.salesperson).id,
                "company_id": self.company.id,
                "job_id": self.job_senior.id,
                "date": "2026-11-01",
                "reason": "The best of the year",
                **values,
            }
        )

    def _approve(self, move):
        """Have HR and the director approve a move."""
        move.action_submit()
        for user in self.hr_manager + self.director:
            self.env.invalidate_all()  # They decide in requests of their own.
            move.with_user(user)._validate_tier()
        self.assertEqual(move.state, "approved")
        return move

    def _run(self, cron):
        with self.enter_registry_test_mode():
            self.env.ref(f"sales_efficiency_team.{cron}").method_direct_trigger()
        self.env.invalidate_all()

    def _get_actions(self, user):
        return (
            self.env["sales.action"].search([("user_id", "=", user.id)]).mapped("name")
        )
