# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from odoo.addons.sales_efficiency_base.engine import Dimensions
from odoo.addons.sales_efficiency_base.tools import Scope

from .terms_reader import to_factor

DAY = timedelta(days=1)
FOREVER = date(9999, 12, 31)


@dataclass(slots=True)
class Credit:
    """What one rule credits to one assignment while one version is in effect.

    :param places: dict dimension → ids of which a figure must have one, trees included
    :param without_user: id of the person whose own sales do not count, or None
    """

    assignment_id: int
    root_id: int
    rule_id: int
    metric_id: int
    company_id: int
    date_from: date
    date_to: date
    share: Decimal
    places: dict
    without_user: int | None = None


class Credits:
    """Finds out whose sales count for whom.

    *Own* is what is credited to the person, for an agent what came by the channel of
    the agent. *Teams* are those that the assignment names and all below. *Scope* is all
    that the rule asks for, within what the person answers for.

    :param dict versions: plan → its approved versions, in the order of their beginning
    """

    def __init__(self, versions):
        self._versions = versions
        self._constraints = []

    def of_assignments(self, assignments, for_targets=False):
        """Return the credits of assignments.

        :param bool for_targets: what their targets count, instead of what they earn by
        :return: list of :class:`Credit`
        """
        self._constraints = []
        credits = [
            credit
            for assignment in assignments
            for credit in self._of_assignment(assignment, for_targets)
        ]
        self._expand(assignments.env, credits)
        return credits

    def _of_assignment(self, assignment, for_targets):
        versions = self._versions.get(assignment.plan_id, ())
        for position, version in enumerate(versions):
            end = assignment.date_to or FOREVER
            if position + 1 < len(versions):
                end = min(end, versions[position + 1].date_from - DAY)
            start = max(assignment.date_from, version.date_from)
            if start <= end:
                for rule in version.rule_ids:
                    metric = rule.target_metric_id if for_targets else rule.metric_id
                    places = self._get_places(assignment, rule)
                    is_paid = for_targets or rule.kind in ("commission", "bounty")
                    if metric and is_paid and places is not None:
                        yield self._make(assignment, rule, metric, start, end, places)

    def _make(self, assignment, rule, metric, start, end, places):
        credit = Credit(
            assignment_id=assignment.id,
            root_id=rule.root_id,
            rule_id=rule.id,
            metric_id=metric.id,
            company_id=assignment.company_id.id,
            date_from=start,
            date_to=end,
            share=to_factor(rule.share),
            places={},
            without_user=assignment.user_id.id if rule.credit == "led" else None,
        )
        self._constraints.append((credit, places))
        return credit

    def _get_places(self, assignment, rule):
        """Return pairs of a dimension and ids, or None if nothing can count."""
        places = [(name, (id_,)) for name, id_ in rule._get_scope_ids().items() if id_]
        if rule.credit == "own":
            if assignment.user_id:
                return [*places, ("user_id", (assignment.user_id.id,))]
            return [*places, ("channel_id", (assignment.channel_id.id,))]
        if rule.credit in ("teams", "led"):
            teams = tuple(assignment.team_ids.ids)
            return [*places, ("team_id", teams)] if teams else None
        return places + [
            (name, (assignment[name].id,))
            for name in ("region_id", "categ_id", "channel_id")
            if assignment[name]
        ]

    def _expand(self, env, credits):
        """Set the places of credits, with all that lies below them in trees."""
        asked = defaultdict(set)
        for _credit, places in self._constraints:
            for name, ids in places:
                asked[name].update(ids)
        if not credits:
            return
        scope = Scope(credits[0].company_id, **asked)
        dimensions = Dimensions(env).of_scopes([scope])
        expanded = {}
        for credit, places in self._constraints:
            for name, ids in places:
                if (name, ids) not in expanded:
                    expanded[name, ids] = frozenset(dimensions[name].expand(ids))
                leaves = expanded[name, ids]
                credit.places[name] = credit.places.get(name, leaves) & leaves
