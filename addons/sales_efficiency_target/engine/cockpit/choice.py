# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from collections import defaultdict
from functools import cached_property

from odoo.fields import Domain

from odoo.addons.sales_efficiency_base.engine.cockpit import Choice

from ..results import Results


class TargetChoice(Choice):
    """Selection of a plan and a metric, in addition to scope and period.

    The default is the company's current plan, among running and closed ones, and its
    first metric. The periods are those of the plan. Without a plan, the cockpit looks
    as it does without targets.

    :param dict asked: may also contain ``plan_id`` and ``metric_id``
    """

    def __init__(self, env, asked):
        self.env = env
        self.plans = self._get_plans()
        self.plan = self._choose_plan(asked.get("plan_id"))
        self.metric_id = asked.get("metric_id")
        super().__init__(env, asked)

    # ------------------------------------------------------------------
    # Selection
    # ------------------------------------------------------------------

    @property
    def targets_domain(self):
        """The domain of the targets (or results) in the scope."""
        return self._get_targets_domain(self.scope)

    @property
    def moment(self):
        """The domain of the results of the period."""
        return Domain("period", "=", self.kind) & Domain(
            "date_from", "=", self.period.start
        )

    @cached_property
    def gauges(self):
        """The rows of results that make up the scope, for each metric.

        A list of lists of rows to add up, in the order of the metrics; empty without a
        plan.
        """
        if not self.plan:
            return []
        domain = self.targets_domain & self.moment
        if self.scope == "company":
            domain &= Domain("level", "=", 0)
        results = Results(self.env)
        rows = results.find(domain)
        targets = {row["target_id"] for row in rows}
        topmost = defaultdict(list)
        for row in rows:
            if row["parent_id"] not in targets:
                topmost[row["metric_id"]].append(row)
        metrics = self.env["sales.metric"].browse(topmost)
        ancestors = results.get_ancestors(rows)
        return [
            whole
            for metric in metrics.sorted()
            for whole in results.choose_whole(topmost[metric.id], ancestors)
        ]

    @cached_property
    def whole(self):
        """The rows of the selected metric."""
        chosen = (
            rows for rows in self.gauges if rows[0]["metric_id"] == self.metric_id
        )
        return next(chosen, self.gauges[0])

    @property
    def metric(self):
        """The metric of the chart and of the lists."""
        return self.env["sales.metric"].browse(self.whole[0]["metric_id"])

    @property
    def metrics(self):
        """The metrics with gauges."""
        ids = dict.fromkeys(rows[0]["metric_id"] for rows in self.gauges)
        return self.env["sales.metric"].browse(ids)

    @cached_property
    def details(self):
        """The rows of all results of the scope, the period and the metric."""
        return Results(self.env).find(
            self.targets_domain & Domain("metric_id", "=", self.metric.id) & self.moment
        )

    @cached_property
    def compared(self):
        """The rows to compare: dict of dimension -> id -> rows.

        Salespeople, teams and regions always qualify; product lines, channels and
        customers only as direct parts of the whole.
        """
        parts = {row["target_id"] for row in self.whole}
        targets = self.env["sales.target"]
        organization = targets._get_dimensions_of("organization")
        compared = {}
        for name in targets._get_naming_dimensions():
            groups = defaultdict(list)
            for row in self.details:
                is_part = row["parent_id"] in parts
                if name in row["place"] and (is_part or name in organization):
                    groups[row[name]].append(row)
            if len(groups) > 1:
                compared[name] = groups
        return compared

    def describe(self):
        if not self.plan:
            return super().describe()
        data = super().describe() | {
            "plan": {
                "id": self.plan.id,
                "name": self.plan.name,
                "company": self.company.name,
                "currency_id": self.plan.currency_id.id,
            }
        }
        if self.gauges:
            data["metric"] = self.describe_metric(self.metric)
        return data

    def describe_metric(self, metric):
        """Return the data that the client needs to format figures of a metric."""
        return {
            "id": metric.id,
            "name": metric.name,
            "unit": metric.unit,
            "is_additive": metric._is_additive(),
            "higher_is_better": metric.higher_is_better,
        }

    # ------------------------------------------------------------------
    # Plans
    # ------------------------------------------------------------------

    def _get_plans(self):
        return self.env["sales.target.plan"].search(
            [
                ("purpose", "=", "sales"),
                ("state", "in", ("running", "closed")),
                ("company_id", "in", self.env.companies.ids),
            ]
        )

    def _choose_plan(self, plan_id):
        """Prefer plans of the current company, then running, then current ones."""
        asked = self.plans.filtered(lambda plan: plan.id == plan_id)
        usual = self.plans.sorted(
            lambda plan: (
                plan.company_id != self.env.company,
                plan.state != "running",
                not plan.date_from <= plan._get_today() <= plan.date_to,
            )
        )
        return asked or usual[:1]

    def _get_company(self):
        return self.plan.company_id or super()._get_company()

    # ------------------------------------------------------------------
    # Scopes
    # ------------------------------------------------------------------

    def _has_own(self):
        if not self.plan:
            return super()._has_own()
        domain = self._get_targets_domain("my")
        return bool(self.env["sales.target"].search_count(domain, limit=1))

    def _name_scopes(self):
        if not self.plan:
            return super()._name_scopes()
        return super()._name_scopes() | {"my": self.env._("My Targets")}

    def _get_targets_domain(self, scope):
        domain = Domain("plan_id", "=", self.plan.id)
        user = self.env.user
        if scope == "my":
            # Leaders are also responsible for the team target, which is not their own.
            name = "user_id" if self._is_leader() else "responsible_id"
            return domain & Domain(name, "=", user.id)
        if scope == "team":
            return domain & user._get_led_domain(team="team_id", user="user_id")
        return domain

    # ------------------------------------------------------------------
    # Periods
    # ------------------------------------------------------------------

    def _get_today(self):
        if not self.plan:
            return super()._get_today()
        return min(max(self.plan._get_today(), self.plan.date_from), self.plan.date_to)

    def _get_spans(self):
        if not self.plan:
            return super()._get_spans()
        spans = defaultdict(list)
        for kind, span, _measured in self.plan._get_periods():
            spans[kind].append(span)
        return spans

    def _name_year(self):
        return self.plan.name or super()._name_year()
