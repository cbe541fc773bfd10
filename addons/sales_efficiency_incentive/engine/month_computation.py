# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from collections import defaultdict
from datetime import datetime
from typing import NamedTuple

from odoo.fields import Domain
from odoo.tools import SQL
from odoo.tools.gc import disabling_gc

from ..tools import select_documents
from .adjustment_reader import AdjustmentReader
from .attainment_reader import AttainmentReader
from .booked_entries import BookedEntries
from .credit import Credits
from .credited_lines import CreditedLines
from .entry_writer import EntryWriter
from .fiscal_calendar import last_day, next_month
from .ledger import Ledger
from .linked_returns import LinkedReturns
from .money import Money
from .month_lines import MonthLines
from .month_pools import MonthPools
from .order_returns import OrderReturns
from .receipt_reader import read_receipts
from .statement import Statement
from .terms import MonthFacts
from .terms_reader import read_assignment, read_version, to_decimal
from .unearned_sales import UnearnedSales

# Number of assignments computed at once; bounds the memory needed.
BATCH = 200


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


class MonthComputation:
    """Computes what people earn in a month, and writes its provisional entries.

    *To date less booked*: what is earned by what is known now, less the entries of
    earlier months. The number of queries depends on that of batches alone.

    :param period: ``sales.incentive.period`` record that is held, whoever may see it
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
        self._plan_terms = {
            plan: [read_version(version) for version in versions]
            for plan, versions in self._versions.items()
        }
        self._pools = MonthPools(period, self._versions, self._plan_terms)

    def compute(self, assignments=None):
        """Compute assignments anew.

        :param assignments: by default all who may get something in the month
        :return: the ids of the assignments whose entries have changed
        """
        found = self.find_assignments()
        shared = self._pools.share_out()
        for id_, root_id, grant in self.env["sales.incentive.rule"]._get_grants(
            self._period
        ):
            self._pools.grants[id_][root_id][self._month] = grant
        found |= found.browse(self._pools.grants)
        if assignments is not None:
            # The shares of a pool depend on each other.
            assignments |= assignments.browse(shared).exists()
            found = (found | assignments.filtered(self._has_begun)) & assignments
        changed = set()
        self._drop_others(found, assignments)
        documents = self.env["sales.incentive.change"]._get_documents(
            self._company, self._month
        )
        self.env["sales.mart"]._tune()
        for start in range(0, len(found), BATCH):
            # Many small objects, none of them in a circle: looking for some takes long.
            with disabling_gc():
                changed |= self._compute_batch(found[start : start + BATCH], documents)
        return changed

    def share_pools(self):
        """Share out the pools for ``gather``, without keeping how."""
        self._pools.compute()

    def find_assignments(self):
        """Return the assignments of the month, and those that have balances left."""
        plans = self.env["sales.incentive.plan"].union(*self._versions)
        return self.env["sales.incentive.assignment"].search(
            Domain("plan_id", "in", plans.ids)
            & Domain("date_from", "<=", self._end)
            & (
                Domain("date_to", "=", False)
                | Domain("date_to", ">=", self._month)
                | Domain("id", "in", self._find_open())
                | Domain("id", "in", self._adjustments.find_assignments(self._company))
                | Domain("id", "in", self._find_changed())
                | Domain("plan_id", "in", self._find_changed_plans().ids)
            ),
            order="id",
        )

    def _find_changed(self):
        """Return the ids of assignments that have earned by what has changed since."""
        documents = self.env["sales.incentive.change"]._get_documents(
            self._company, next_month(self._month)
        )
        return self._find_booked(self._find_sold(documents)) if documents else ()

    def _find_changed_plans(self):
        """Return the plans with terms that are newer than the last locked month."""
        last = max(self._get_locked_months().values(), default=datetime.min)
        return self.env["sales.incentive.plan"].union(
            *(
                plan
                for plan, versions in self._versions.items()
                # A draft would be approved now.
                if any((v.approved_at or datetime.max) >= last for v in versions)
            )
        )

    def find_concerned(self, documents):
        """Return the ids of the assignments that changed documents concern.

        These are all that have earned by them, or are credited with them now, or with
        what decides about their attainment.

        :param documents: pairs of source and id of a document
        """
        if not documents:
            return set()
        assignments = self.find_assignments()
        credits = Credits(self._versions)
        found = self._find_booked(self._find_sold(documents))
        for for_targets in (False, True):
            reader = CreditedLines(
                self.env, credits.of_assignments(assignments, for_targets)
            )
            found |= reader.find_assignments(documents)
        return found

    def _find_sold(self, documents):
        """Return documents by all their sources, and what was given back by them."""
        models = self.env["sales.fact"]._get_document_models()
        alike = {
            (source, id_)
            for changed, id_ in documents
            for source, model in models.items()
            if model == models.get(changed)
        }
        return alike | self.find_given_back(documents)

    def find_given_back(self, documents):
        """Return the invoices and orders that changed credit notes belong to.

        What was invoiced again counts as not given back, so invoices matter to orders.
        """
        linked = LinkedReturns(self.env, self._company, self._end, self._money)
        of_orders = OrderReturns(
            self.env, self._company, self._end, linked, self._money
        )
        return linked.find_invoices(documents) | of_orders.find(documents)

    def _find_booked(self, documents):
        rows = self.env.execute_query(
            SQL(
                "SELECT DISTINCT assignment_id FROM sales_incentive_entry"
                " WHERE (source, res_id) IN (%s)",
                select_documents(documents),
            )
        )
        return {id_ for [id_] in rows}

    def _find_open(self):
        """Return the ids of ended assignments with balances that may still move."""
        ended = self.env["sales.incentive.assignment"]._search(
            [("company_id", "=", self._company.id), ("date_to", "<", self._month)]
        )
        rows = self.env.execute_query(
            SQL(
                """
                SELECT assignment_id FROM (
                    SELECT assignment_id, SUM(amount) AS amount
                      FROM sales_incentive_entry
                     WHERE assignment_id IN %s AND month < %s AND balance <> 'payable'
                     GROUP BY assignment_id, balance
                ) balance WHERE amount <> 0
                """,
                ended.subselect(),
                self._month,
            )
        )
        return [id_ for [id_] in rows]

    def _has_begun(self, assignment):
        return (
            assignment.company_id == self._company
            and assignment.date_from <= self._end
            and assignment.plan_id in self._versions
        )

    def _drop_others(self, found, assignments):
        """Delete the entries of assignments that get nothing any more."""
        asked = SQL("TRUE")
        if assignments is not None:
            asked = SQL("assignment_id = ANY(%s)", assignments.ids)
        for table in ("sales_incentive_entry", "sales_incentive_attainment"):
            self.env.cr.execute(
                SQL(
                    "DELETE FROM %s WHERE period_id = %s AND %s"
                    " AND NOT assignment_id = ANY(%s)",
                    SQL.identifier(table),
                    self._period.id,
                    asked,
                    found.ids,
                )
            )

    def find_unearned(self):
        """Return the figures of the month that earn nobody anything, see
        :meth:`.UnearnedSales.find`."""
        unearned = UnearnedSales(self.env, self._versions, self.find_assignments())
        return unearned.find(self._month, self._end)

    @property
    def versions(self):
        """The versions that it computes by: dict plan → records"""
        return self._versions

    # ------------------------------------------------------------------
    # Terms
    # ------------------------------------------------------------------

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

    # ------------------------------------------------------------------
    # Batches
    # ------------------------------------------------------------------

    def _compute_batch(self, assignments, changed):
        batch = self.gather(assignments, changed)
        writer = EntryWriter(self._period)
        rows, exceptions = [], []
        for id_, term in batch.terms.items():
            statement = Statement(
                term, self._month, batch.facts[id_], batch.ledgers[id_]
            )
            rows += [
                writer.make_row(id_, entry, batch.lines.places)
                for entry in statement.entries
            ]
            exceptions += [(id_, root, code) for code, root in statement.exceptions]
        self._write_attainments(assignments, batch.attainments, batch.conditions)
        self.env["sales.incentive.exception"]._replace(
            self._period, assignments, exceptions
        )
        return writer.replace(assignments, rows)

    def gather(self, assignments, changed):
        """Read what is known of some assignments, without writing anything.

        :param set changed: documents of earlier months that have changed
        :return: :class:`MonthBatch`
        """
        terms, ledgers, lines, restated = self._gather(assignments, changed)
        receipts = self._read_receipts(terms, ledgers, lines)
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
        return MonthBatch(terms, ledgers, lines, facts, attainments, conditions)

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
        restated = self._find_restated(assignments, terms, ledgers)
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

    # ------------------------------------------------------------------
    # Differences
    # ------------------------------------------------------------------

    def find_differences(self):
        """Return the documents of earlier months that differ from what is booked.

        Only after figures have changed by unknown amounts: all of them are compared.

        :return: set of pairs of source and id of a document
        """
        documents = set(
            self.env.execute_query(
                SQL(
                    """
                    SELECT source, res_id FROM sales_fact
                     WHERE company_id = %(company)s AND source <> 'history'
                       AND date >= %(first)s AND date < %(month)s
                    UNION
                    SELECT source, res_id FROM sales_incentive_entry
                     WHERE company_id = %(company)s AND month < %(month)s
                       AND res_id IS NOT NULL
                    """,
                    company=self._company.id,
                    first=self._get_first_month(),
                    month=self._month,
                )
            )
        )
        differing = set()
        assignments = self.find_assignments()
        for start in range(0, len(assignments), BATCH):
            batch = assignments[start : start + BATCH]
            terms, _ledgers, lines, _restated = self._gather(batch, documents)
            differing |= {
                line.document
                for id_, by_root in lines.lines.items()
                for found in by_root.values()
                for line in found
                if line.date < self._month and self._differs(terms[id_], line)
            }
        return differing

    def _differs(self, terms, line):
        plan = terms.plan_at(line.date.replace(day=1))
        return plan.returns.base(line) != line.before

    def _get_first_month(self):
        return min(
            (versions[0].date_from for versions in self._versions.values()),
            default=self._month,
        )

    def _find_restated(self, assignments, terms, ledgers):
        """Return the months whose terms are new since they were booked.

        :return: set of pairs of assignment id and month
        """
        locked = self._get_locked_months()
        restated = set()
        for assignment in assignments:
            booked = defaultdict(set)
            ledger = ledgers[assignment.id]
            for (_root, origin), version_id in ledger.versions.items():
                booked[origin].add(version_id)
            for month, locked_at in locked.items():
                plan = terms[assignment.id].plan_at(month)
                first = assignment.date_from.replace(day=1)
                if not plan or month < first or plan.id in booked[month]:
                    continue
                version = self.env["sales.incentive.version"].browse(plan.id)
                changed_at = max(
                    assignment.create_date,
                    # A draft would be approved now.
                    version.approved_at or datetime.max,
                )
                if changed_at >= locked_at:
                    restated.add((assignment.id, month))
        return restated

    def _get_locked_months(self):
        """Return the locked months: dict month → when it was computed last.

        From its first approval on a month does not follow the figures any more.
        Months before the first one are as if they had always been locked.
        """
        periods = self.env["sales.incentive.period"].search(
            [("company_id", "=", self._company.id), ("month", "<=", self._month)],
            order="month",
        )
        month = self._get_first_month()
        locked = {}
        while month < min(periods.mapped("month"), default=self._month):
            locked[month] = datetime.min
            month = next_month(month)
        return locked | {
            period.month: period.computed_at or period.locked_at
            for period in periods
            if period.state in ("locked", "paid") and period.month < self._month
        }

    def _read_receipts(self, terms, ledgers, lines):
        """Return what is paid of the documents that wait, or may have to."""
        documents = set()
        for id_, term in terms.items():
            for root_id in term.itemised_root_ids:
                items = ledgers[id_].items[root_id].values()
                documents |= {item.document for item in items}
                documents |= {line.document for line in lines.lines[id_][root_id]}
        return read_receipts(self.env, documents, self._end)

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

    def _write_attainments(self, assignments, *attainments):
        """Keep by which targets the month is paid."""
        rows = [
            (id_, root, bool(is_condition), *found[self._month])
            for is_condition, by_assignment in enumerate(attainments)
            for id_, by_root in by_assignment.items()
            for root, found in by_root.items()
            if self._month in found
        ]
        self.env["sales.incentive.attainment"]._replace(self._period, assignments, rows)
