# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from itertools import zip_longest

from odoo.addons.sales_efficiency_base.engine import Dimensions
from odoo.addons.sales_efficiency_base.tools import Scope

from .terms_reader import to_factor

DAY = timedelta(days=1)
FOREVER = date(9999, 12, 31)
#: What credits are asked for: what people earn by, and what their targets count
PAY, TARGETS = ("pay",), ("targets",)
#: Kinds of rules that earn by single figures
BY_LINES = ("commission", "bounty")


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

    *Own* is what is credited to the person, for an agent what came by the agent, such
    as by a channel of their own. *Teams* are those that the assignment names and all
    below. *Scope* is all that the rule asks for, within what the person answers for.

    :param dict versions: plan → its approved versions, in the order of their beginning
    :param dict begins: version or assignment → first day on which it is taken to be in
        effect, other than its own
    """

    def __init__(self, versions, begins=None):
        self._versions = versions
        self._begins = begins or {}
        self._constraints = []
        # The same for all who are in a plan
        self._find_metrics = cache(self._get_metrics)
        self._find_places = cache(get_places_of_rule)

    def of_assignments(self, assignments, asked=PAY):
        """Return the credits of assignments.

        :param tuple asked: ``PAY``, ``TARGETS`` or both: what is the same comes once
        :return: list of :class:`Credit`
        """
        self._constraints = []
        credits = [
            credit
            for assignment in assignments
            for credit in self._of_assignment(assignment, asked)
        ]
        expand_places(assignments.env, self._constraints)
        return credits

    def of_rules(self, env):
        """Return all that rules ask for, as if somebody were credited with it.

        :return: list of :class:`Credit` of no assignment
        """
        self._constraints = []
        nobody = env["sales.incentive.assignment"]
        credits = [
            self._make(
                nobody, rule, rule.metric_id, start, end, get_places_of_rule(rule)
            )
            for plan in self._versions
            for version, start, end in self._iterate(plan)
            for rule in version.rule_ids
            if rule.metric_id and rule.kind in BY_LINES
        ]
        expand_places(env, self._constraints)
        return credits

    def _of_assignment(self, assignment, asked):
        days = (self._get_begin(assignment), assignment.date_to or FOREVER)
        for version, start, end in self._iterate(assignment.plan_id, *days):
            for rule in version.rule_ids:
                places = self._get_places(assignment, rule)
                if places is not None:
                    for metric in self._find_metrics(rule, asked):
                        yield self._make(assignment, rule, metric, start, end, places)

    def _iterate(self, plan, first=date.min, last=FOREVER):
        """Iterate over the versions of a plan, with the days on which each counts."""
        versions = self._versions.get(plan, ())
        for version, following in zip_longest(versions, versions[1:]):
            end = min(last, self._get_begin(following) - DAY) if following else last
            start = max(first, self._get_begin(version))
            if start <= end:
                yield version, start, end

    @staticmethod
    def _get_metrics(rule, asked):
        """Return what the rule pays on, what decides about that, or both."""
        metrics = rule.metric_id.browse()
        if set(PAY) <= set(asked) and rule.kind in BY_LINES:
            metrics |= rule.metric_id
        if set(TARGETS) <= set(asked):
            metrics |= rule.target_metric_id
            if rule.kind == "pool":
                metrics |= rule.metric_id
        return metrics

    def _get_begin(self, record):
        return self._begins.get(record) or record.date_from

    def _make(self, assignment, rule, metric, start, end, places):
        credit = Credit(
            assignment_id=assignment.id,
            root_id=rule.root_id,
            rule_id=rule.id,
            metric_id=metric.id,
            company_id=rule.company_id.id,
            date_from=start,
            date_to=end,
            share=to_factor(rule.share),
            places={},
            without_user=(rule.credit == "led" and assignment.user_id.id) or None,
        )
        self._constraints.append((credit, places))
        return credit

    def _get_places(self, assignment, rule):
        """Return pairs of a dimension and ids, or None if nothing can count."""
        places = self._find_places(rule)
        if rule.kind == "pool":
            return places
        if rule.credit == "own":
            name, ids = get_place_of_person(assignment)
            return [*places, (name, ids)] if ids else None
        if rule.credit in ("teams", "led"):
            teams = tuple(assignment.team_ids.ids)
            return [*places, ("team_id", teams)] if teams else None
        return places + [
            (name, (assignment[name].id,))
            for name in assignment._get_answered_dimensions()
            if assignment[name]
        ]


def get_places_of_rule(rule):
    """Return pairs of a dimension and ids to which a rule is narrowed."""
    return [(name, (id_,)) for name, id_ in rule._get_scope_ids().items() if id_]


def get_place_of_person(assignment):
    """Return the dimension and the ids by which a person's own sales are known."""
    name, id_ = assignment._get_own_place()
    return name, (id_,) if id_ else ()


def expand_places(env, constraints):
    """Set the places of credits, with all that lies below them in trees.

    :param constraints: pairs of a credit, and pairs of a dimension and ids
    """
    asked = defaultdict(set)
    for _credit, places in constraints:
        for name, ids in places:
            asked[name].update(ids)
    if not constraints:
        return
    scope = Scope(constraints[0][0].company_id, **asked)
    dimensions = Dimensions(env).of_scopes([scope])
    expanded = {}
    for credit, places in constraints:
        for name, ids in places:
            if (name, ids) not in expanded:
                expanded[name, ids] = frozenset(dimensions[name].expand(ids))
            leaves = expanded[name, ids]
            credit.places[name] = credit.places.get(name, leaves) & leaves
