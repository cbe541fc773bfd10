# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from collections import defaultdict
from typing import NamedTuple

from odoo.tools import SQL

from .adjustment_reader import AdjustmentReader
from .attainment_reader import AttainmentReader
from .booked_entries import BookedEntries
from .fiscal_calendar import last_day, next_month
from .ledger import Ledger
from .money import Money
from .month_lines import MonthLines
from .month_pools import MonthPools
from .receipt_reader import read_receipts
from .restated_months import RestatedMonths
from .sold_documents import SoldDocuments
from .terms import MonthFacts
from .terms_reader import read_assignment, read_version, to_decimal


class MonthBatch(NamedTuple):
    """What is known of some assignments when a month is computed.

    Dictionaries have the id of the assignment as key.
    """

    terms: dict
    ledgers: dict
    lines: MonthLines
    facts: dict
    attainments: dict
    conditions: dict
    #: what most entries are about: pairs of source and id
    documents: set


class MonthReader:
    """Reads what people earn by in a month, without writing anything.

    The number of queries depends on that of batches alone.

    :param period: ``sales.incentive.period`` record, whoever may see it; it need not be
        saved
    :param dict versions: plan → versions to compute by, the earliest first; None: the
        approved ones
    """

    def __init__(self, period, versions=None):
        self.env = period.env
        self._period = period
        self._company = period.company_id
        self._month = period.month
        self._end = last_day(period.month)
        self._money = Money(to_decimal(self._company.currency_id.rounding))
        self._adjustments = AdjustmentReader(self.env, period.month)
        self._versions = self._get_versions() if versions is None else versions
        self._sold = SoldDocuments(
            self.env, self._company, self._end, self._money, self._counts_orders()
        )
        self._restated = RestatedMonths(
            self.env, self._company, self._month, self._versions
        )
        self._plan_terms = {
            plan: [read_version(version) for version in versions]
            for plan, versions in self._versions.items()
        }
        self._pools = MonthPools(period, self._versions, self._plan_terms)

    def _get_versions(self):
        """Return the approved versions of each plan, the earliest first."""
        versions = self.env["sales.incentive.version"].search(
            [
                ("company_id", "=", self._company.id),
                ("state", "=", "approved"),
                ("date_from", "<=", self._end),
            ],
            order="date_from, id",
        )
        return {
            plan: group.sorted("date_from")
            for plan, group in versions.grouped("plan_id").items()
        }

    def _counts_orders(self):
        rules = self.env["sales.incentive.rule"].union(
            *(versions.rule_ids for versions in self._versions.values())
        )
        return "confirmed" in rules.metric_id.event_ids.mapped("event")

    @property
    def versions(self):
        """The versions that it computes by: dict plan → records"""
        return self._versions

    def share_pools(self):
        """Share out the pools for ``gather``, without keeping how."""
        self._pools.compute()

    def read_grants(self, period):
        """Note what the month pays that is decided elsewhere, e.g. awards, for
        ``gather``."""
        rules = self.env["sales.incentive.rule"]
        for id_, root_id, grant in rules._get_grants(period):
            self._pools.grants[id_][root_id][self._month] = grant

    # ------------------------------------------------------------------
    # People
    # ------------------------------------------------------------------

    def find_assignments(self):
        """Return the assignments of the month, and those that have balances left."""
        plans = self.env["sales.incentive.plan"].union(*self._versions)
        found = self.env["sales.incentive.assignment"].search(
            [("plan_id", "in", plans.ids), ("date_from", "<=", self._end)], order="id"
        )
        ended = found.filtered(lambda a: a.date_to and a.date_to < self._month)
        over = ended - self._find_unsettled(ended) if ended else ended
        return found - over

    def _find_unsettled(self, ended):
        """Return the ended assignments of which something may still move."""
        ids = {
            *self._find_open(ended),
            *self._adjustments.find_assignments(self._company),
            *self._find_changed(),
        }
        plans = self._restated.find_plans()
        return ended.filtered(lambda a: a.id in ids or a.plan_id in plans)

    def _find_changed(self):
        """Return the ids of assignments that have earned by what has changed since."""
        documents = self.env["sales.incentive.change"]._get_documents(
            self._company, next_month(self._month)
        )
        return self._sold.find_earners(documents)

    def _find_open(self, ended):
        """Return the ids of ended assignments with balances that may still move."""
        rows = self.env.execute_query(
            SQL(
                """
                SELECT assignment_id FROM (
                    SELECT assignment_id, SUM(amount) AS amount
                      FROM sales_incentive_entry
                     WHERE assignment_id = ANY(%s) AND month < %s
                       AND balance <> 'payable'
                     GROUP BY assignment_id, balance
                ) balance WHERE amount <> 0
                """,
                ended.ids,
                self._month,
            )
        )
        return [id_ for [id_] in rows]

    # ------------------------------------------------------------------
    # Facts
    # ------------------------------------------------------------------

    def gather(self, assignments, changed):
        """Read what is known of some assignments, without writing anything.

        :param set changed: documents of earlier months that have changed
        :return: :class:`MonthBatch`
        """
        terms, ledgers, lines, restated = self._gather(assignments, changed)
        waiting = self._find_waiting(terms, ledgers, lines)
        receipts = read_receipts(self.env, waiting, self._end)
        attainments, conditions = self._read_attainments(
            assignments, terms, self._get_months(lines, restated)
        )
        unaccepted = self._read_unaccepted(assignments)
        adjustments = self._read_adjustments(assignments)
        facts = {}
        for id_ in terms:
            facts[id_] = MonthFacts(
                lines=lines.lines[id_],
                attainments=attainments[id_],
                conditions=conditions[id_],
                receipts=receipts,
                grants=self._pools.grants.get(id_, {}),
                restated={month for other, month in restated if other == id_},
                unaccepted=unaccepted.get(id_, set()),
                adjustments=adjustments[id_],
            )
        documents = waiting.union(key[:2] for _id, _root, key in lines.places)
        return MonthBatch(
            terms, ledgers, lines, facts, attainments, conditions, documents
        )

    def _gather(self, assignments, changed):
        """Read what some assignments earn by, and what they have booked.

        :return: dicts assignment id → terms, and → :class:`.Ledger`;
            :class:`.MonthLines`; pairs of assignment id and month with new terms
        """
        terms = {
            assignment.id: read_assignment(
                assignment, self._plan_terms[assignment.plan_id]
            )
            for assignment in assignments
        }
        booked = BookedEntries(self.env, self._month)
        lines = MonthLines(
            self.env,
            assignments,
            terms,
            self._versions,
            self._month,
            self._end,
            booked,
            self._money,
        )
        documents = lines.prepare(changed)
        itemised = {root for term in terms.values() for root in term.itemised_root_ids}
        since = self._get_start_of_intervals(terms)
        known = (documents | lines.documents) if itemised else ()

        sums = booked.read_sums(assignments)

        def read_ledgers():
            items = booked.read_items(
                assignments, itemised, known, since, self._find_followed(terms)
            )
            return {
                id_: Ledger(term, sums[id_], items[id_]) for id_, term in terms.items()
            }

        ledgers = read_ledgers()
        restated = self._restated.find(assignments, terms, ledgers)
        first = min((month for _id, month in restated), default=since)
        if itemised and first < since:
            # A true-up is shared among all documents of its month.
            since = first
            ledgers = read_ledgers()
        lines.gather(documents, restated)
        return terms, ledgers, lines, restated

    @staticmethod
    def _find_followed(terms):
        """Return the roots of rules that take back what is not paid in time."""
        return {
            rule.root_id
            for term in terms.values()
            for version in term.versions
            for rule in version.rules
            if rule.unpaid_days is not None
        }

    def _get_start_of_intervals(self, terms):
        """Return the first month of all intervals that the month belongs to."""
        return min(
            (
                term.calendar.months(rule.span, self._month)[0]
                for term in terms.values()
                for version in term.versions
                for rule in version.rules
            ),
            default=self._month,
        )

    def _get_months(self, lines, restated):
        """Return the months of which something is computed.

        :return: dict assignment id → set of months
        """
        months = defaultdict(lambda: {self._month})
        for id_, month in restated:
            months[id_].add(month)
        for id_, by_root in self._pools.grants.items():
            months[id_].update(*by_root.values())
        for id_, by_root in lines.lines.items():
            months[id_].update(
                line.date.replace(day=1)
                for found in by_root.values()
                for line in found
                if line.date < self._month
            )
        return months

    @staticmethod
    def _find_waiting(terms, ledgers, lines):
        """Return the documents that wait for their customers, or may have to."""
        documents = set()
        for id_, term in terms.items():
            for root_id in term.itemised_root_ids:
                items = ledgers[id_].items[root_id].values()
                documents |= {item.document for item in items}
                documents |= {line.document for line in lines.lines[id_][root_id]}
        return documents

    def _read_attainments(self, assignments, terms, months):
        reader = AttainmentReader(
            self.env, self._month, self._company._get_sales_today()
        )
        rules = self.env["sales.incentive.rule"]
        for assignment in assignments:
            term = terms[assignment.id]
            shared = self._pools.grants.get(assignment.id, ())
            for month in months[assignment.id]:
                plan = term.plan_at(month)
                for rule in plan.rules if plan else ():
                    if rule.kind == "pool" and rule.root_id not in shared:
                        continue  # What other teams attain is not theirs to see.
                    if rule.needs_target or rule.condition_attainment is not None:
                        record = rules.browse(rule.id)
                        reader.ask(assignment, term, record, rule, month)
        return reader.answer()

    def _read_adjustments(self, assignments):
        """:return: dict assignment id → dict adjustment id → amount"""
        return self._adjustments.read_amounts(assignments)

    def _read_unaccepted(self, assignments):
        """Return the versions whose letters pay waits for, if the company wants it.

        :return: dict assignment id → set of ids
        """
        if not self._company.sales_incentive_letter_holds:
            return {}
        letters = self.env["sales.incentive.acceptance"]._read_group(
            [("assignment_id", "in", assignments.ids), ("state", "=", "open")],
            ["assignment_id"],
            ["version_id:array_agg"],
        )
        return {assignment.id: set(ids) for assignment, ids in letters}
