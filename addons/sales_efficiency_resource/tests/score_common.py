# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date
from unittest.mock import patch

from odoo import Command

from .channel_common import ChannelCommon

TODAY = "2026-10-15 12:00:00"
SEPTEMBER = date(2026, 9, 30)
JUNE = date(2026, 6, 30)
# What the criteria of the worked case measure beside sales and growth
COVERAGE, RATING, PAID, OVERDUE = "coverage", "rating", "paid", "overdue"


class ScoreCommon(ChannelCommon):
    """Three agents: of the salesperson, the colleague and the outsider.

    Sales and growth come from figures, the other values are given by tests.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other_director = cls._create_user("director", login="other_director")
        cls.given = {}
        measure = patch.object(
            cls.registry["sales.metric"],
            "_measure_given",
            lambda _metrics, *question: cls._measure(*question),
            create=True,
        )
        measure.start()
        cls.addClassCleanup(measure.stop)
        cls.sales = cls.env.ref("sales_efficiency_base.sales_metric_ordered_amount")
        cls.growth = cls.env.ref("sales_efficiency_base.sales_metric_ordered_growth")
        cls.metrics = {
            name: cls._create_metric(name, higher_is_better=name != OVERDUE)
            for name in (COVERAGE, RATING, PAID, OVERDUE)
        }
        cls.agent, cls.agent_b, cls.agent_c = (
            cls._create_member(user)
            for user in (cls.salesperson, cls.colleague, cls.outsider)
        )

    def setUp(self):
        super().setUp()
        self.addCleanup(self.given.update, dict(self.given))
        self.addCleanup(self.given.clear)

    @classmethod
    def _measure(cls, metric, scopes, periods):
        """Values given by tests: by metric, and member or channel."""
        return [
            cls.given.get((metric.code, dict(scope.dimensions).popitem()[1][0]))
            for scope in scopes
            for _period in periods
        ]

    @classmethod
    def _create_metric(cls, name, **values):
        return cls.env["sales.metric"].create(
            {
                "name": name.title(),
                "code": f"given_{name}",
                "kind": "method",
                "unit": "count",
                "method_model": "sales.metric",
                "method_name": "_measure_given",
                "method_formula": "As given",
                **values,
            }
        )

    @classmethod
    def _create_member(cls, user, channel=None, **values):
        number = cls.env["sales.channel.member"].search_count([])
        partner = cls.env["res.partner"].create(
            {"name": f"Agent {number} of {user.name}", "is_company": True}
        )
        return super()._create_member(
            partner,
            stage="active",
            **{
                "channel_id": (channel or cls.channel_agent).id,
                "user_id": user.id,
                **values,
            },
        )

    @classmethod
    def _give(cls, member, **values):
        for name, value in values.items():
            cls.given[f"given_{name}", member.id] = value

    @classmethod
    def _sold(cls, *sales, company=None):
        """Sell by members: (day, amount, member, or values of the line)."""
        company = company or cls.company
        for day, amount, member in sales:
            if getattr(member, "_name", None) == "sales.channel.member":
                order = cls._create_order(
                    partner=member.partner_id,
                    price=amount,
                    company_id=company.id,
                    channel_member_id=member.id,
                    team_id=False,
                )
                order.action_confirm()
                order.date_order = f"{day} 12:00:00"
            else:
                values = {"date": day, "amount": amount, "company_id": company.id}
                cls.env["sales.history.line"].create({**values, **member})
        cls.env["sales.mart"]._refresh()

    @classmethod
    def _criterion(cls, metric, weight, floor, goal, **values):
        return Command.create(
            {
                "metric_id": metric.id,
                "weight": weight,
                "floor": floor,
                "goal": goal,
                **values,
            }
        )

    @classmethod
    def _create_scorecard(cls, criteria=None, **values):
        """The scorecard of the worked case, by default."""
        return cls.env["sales.scorecard"].create(
            {
                "name": "Agents",
                "user_id": cls.director.id,
                "channel_ids": [Command.set(cls.channel_agent.ids)],
                "criterion_ids": criteria or cls._get_criteria(),
                "level_ids": [
                    Command.create({"name": name, "threshold": threshold})
                    for name, threshold in (("Gold", 75), ("Silver", 60), ("Bronze", 0))
                ],
                **values,
            }
        )

    @classmethod
    def _get_criteria(cls):
        return [
            cls._criterion(cls.sales, 40, 0, 1_000_000),
            cls._criterion(cls.growth, 15, -10, 20, group="growth", period="year"),
            cls._criterion(cls.metrics[COVERAGE], 15, 0, 100, group="coverage"),
            cls._criterion(cls.metrics[RATING], 15, 3, 5, group="feedback"),
            cls._criterion(cls.metrics[PAID], 15, 60, 100, group="payment"),
        ]

    @classmethod
    def _by_given(cls, *weights):
        """Return criteria of 0…100 by values that tests give."""
        names = (COVERAGE, RATING, PAID)
        return [
            cls._criterion(cls.metrics[name], weight, 0, 100)
            for name, weight in zip(names, weights, strict=False)
        ]

    @classmethod
    def _score(cls, scorecard, day=SEPTEMBER, user=None):
        return (
            cls.env["sales.scorecard.run"]
            .with_user(user or cls.director)
            .create({"scorecard_id": scorecard.id, "date": day})
        )

    @classmethod
    def _put_in_force(cls, run):
        run.action_submit()
        cls.env.invalidate_all()
        if run.state == "submitted":
            run.with_user(cls.other_director)._validate_tier()
        cls.env.invalidate_all()
        return run

    def _result(self, run, member):
        return run.sudo().result_ids.filtered(lambda r: r.member_id == member)
