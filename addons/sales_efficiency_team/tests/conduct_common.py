# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date, timedelta

from odoo import Command

from .common import SalesTeamCommon

TODAY = "2026-10-15 12:00:00"


class ConductCommon(SalesTeamCommon):
    """Published rules: gifts take off 5 points, lies 20 and hold honours and pay."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # Other users of the database do not decide.
        for group, ours in (
            ("hr.group_hr_manager", cls.hr_manager),
            ("sales_efficiency_base.group_sales_director", cls.director),
        ):
            others = cls.env.ref(group).user_ids - ours
            others.write({"group_ids": [Command.unlink(cls.env.ref(group).id)]})
        cls.env["sales.conduct.version"].search([]).state = "superseded"
        cls.rules = cls._create_rules()
        cls.gifts, cls.lies = cls.rules.rule_ids
        cls.rules.with_user(cls.director).action_publish()
        cls.env.invalidate_all()

    @classmethod
    def _create_rules(cls):
        return cls.env["sales.conduct.version"].create(
            {
                "company_id": cls.company.id,
                "rule_ids": [
                    Command.create({"name": "Gifts", "points": 5}),
                    Command.create(
                        {
                            "name": "Lies to customers",
                            "severity": "grave",
                            "points": 20,
                            "holds_honour": True,
                            "holds_pay": True,
                            "hold_months": 3,
                        }
                    ),
                ],
            }
        )

    @classmethod
    def _report(cls, user=None, reporter=None, rule=None, **values):
        return (
            cls.env["sales.conduct.report"]
            .with_user(reporter or cls.colleague)
            .create(
                {
                    "user_id": (user or cls.salesperson).id,
                    "rule_id": (rule or cls.lies).id,
                    "date": date(2026, 10, 1),
                    "description": "Said that it was in stock.",
                    "proof": "Mail of 1 October",
                    **values,
                }
            )
        )

    @classmethod
    def _open_case(cls, *args, **values):
        """:return: the case that follows from a report, as superuser"""
        report = cls._report(*args, **values)
        report.action_send()
        cls.env.invalidate_all()
        return report.sudo().case_id.with_user(cls.env.user)

    @classmethod
    def _hear(cls, case, judge=None, text="It was."):
        case.with_user(judge or cls.leader).action_hear()
        cls._say(case, text)
        return case

    @classmethod
    def _say(cls, case, text):
        cls.env.invalidate_all()
        statements = cls.env["sales.conduct.statement"].with_user(case.user_id)
        statements.create({"case_id": case.id, "text": text}).action_send()
        cls.env.invalidate_all()

    @classmethod
    def _submit(cls, case, judge=None, decision="upheld", **values):
        """Decide, and ask for approval."""
        judged = case.with_user(judge or cls.leader)
        cls._enter(judged, decision, **values)
        judged.action_submit()
        return judged

    @classmethod
    def _enter(cls, case, decision="upheld", **values):
        case.write({"draft_decision": decision, "draft_reason": "Proved", **values})

    @classmethod
    def _decide(cls, case, *args, **values):
        """Decide, and have it approved."""
        cls._submit(case, *args, **values)
        cls._approve(case)
        return case

    @classmethod
    def _approve(cls, case):
        for approver in (cls.hr_manager, cls.director):
            cls.env.invalidate_all()
            case.with_user(approver)._validate_tier()
        cls.env.invalidate_all()

    @classmethod
    def _convict(cls, *args, judge=None, decision=None, **values):
        """:return: a case in force"""
        case = cls._hear(cls._open_case(*args, **values), judge)
        return cls._decide(case, judge, **(decision or {}))

    @classmethod
    def _get_to_dos(cls, user):
        """:return: the summaries of open to-dos about cases"""
        return cls.env["mail.activity"].search(
            [("res_model", "=", "sales.conduct.case"), ("user_id", "=", user.id)]
        )

    @staticmethod
    def _days(number):
        return date(2026, 10, 15) + timedelta(days=number)
