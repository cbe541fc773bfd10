# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from odoo import Command, api, models

from odoo.addons.sales_efficiency_base.demo import enter_demo
from odoo.addons.sales_efficiency_base.demo.demo_company import COMPANY

# Code of the metric, group, period, weight, floor and goal; the goal of sales is
# what the best have reached. The weight of what nobody measures goes to sales.
CRITERIA = (
    ("ordered_amount", "sales", "quarter", 30, 0, 0),
    ("ordered_growth", "growth", "year", 15, -20, 40),
    ("adaptability", "adaptability", "year", 15, -30, 30),
    ("channel_coverage", "coverage", "year", 10, 0, 100),
    ("rating", "feedback", "year", 15, 2, 5),
    ("paid_by_due_date", "payment", "quarter", 15, 0, 50),
)


class SalesScorecardDemo(models.AbstractModel):
    """The last two quarters are scored: the first is in force, and at least one change
    of level of the second waits to be approved."""

    _name = "sales.scorecard.demo"
    _description = "Demo Data of Scorecards"

    @api.model
    def _load(self):
        if not self.env.ref(COMPANY, raise_if_not_found=False):
            return  # A database of an earlier version, in whose demo people work
        demo = enter_demo(self, tracking_disable=True)
        if demo.env["sales.scorecard"].search_count(
            [("company_id", "=", demo.env.company.id)], limit=1
        ):
            return  # Odoo can load demo data repeatedly
        for subject in ("channel", "member"):
            demo._score(demo._create_scorecard(subject))

    # ------------------------------------------------------------------
    # Scorecards
    # ------------------------------------------------------------------

    def _create_scorecard(self, subject):
        names = {
            "channel": self.env._("Channels"),
            "member": self.env._("Distributors, Agents and Partners"),
        }
        scorecard = self.env["sales.scorecard"].create(
            {
                "name": names[subject],
                "subject": subject,
                "channel_ids": [Command.set(self._find_channels(subject).ids)],
                "company_id": self.env.company.id,
                "user_id": self.env.ref("sales_efficiency_base.user_grace_demo").id,
                "criterion_ids": self._prepare_criteria(),
                "level_ids": [
                    Command.create({"name": name, "threshold": lowest, "color": color})
                    for name, lowest, color in (
                        (self.env._("Gold"), 75, 3),
                        (self.env._("Silver"), 50, 9),
                        (self.env._("Bronze"), 0, 2),
                    )
                ],
            }
        )
        scorecard.rule_ids = self._prepare_rules(scorecard)
        return scorecard

    def _find_channels(self, subject):
        """:return: of channels, those that are not divided further"""
        channels = self.env["sales.channel"]
        if subject == "channel":
            domain = [
                ("company_id", "in", (False, self.env.company.id)),
                ("child_ids", "=", False),
            ]
            channels = channels.search(domain)
        return channels

    def _prepare_criteria(self):
        metrics = self.env["sales.metric"].search(
            [("code", "in", [row[0] for row in CRITERIA])]
        )
        found = {metric.code: metric for metric in metrics}
        rows = [row for row in CRITERIA if row[0] in found]
        rest = 100 - sum(weight for _code, _group, _period, weight, *_ends in rows)
        return [
            Command.create(
                {
                    "sequence": number,
                    "metric_id": found[code].id,
                    "group": group,
                    "period": period,
                    "weight": weight + (rest if group == "sales" else 0),
                    "floor": floor,
                    # See ``_set_goal``
                    "goal": goal or 1,
                }
            )
            for number, (code, group, period, weight, floor, goal) in enumerate(rows)
        ]

    def _prepare_rules(self, scorecard):
        payment = scorecard.criterion_ids.filtered(lambda c: c.group == "payment")
        rows = [
            {
                "name": self.env._("Agree on a plan for the next quarter"),
                "kind": "total",
                "limit": 40,
                "days": 21,
            },
            {
                "name": self.env._("Talk about open invoices"),
                "kind": "points",
                "criterion_id": payment.id,
                "limit": 50,
                "days": 7,
            },
        ]
        return [Command.create(row) for row in rows]

    # ------------------------------------------------------------------
    # Scores
    # ------------------------------------------------------------------

    def _score(self, scorecard):
        if not scorecard._find_subjects():
            return
        last = scorecard._get_last_period()
        former = scorecard._get_period(last.start - timedelta(days=1))
        runs = [scorecard._score_period(period) for period in (former, last)]
        self._set_goal(scorecard, runs)
        self._set_level(scorecard, runs)
        self._put_in_force(runs[0])
        runs[0].action_agree()
        runs[1].action_score()
        runs[1].action_submit()

    def _set_goal(self, scorecard, runs):
        """Make what the best have sold the goal, in round figures."""
        sales = scorecard.criterion_ids[0]
        lines = self.env["sales.scorecard.line"].search(
            [("criterion_id", "=", sales.id)]
        )
        best = max(lines.mapped("value"), default=0)
        sales.goal = max(round(best, 1 - len(str(int(best)))), 1)
        for run in runs:
            run.action_score()

    def _set_level(self, scorecard, runs):
        """Draw a line that somebody has crossed from one quarter to the next."""
        before, after = (
            {result.name: result.total for result in run.result_ids if result.is_scored}
            for run in runs
        )
        moved = {
            name: abs(after[name] - before[name]) for name in before if name in after
        }
        if not any(moved.values()):
            return
        name = max(moved, key=moved.get)
        line = round((before[name] + after[name]) / 2, 2)
        nearest = min(scorecard.level_ids[:2], key=lambda lv: abs(lv.threshold - line))
        nearest.threshold = line
        runs[0].action_score()

    def _put_in_force(self, run):
        run.action_submit()
        if run.state == "submitted":
            self.env.invalidate_all()
            reviewer = run.review_ids.reviewer_ids[:1]
            run.with_user(reviewer)._validate_tier()
