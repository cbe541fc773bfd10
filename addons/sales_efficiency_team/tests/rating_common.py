# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date, timedelta

from odoo.fields import Command

from .common import SalesTeamCommon

KINDS = {"superior": 40, "peer": 30, "customer": 20, "report": 10, "self": 0}


class SalesRatingCommon(SalesTeamCommon):
    """The third quarter of 2026, of which everybody is rated by two criteria.

    The day is 15 October 2026, see ``freeze_time`` of the test cases. The team has
    three more members, so that everybody has enough peers; the salesperson has sold to
    three customers.
    """

    first_day = date(2026, 7, 1)

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.mates = cls.env["res.users"].union(
            *(
                cls._create_user("salesperson", login=f"mate{number}")
                for number in range(3)
            )
        )
        cls.team_field.member_ids = cls.salesperson + cls.colleague + cls.mates
        templates = cls.env["sales.appraisal.template"]
        templates.search([("job_ids", "=", False)]).active = False
        cls.template = templates.create(
            {
                "name": "Everybody",
                "rhythm": "quarter",
                "company_id": cls.company.id,
                "part_ids": [
                    Command.create({"kind": kind, "weight": weight})
                    for kind, weight in KINDS.items()
                ],
                "criterion_ids": [
                    Command.create(
                        {
                            "name": name,
                            "weight": weight,
                            "for_customer": True,
                            "for_report": True,
                        }
                    )
                    for name, weight in (("Reliability", 60), ("Advice", 40))
                ],
            }
        )
        cls.buyers = cls.env["res.partner"].create(
            [
                {"name": f"Buyer {number}", "email": f"buyer{number}@example.com"}
                for number in range(3)
            ]
        )
        for buyer in cls.buyers:
            cls._sell(1, cls.first_day + timedelta(days=40), partner=buyer)
        cls.env["sales.mart"]._refresh()
        cls.cycle = cls.env["sales.appraisal.cycle"].create(
            {
                "company_id": cls.company.id,
                "rhythm": "quarter",
                "date_from": cls.first_day,
            }
        )
        cls.cycle.action_make()
        cls.appraisal = cls._get_appraisal(cls.salesperson)

    @classmethod
    def _get_appraisal(cls, user):
        return cls.cycle.appraisal_ids.filtered(
            lambda appraisal: appraisal.user_id == user
        )

    @classmethod
    def _get_raters(cls, kind, appraisal=None):
        return cls.env["sales.appraisal.rater"].search(
            [
                ("appraisal_id", "=", (appraisal or cls.appraisal).id),
                ("kind", "=", kind),
            ]
        )

    @classmethod
    def _get_ratings(cls, kind, appraisal=None):
        return cls.env["sales.appraisal.rating"].search(
            [("rater_id", "in", cls._get_raters(kind, appraisal).ids)], order="id"
        )

    def _give(self, rating, *marks, note=None):
        """Rate as the user who is asked."""
        mine = rating.with_user(rating.user_id)
        for line, mark in zip(mine.line_ids, marks, strict=False):
            line.mark = mark
        mine.note = note
        mine.action_give()

    def _answer(self, rating, *marks, note=""):
        """Rate as a customer does on the page."""
        values = {
            f"mark_{line.id}": mark
            for line, mark in zip(rating.line_ids, marks, strict=False)
        }
        return rating._answer({**values, "note": note})

    def _run(self, name):
        with self.enter_registry_test_mode():
            self.env.ref(f"sales_efficiency_team.{name}").method_direct_trigger()
        self.env.invalidate_all()
