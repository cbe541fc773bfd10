# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from dateutil.relativedelta import relativedelta

from odoo import Command, api, models
from odoo.fields import Domain

from odoo.addons.sales_efficiency_base.demo import enter_demo
from odoo.addons.sales_efficiency_base.demo.demo_company import COMPANY
from odoo.addons.sales_efficiency_base.tools import Period, Scope

DAY = timedelta(days=1)
METRIC = "sales_efficiency_base.sales_metric_ordered_amount"
# How many people a decision affects
AFFECTED = 2


class SalesDecisionDemo(models.AbstractModel):
    """Decides: one that was measured and compared, one that only was before and after,
    one that runs, and one of a leader that waits to be approved."""

    _name = "sales.decision.demo"
    _description = "Demo Data of Decisions"

    @api.model
    def _load(self):
        if not self.env.ref(COMPANY, raise_if_not_found=False):
            return  # A database of an earlier version, in whose demo people work
        demo = enter_demo(self, tracking_disable=True)
        if demo.env["sales.decision"].search_count(
            [("company_id", "=", demo.env.company.id)], limit=1
        ):
            return  # Odoo can load demo data repeatedly
        demo._load_decisions()

    def _load_decisions(self):
        month = self.env.company._get_sales_today().replace(day=1)
        past = {
            "date_start": month - relativedelta(months=3),
            "date_end": month - DAY,
        }
        self._create_compared(past)
        self._create_whole(past)
        self._create_running(month)
        self._create_waiting(month)

    # ------------------------------------------------------------------
    # Decisions
    # ------------------------------------------------------------------

    def _create_compared(self, past):
        """Who gained most since is who got help: a story with an effect."""
        people = self._rank_people(past)
        decision = self._create(
            "grace",
            **past,
            name=self.env._("An application engineer comes along on visits"),
            kind="allocation",
            description=self.env._(
                "Two engineers spend two days a week on visits with the salespeople"
                " chosen. The others go on as before."
            ),
            expected_percent=15,
            cost=600_000,
            dimension="user_id",
            scope_ids=[
                Command.create({"role": "affected", "user_id": user.id})
                for user in people[:AFFECTED]
            ],
        )
        self._create_action(
            decision, self.env._("Plan the days of the engineers"), people[0], past
        )
        self._compare(decision)
        self._carry_out(decision)

    def _create_whole(self, past):
        decision = self._create(
            "grace",
            **past,
            name=self.env._("Answer every enquiry on the same day"),
            kind="service",
            expected_percent=5,
        )
        self._carry_out(decision)
        decision.conclusion = self.env._(
            "The whole company was asked at once, so nobody is left to compare with."
            " Next time, start with two teams."
        )
        decision.action_close()

    def _create_running(self, month):
        decision = self._create(
            "grace",
            name=self.env._("Free trial units for new drives"),
            kind="promotion",
            date_start=month,
            date_end=month + relativedelta(months=3) - DAY,
            expected_percent=10,
            cost=40_000,
        )
        decision.sudo().write({"state": "running", "date_frozen": month - 3 * DAY})

    def _create_waiting(self, month):
        kevin = self.env.ref("sales_efficiency_base.user_kevin_demo")
        team = kevin.sales_led_team_ids[:1]
        decision = self._create(
            "kevin",
            name=self.env._("Roadshow for machine builders in the north"),
            kind="campaign",
            team_id=team.id,
            date_start=month + relativedelta(months=1),
            date_end=month + relativedelta(months=4) - DAY,
            expected_percent=8,
            cost=120_000,
        )
        decision.with_user(kevin).action_submit()

    # ------------------------------------------------------------------
    # Steps
    # ------------------------------------------------------------------

    def _create(self, login, **values):
        user = self.env.ref(f"sales_efficiency_base.user_{login}_demo")
        return self.env["sales.decision"].create(
            {
                "company_id": self.env.company.id,
                "metric_id": self.env.ref(METRIC).id,
                "responsible_id": user.id,
                "submitted_by_id": user.id,
                "team_id": False,
                **values,
            }
        )

    def _create_action(self, decision, name, user, past):
        self.env["sales.action"].create(
            {
                "name": name,
                "decision_id": decision.id,
                "user_id": user.id,
                "date_deadline": past["date_start"] + 7 * DAY,
                "state": "done",
            }
        )

    def _compare(self, decision):
        """Compare with all others who sell: too few are no proof."""
        others = self._get_people() - decision.affected_ids.user_id
        decision.compared_ids = [
            Command.create({"role": "compared", "user_id": user.id}) for user in others
        ]
        decision.action_propose_compared()

    def _carry_out(self, decision):
        """Let it be decided before its start, and measure it now that it is over."""
        decision.sudo().write(
            {"state": "running", "date_frozen": decision.date_start - 5 * DAY}
        )
        if decision._start():
            decision._try_to_measure()

    def _rank_people(self, past):
        """:return: salespeople, those whose sales grew most first"""
        people = self._get_people()
        scopes = {u: Scope(self.env.company.id, user_id=u.id) for u in people}
        after = Period(past["date_start"], past["date_end"])
        before = Period(after.start - relativedelta(months=3), after.start - DAY)
        metric = self.env.ref(METRIC)
        values = metric._evaluate(list(scopes.values()), [before, after])
        return people.sorted(
            lambda user: values[metric.id, scopes[user], before]
            - values[metric.id, scopes[user], after]
        )

    def _get_people(self):
        """:return: those who sell all year round"""
        domain = self.env.ref(METRIC)._get_facts_domain()
        domain &= Domain("company_id", "=", self.env.company.id)
        groups = self.env["sales.fact"]._read_group(
            domain & Domain("user_id", "!=", False),
            ["user_id"],
            having=[("__count", ">", 12)],
        )
        return self.env["res.users"].union(*(user for [user] in groups))
