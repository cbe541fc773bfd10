# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from itertools import repeat

from odoo.tools import float_round

from odoo.addons.sales_efficiency_base.engine import bulk_create
from odoo.addons.sales_efficiency_base.tools import Period, allocate


class Spread:
    """Spreads the year of targets over their months (policy 2.1.1, 2.1.3).

    Months add up to the year, to the cent; where parts do not add up (a rate), each
    month has the figure of the year. The number of queries does not depend on that of
    targets.

    :param targets: ``sales.target`` records; the caller has checked that they may
        change
    """

    def __init__(self, targets):
        self.env = targets.env
        self._targets = targets
        self._steps = targets._get_steps()

    def apply(self):
        """Write the months so that they add up to the year."""
        self.keep_year()
        weights = self._get_weights()
        rows = []
        for plan, targets in self._targets.grouped("plan_id").items():
            months = plan._get_months()
            for target in targets:
                amount = target.amount
                amounts = [amount] * len(months)
                if target.is_additive:
                    amounts = allocate(amount, weights[target], self._steps[target])
                rows += zip(repeat(target.id), months, amounts, strict=False)
        self.env["sales.target.month"]._set_amounts(rows)

    def keep_year(self):
        """Take the year, rounded, for what its months come to: they are made from it,
        so that many thousands of them need not be read."""
        targets, field = self._targets, self._targets._fields["amount"]
        # The computation of this one asks for that of the year.
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

    def _get_weights(self):
        """:return: dict target -> 12 weights, by which the year is spread"""
        weights = {target: [1] * 12 for target in self._targets}
        for target in self._spread_by("distribution"):
            weights[target] = target.distribution_id._get_weights()
        weights |= self._get_shapes()
        weights |= self._get_seasonality(self._spread_by("seasonality"))
        return weights

    def _spread_by(self, *kinds):
        return self._targets.filtered(lambda target: target.spread in kinds)

    def _get_shapes(self):
        """Return the months that are there as weights: a target's own, or those of the
        target above for people who are there to sell.

        The shape of the year above shows in the months below, no figure.
        """
        presences = self._get_presences()
        sources = {target: target for target in self._spread_by("manual")} | {
            target: target.parent_id
            for target in self._spread_by("parent")
            if target.parent_id
        }
        whole = self._targets.browse().union(*set(sources.values()))
        amounts = whole._get_month_amounts()
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
        """:return: dict target -> share of a full target that each month can ask for,
        for people who get their months from the target above"""
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
        """Return the months of the year before as weights (policy 2.1.1).

        One evaluation for all targets of a plan and metric. Where nothing was sold,
        months weigh the same; a month with more returned than sold weighs nothing.
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
