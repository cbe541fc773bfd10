# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from itertools import repeat

from odoo.tools import float_round

from odoo.addons.sales_efficiency_base.engine import bulk_create
from odoo.addons.sales_efficiency_base.tools import Period, allocate


class Spread:
    """Spreads annual targets over their months (policy 2.1.1, 2.1.3).

    The months add up to the year, to the cent. If the metric is not additive (a rate),
    each month gets the value of the year. The number of queries does not depend on the
    number of targets.

    :param targets: ``sales.target`` records; the caller has checked that they may
        be changed
    :param dict figures: target -> months that are entered, but not saved yet
    """

    def __init__(self, targets, figures=None):
        self.env = targets.env
        self._targets = targets
        self._figures = figures or {}
        self._steps = targets._get_steps()

    def apply(self):
        """Write the months so that they add up to the year."""
        self.keep_year()
        weights = self.get_weights()
        rows = []
        for plan, targets in self._targets.grouped("plan_id").items():
            months = plan._get_months()
            for target in targets:
                amounts = self.split(target, target.amount, weights[target])
                rows += zip(repeat(target.id), months, amounts, strict=False)
        self.env["sales.target.month"]._set_amounts(rows)

    def split(self, target, amount, weights):
        """:return: the months of an amount, which has the figure of a rate in each"""
        if not target.is_additive:
            return [amount] * len(weights)
        return allocate(amount, weights, self._steps[target])

    def keep_year(self):
        """Store the rounded year without summing its months: they are derived from it,
        so reading many thousands of them would be wasted."""
        targets, field = self._targets, self._targets._fields["amount"]
        # Computing ``is_additive`` would otherwise trigger that of the year.
        bulk_create.compute_without(targets, "is_additive", field)
        rounded = {
            target: float_round(target.amount, precision_rounding=step)
            for target, step in self._steps.items()
        }
        uneven = targets.filtered(lambda target: rounded[target] != target.amount)
        with self.env.protecting([field], uneven):
            for target in uneven:
                target.amount = rounded[target]
        uneven.modified(["amount"])

    # ------------------------------------------------------------------
    # Weights
    # ------------------------------------------------------------------

    def get_weights(self):
        """:return: dict target -> 12 weights for spreading the year"""
        weights = {target: [1] * 12 for target in self._targets}
        for target in self._spread_by("distribution"):
            weights[target] = target.distribution_id._get_weights()
        weights |= self._get_shapes()
        weights |= self._get_seasonality(self._spread_by("seasonality"))
        return weights

    def _spread_by(self, *kinds):
        return self._targets.filtered(lambda target: target.spread in kinds)

    def _get_shapes(self):
        """Return existing months as weights: the target's own, or those of its parent,
        reduced by the presence of the salesperson.

        The months of the parent only shape those below: its figures are not revealed.
        """
        presences = self._get_presences()
        sources = {target: target for target in self._spread_by("manual")} | {
            target: target.parent_id
            for target in self._spread_by("parent")
            if target.parent_id
        }
        whole = self._targets.browse().union(*set(sources.values()))
        amounts = whole._get_month_amounts() | self._figures
        return {
            target: [
                weight * share
                for weight, share in zip(
                    amounts[source], presences.get(target, repeat(1)), strict=False
                )
            ]
            for target, source in sources.items()
            if source in amounts
        }

    def _get_presences(self):
        """:return: dict target -> share of a full target for each month, for
        salespeople whose months follow the parent target"""
        presences = {}
        for (plan, considers_leave), targets in (
            self._spread_by("parent")
            .filtered("user_id")
            .grouped(lambda target: (target.plan_id, target.considers_leave))
            .items()
        ):
            members = {}
            for (user, _team), same in targets.grouped(
                lambda target: (target.user_id, target.team_id)
            ).items():
                member = user.crm_team_member_ids._get_sales_membership(same[:1])
                members |= dict.fromkeys(same, member)
            shares = (
                self.env["crm.team.member"]
                .union(*set(members.values()))
                ._get_sales_presences(plan._get_months(), considers_leave)
            )
            presences |= {
                target: shares[member] for target, member in members.items() if member
            }
        return presences

    def _get_seasonality(self, targets):
        """Return the months of the previous year as weights (policy 2.1.1).

        One evaluation for all targets of a plan and metric. Without any sales, all
        months weigh the same; a month with more returns than sales weighs nothing.
        """
        weights = {}
        for (plan, metric), same in targets.grouped(
            lambda target: (target.plan_id, target.metric_id)
        ).items():
            periods = [
                Period.month(month).previous_year() for month in plan._get_months()
            ]
            scopes = {target: target._get_scope() for target in same}
            values = metric._evaluate(scopes.values(), periods)
            for target, scope in scopes.items():
                figures = [values[metric.id, scope, period] for period in periods]
                weights[target] = [max(figure or 0, 0) for figure in figures]
        return weights
