# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date, datetime, time, timedelta

from odoo.tools import SQL

from odoo.addons.sales_efficiency_base.tests.common import SalesEfficiencyCommon
from odoo.addons.sales_efficiency_base.tools import Period, Scope

from ..engine.funnel import Funnel

# A Monday
MONDAY = date(2026, 10, 5)


class FunnelCommon(SalesEfficiencyCommon):
    """The teams of the department work from Monday to Friday, through the stages New,
    Qualified, Offer and Won; another team works through Odoo's own.

    The triggers date stays by the clock of the database, which no test can freeze:
    tests move the past away, or write stays of fixed days.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["sales.playbook"].search([]).unlink()
        cls.teams = cls.team_department | cls.team_field
        others = cls.env["crm.stage"].search([("team_ids", "=", False)])
        others.team_ids = cls.team_other
        cls.new, cls.qualified, cls.offer, cls.won = cls.env["crm.stage"].create(
            [
                {
                    "name": name,
                    "sequence": 900 + sequence,
                    "is_won": name == "Test Won",
                    "team_ids": cls.teams.ids,
                }
                for sequence, name in enumerate(
                    ("Test New", "Test Qualified", "Test Offer", "Test Won")
                )
            ]
        )
        cls.calendar = cls.env["resource.calendar"].create(
            {"name": "Test Week", "tz": "UTC", "company_id": cls.company.id}
        )
        cls.company.resource_calendar_id = cls.calendar
        cls.scope = Scope(cls.company.id, team_id=cls.teams.ids)
        cls.history = cls.env["sales.stage.history"]

    @classmethod
    def _lead(cls, name="Deal", stage=None, **values):
        return cls.env["crm.lead"].create(
            {
                "name": name,
                "type": "opportunity",
                "company_id": cls.company.id,
                "team_id": cls.team_field.id,
                "user_id": cls.salesperson.id,
                "partner_id": cls.customer_north.id,
                "stage_id": (stage or cls.new).id,
                **values,
            }
        )

    @classmethod
    def _wait(cls, leads, days):
        """Let some days pass: what was, was so many days earlier."""
        cls.env.flush_all()
        cls.env.cr.execute(
            SQL(
                """
                UPDATE sales_stage_history
                   SET entered_at = entered_at - %(span)s, left_at = left_at - %(span)s
                 WHERE lead_id = ANY(%(leads)s);
                UPDATE crm_lead SET sales_opened_date = sales_opened_date - %(days)s
                 WHERE id = ANY(%(leads)s)
                """,
                span=timedelta(days=days),
                days=days,
                leads=leads.ids,
            )
        )
        cls.env.invalidate_all()

    @classmethod
    def _move(cls, leads, stage):
        leads.stage_id = stage
        cls.env.flush_all()
        cls.env.invalidate_all()

    @staticmethod
    def _noon(day):
        return datetime.combine(day, time(12)) if day else None

    @classmethod
    def _write_stays(cls, lead, *stays):
        """Write the stays of an opportunity: (stage, first day, last day or None)."""
        cls.history._replace(
            {
                lead: [
                    (stage, cls._noon(entered), cls._noon(left))
                    for stage, entered, left in stays
                ]
            }
        )
        opened = [entered for _stage, entered, _left in stays if entered]
        if opened:
            lead.sales_opened_date = min(opened)
        cls.env.flush_all()

    @classmethod
    def _limit(cls, stage, days):
        """Say how many working days an opportunity may stay in a stage."""
        cls.env["sales.playbook"].create(
            {
                "stage_id": stage.id,
                "company_id": cls.company.id,
                "longest_stay": days,
            }
        )

    @classmethod
    def _stays(cls, lead):
        """:return: list of (name of the stage, days or None while it is not over)"""
        cls.env.flush_all()
        cls.env.invalidate_all()
        stays = cls.history.search([("lead_id", "=", lead.id)])
        return [
            (
                stay.stage_id.name or stay.stage_name,
                (stay.left_at - stay.entered_at).days if stay.left_at else None,
            )
            for stay in stays.sorted("id")
        ]

    @classmethod
    def _funnel(cls, period=None, by="cohort", as_of=None, user=None, scope=None):
        """:return: dict name of the stage -> :class:`FunnelStep`"""
        env = cls.env(user=user) if user else cls.env
        if by == "flow":
            as_of = as_of or period.end
        funnel = Funnel(env, scope or cls.scope, period, by, as_of)
        return {step.name: step for step in funnel.get_steps()}

    @staticmethod
    def _month(number):
        return Period.month(date(2026, number, 1))
