# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date

from .conduct_common import ConductCommon

TODAY = "2026-10-15 12:00:00"


class HonourCommon(ConductCommon):
    """In September the salesperson sold 300, the colleague 200, the outsider 100."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # Nothing is open: everybody has confirmed the rules.
        cls.rules.confirmation_ids.confirmed_at = "2026-10-01"
        cls._sold(
            (cls.salesperson, cls.team_field, 300),
            (cls.colleague, cls.team_field, 200),
            (cls.outsider, cls.team_other, 100),
        )

    @classmethod
    def _sold(cls, *sales, day=date(2026, 9, 10)):
        cls._create_history(
            *(
                (day, amount, {"user_id": user.id, "team_id": team.id})
                for user, team, amount in sales
            )
        )

    @classmethod
    def _create_honour(cls, **values):
        return (
            cls.env["sales.honour"]
            .with_user(cls.director)
            .create(
                {
                    "date": date(2026, 9, 30),
                    "metric_id": cls.ordered.id,
                    **values,
                }
            )
        )

    @classmethod
    def _elect(cls, **values):
        honour = cls._create_honour(**values)
        honour.action_nominate()
        return honour

    @classmethod
    def _publish(cls, honour=None, **values):
        honour = honour or cls._elect(**values)
        honour.action_submit()
        cls.env.invalidate_all()
        honour.with_user(cls.hr_manager)._validate_tier()
        cls.env.invalidate_all()
        return honour

    def _places(self, honour):
        """:return: dict name of a winner → place"""
        winners = honour.sudo().nominee_ids.filtered("is_winner")
        return {winner.name: winner.place for winner in winners}

    def _nominee(self, honour, user):
        return honour.sudo().nominee_ids.filtered(lambda n: n.user_id == user)
