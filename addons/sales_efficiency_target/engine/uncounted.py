# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.fields import Domain

# Targets with the same values are considered together: sales count if any has them.
KEYS = ("plan_id", "metric_id", "user_id")


class Uncounted:
    """Finds sales of the year to date that count for none of a salesperson's targets.

    Only for sums: a rate or a number of customers has no remainder.

    :param targets: ``sales.target`` records
    """

    def __init__(self, targets):
        self._targets = targets.filtered(
            lambda target: target.user_id
            and target.state in ("running", "closed")
            and target.metric_id.kind == "sum"
        )._origin

    def get_domains(self):
        """Return the domains of the uncounted facts, in few queries.

        :return: dict target -> domain, if a salesperson's targets may leave out sales
        """
        own = self._get_own()
        places = self._get_places(own)
        by_person = own.grouped(self._get_key)
        spans = {plan: plan._get_span_to_date() for plan in self._targets.plan_id}
        domains = {}
        for target in self._targets:
            same = by_person[self._get_key(target)]
            span = spans[target.plan_id]
            # A target without further dimensions counts all sales of the salesperson.
            if span and all(places[other] for other in same):
                domains[target] = (
                    Domain("company_id", "=", target.company_id.id)
                    & Domain("date", ">=", span.start)
                    & Domain("date", "<=", span.end)
                    & Domain("user_id", "=", target.user_id.id)
                    & target.metric_id._get_facts_domain()
                    & ~Domain.OR(Domain.AND(places[other]) for other in same)
                )
        return domains

    def _get_own(self):
        """:return: all targets of these salespeople in the same plans and metrics"""
        # sudo: scopes of targets are public, see _get_scope_name.
        return self._targets.sudo().search(
            [(key, "in", self._targets[key].ids) for key in KEYS]
        )

    @staticmethod
    def _get_key(target):
        return tuple(target[key].id for key in KEYS)

    @staticmethod
    def _get_places(targets):
        """Return the restrictions of targets beyond the salesperson.

        :return: dict target -> list of domains, one for each dimension
        """
        domains = {target: [] for target in targets}
        for name in targets._get_dimensions():
            narrowed = targets.filtered(name) if name != "user_id" else targets.browse()
            places = narrowed[name]
            below = {place: place.ids for place in places}
            if places and "parent_path" in places._fields:
                found = places.with_context(active_test=False).search(
                    [("id", "child_of", places.ids)]
                )
                below = {
                    place: [
                        node.id
                        for node in found
                        if node.parent_path.startswith(place.parent_path)
                    ]
                    for place in places
                }
            for target in narrowed:
                domains[target].append(Domain(name, "in", below[target[name]]))
        return domains
