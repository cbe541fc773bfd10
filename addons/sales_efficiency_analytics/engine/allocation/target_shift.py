# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from odoo.fields import Domain

from odoo.addons.sales_efficiency_base.tools import Period, Scope

DAY = timedelta(days=1)


class TargetShift:
    """Says how personal targets change with the customers that change hands.

    What goes with a customer is its share of the former person's figures of the last
    twelve months, in the metric of the target. As much comes to the target of the new
    person: the sum stays the same. Where the new person has none in the same plan, or
    the customer came from nobody, nothing is added.

    One evaluation for each metric, however many customers there are.

    :param allocation: the scenario
    """

    def __init__(self, allocation):
        self._allocation = allocation
        self._company = allocation.company_id
        self.env = allocation.env
        self._moves = allocation.line_ids.filtered(
            lambda line: line.is_move and line.user_id
        )

    def find_targets(self):
        """:return: the personal targets concerned, in plans that run from then on"""
        users = self._moves.user_id | self._moves.final_id
        targets = self.env["sales.target"].search(
            Domain("company_id", "=", self._company.id)
            & Domain("plan_id.purpose", "=", "sales")
            & Domain("plan_id.state", "=", "running")
            & Domain("plan_id.date_to", ">=", self._allocation.date_from)
            & Domain("user_id", "in", users.ids)
            & Domain("partner_id", "=", False)
        )
        return targets.filtered("is_additive")

    def get_differences(self):
        """:return: dict target -> dict month -> difference, without those of 0"""
        targets = self.find_targets()
        found = {}
        for metric, some in targets.grouped("metric_id").items():
            shares = self._measure(metric, some)
            for old in some:
                for new, share in shares.get(old, {}).items():
                    self._shift(found, old, new, share)
        return {
            target: months for target, months in found.items() if any(months.values())
        }

    def _measure(self, metric, targets):
        """:return: dict target -> dict target of the new person, or False -> share"""
        places = {
            (target, line): target._get_scope_ids() | {"partner_id": line.partner_id.id}
            for target in targets
            for line in self._moves
            if line.user_id == target.user_id
        }
        scopes = {key: Scope(self._company.id, **ids) for key, ids in places.items()}
        wholes = {target: target._get_scope() for target in targets}
        period = Period.twelve_months(self._company._get_sales_today() - DAY)
        values = metric._evaluate([*scopes.values(), *wholes.values()], [period])
        found = {}
        for (target, line), scope in scopes.items():
            whole = values[metric.id, wholes[target], period] or 0.0
            part = values[metric.id, scope, period] or 0.0
            if whole <= 0 or part <= 0:
                continue
            shares = found.setdefault(target, {})
            new = self._find_counterpart(targets, target, line.final_id)
            shares[new] = shares.get(new, 0.0) + part / whole
        return {target: self._limit(shares) for target, shares in found.items()}

    @staticmethod
    def _limit(shares):
        """Return shares of at most the whole: where others have sold less than nothing,
        some customers can have more.

        >>> TargetShift._limit({"anna": 1.5, "bob": 0.5})
        {'anna': 0.75, 'bob': 0.25}
        """
        total = max(sum(shares.values()), 1.0)
        return {new: share / total for new, share in shares.items()}

    @staticmethod
    def _find_counterpart(targets, target, user):
        """:return: the new person's target for the same in the same plan, if any"""
        same = target._get_scope_ids()
        for other in targets:
            if other.plan_id != target.plan_id or other.user_id != user:
                continue
            theirs = other._get_scope_ids()
            differing = {key for key in same if same[key] != theirs[key]}
            if differing <= set(target._get_dimensions_of("organization")):
                return other
        return targets.browse()

    def _shift(self, found, old, new, share):
        start = self._allocation.date_from
        today = old.plan_id._get_today()
        for line in old.month_ids:
            # Months that have begun cannot change.
            if line.month < start or line.month <= today:
                continue
            amount = old._round(line.amount * share)
            for target, signed in ((old, -amount), (new, amount)):
                if target:
                    months = found.setdefault(target, {})
                    months[line.month] = months.get(line.month, 0.0) + signed
