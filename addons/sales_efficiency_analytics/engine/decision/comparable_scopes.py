# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from functools import cached_property
from statistics import StatisticsError, correlation, fmean

from odoo.exceptions import UserError
from odoo.fields import Domain

from .decision_periods import DecisionPeriods, drop_unknown

# So many are proposed, of as many of the largest.
PROPOSED = 10
LOOKED_AT = 200
# Months by which it can be told who ran alike
LEAST_MONTHS = 6


def compare_months(months, others):
    """Return how alike two series of months ran: their correlation, or None.

    >>> compare_months([1, 2, 3, 4, 5, 6], [20, 30, 40, 50, 60, 70])
    1.0
    >>> compare_months([1, 2, 3, 4, 5, 6], [6, 5, 4, 3, None, 1])
    >>> compare_months([1, 2, 3, 4, 5, 6], [6, 5, 4, 3, 2, 1])
    -1.0
    >>> compare_months([1, 1, 1, 1, 1, 1], [6, 5, 4, 3, 2, 1])
    """
    pairs = [
        pair
        for pair in zip(months, others, strict=True)
        if None not in (pair[0], pair[1])
    ]
    if len(pairs) < LEAST_MONTHS:
        return None
    try:
        return round(correlation(*zip(*pairs, strict=True)), 9)
    except StatisticsError:
        return None  # One of them never changes.


class ComparableScopes:
    """Finds what ran like the scopes that a decision affects, and is not affected.

    All months of all candidates are read at once.

    :param decision: the decision, in the environment of its owner
    """

    def __init__(self, decision):
        self._decision = decision
        self.env = decision.env
        self._name = decision.dimension

    def propose(self):
        """Return the most alike: dict record of the dimension → how alike it ran.

        :raise UserError: if it cannot be told
        """
        candidates = self._find_candidates()
        if not candidates:
            raise UserError(
                self.env._(
                    "There is nothing else to compare with: all that could be compared"
                    " is affected."
                )
            )
        likeness = self.measure(candidates)
        alike = {record: value for record, value in likeness.items() if value > 0}
        if not alike:
            raise UserError(
                self.env._(
                    "Nothing ran alike in the months before. Choose yourself what to"
                    " compare with, or compare by something else."
                )
            )
        ranked = sorted(alike, key=alike.get, reverse=True)
        return {record: alike[record] for record in ranked[:PROPOSED]}

    def measure(self, records):
        """Return how alike records of the dimension ran: dict record → -1 to 1.

        Those of which it cannot be told are left out.
        """
        decision, metric = self._decision, self._decision.metric_id
        affected = [line._get_scope() for line in decision.affected_ids]
        scopes = {record: decision._get_scope_of(record) for record in records}
        months = DecisionPeriods(
            decision.date_start, decision.date_end
        ).get_months_before(decision.company_id._get_sales_today())
        values = metric._evaluate([*affected, *scopes.values()], months)
        months = drop_unknown(
            months,
            lambda month: any(
                values[metric.id, scope, month]
                for scope in [*affected, *scopes.values()]
            ),
        )
        if len(months) < LEAST_MONTHS:
            raise UserError(
                self.env._(
                    "There are figures of %(count)s full months before the start. It"
                    " takes %(least)s to see what ran alike: choose yourself what to"
                    " compare with.",
                    count=len(months),
                    least=LEAST_MONTHS,
                )
            )

        def read(scope):
            return [values[metric.id, scope, month] for month in months]

        own = [
            self._average(column) for column in zip(*map(read, affected), strict=True)
        ]
        found = {
            record: compare_months(own, read(scope)) for record, scope in scopes.items()
        }
        return {record: value for record, value in found.items() if value is not None}

    @staticmethod
    def _average(values):
        known = [value for value in values if value is not None]
        return fmean(known) if known else None

    # ------------------------------------------------------------------
    # Candidates
    # ------------------------------------------------------------------

    def _find_candidates(self):
        """:return: records of the dimension that are not affected, and that the owner
        of the decision may see"""
        found = (
            self._find_siblings()
            if self.env["sales.fact"]._is_tree(self._name)
            else self._find_in_figures()
        )
        found -= self._affected
        return found.filtered(self._decision._is_open_to_owner)

    @cached_property
    def _affected(self):
        return self._decision.affected_ids[self._name]

    def _find_siblings(self):
        """:return: the nodes beside those affected, without their branches"""
        nodes = self._affected
        domain = Domain("parent_id", "in", nodes.parent_id.ids)
        if any(not node.parent_id for node in nodes):
            domain |= Domain("parent_id", "=", False)
        if "company_id" in nodes._fields:
            company = self._decision.company_id
            domain &= Domain("company_id", "in", [False, company.id])
        branches = set("/".join(nodes.mapped("parent_path")).split("/"))
        siblings = nodes.search(domain, limit=LOOKED_AT)
        return siblings.filtered(lambda node: str(node.id) not in branches)

    def _find_in_figures(self):
        """:return: the largest that have figures in the months before"""
        months = DecisionPeriods(
            self._decision.date_start, self._decision.date_end
        ).get_months_before(self._decision.company_id._get_sales_today())
        domain = Domain("company_id", "=", self._decision.company_id.id)
        domain &= Domain("date", ">=", months[0].start)
        domain &= Domain("date", "<=", months[-1].end)
        domain &= Domain(self._name, "!=", False)
        for name, id_ in self._decision._get_scope_ids().items():
            if id_:
                is_tree = self.env["sales.fact"]._is_tree(name)
                domain &= Domain(name, "child_of" if is_tree else "=", id_)
        # sudo: only finds candidates; those that the owner may see are chosen above.
        groups = (
            self.env["sales.fact"]
            .sudo()
            ._read_group(domain, [self._name], order="amount:sum DESC", limit=LOOKED_AT)
        )
        records = self._affected.browse(record.id for [record] in groups)
        return records._filtered_access("read")
