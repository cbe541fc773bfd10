# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from collections import defaultdict
from dataclasses import replace
from decimal import Decimal

from .credited_lines import CreditedLines
from .month_lines import MonthLines
from .month_pools import MonthPools
from .month_reader import MonthReader
from .sale_line import SaleLine
from .terms import Receipt
from .terms_reader import read_version, to_decimal

HISTORY = "history"
PAID = Receipt(Decimal(1))


class SimulatedLines(MonthLines):
    """The lines of a month by the figures as they are now.

    Nothing is booked: an earlier line counts again only if something is given back of
    it. Imported history earns.
    """

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self._reader = CreditedLines(self.env, self._credits, with_history=True)

    def _get_earlier(self, documents, restated):
        return {
            self._identify(line): (line, self._get_before(line))
            for line in self._read_earlier(documents, restated)
        }

    def _get_before(self, line):
        """Return the base by which earlier months have counted a line."""
        assignment_id, _root_id, _key, origin = self._identify(line)
        returns = tuple(
            returned
            for returned in self._get_returns(line)
            if returned.date < self._month
        )
        before = SaleLine(
            line.key, line.document, line.date, line.base, returns=returns
        )
        return self._terms[assignment_id].plan_at(origin).returns.base(before)


class SimulatedPools(MonthPools):
    """The pools of a month by other terms, shared out once among all of their people.

    Pools of earlier months stay as they were simulated.
    """

    _with_history = True

    def __init__(self, *args, begins):
        super().__init__(*args)
        self._begins = begins

    def _find_earlier(self):
        return []

    def _get_start(self, assignment):
        return self._begins.get(assignment, assignment.date_from)


class SimulatedMonth(MonthReader):
    """Reads a past month as if other terms had been in force; nothing is written.

    :param period: ``sales.incentive.period`` record, which need not be saved
    :param dict versions: plan → versions to simulate
    :param dict begins: see :class:`.Credits`
    :param dict terms: assignment id → :class:`.AssignmentTerms`
    :param dict ledgers: assignment id → :class:`.Ledger` of the months simulated so far
    """

    def __init__(self, period, versions, begins, terms, ledgers):
        super().__init__(period, versions)
        plan_terms = {
            plan: [replace(read_version(version), date_from=begins[version])]
            for plan, version in versions.items()
        }
        self._pools = SimulatedPools(period, versions, plan_terms, begins=begins)
        self._begins = begins
        self._terms = terms
        self._ledgers = ledgers

    def _gather(self, assignments, changed):
        lines = SimulatedLines(
            self.env,
            assignments,
            self._terms,
            self._versions,
            self._month,
            self._end,
            None,
            self._money,
            self._begins,
        )
        lines.gather(lines.prepare(changed), set())
        self.share_pools()
        return self._terms, self._ledgers, lines, set()

    def _read_adjustments(self, assignments):
        """Adjustments are no matter of terms: they are those of the ledger."""
        amounts = defaultdict(dict)
        for assignment, id_, amount in self.env["sales.incentive.entry"]._read_group(
            [
                ("assignment_id", "in", assignments.ids),
                ("month", "=", self._month),
                ("kind", "=", "adjustment"),
            ],
            ["assignment_id", "res_id"],
            ["amount:sum"],
        ):
            amounts[assignment.id][id_] = to_decimal(amount)
        return amounts

    def _read_receipts(self, terms, ledgers, lines):
        """Imported history is taken as paid: nobody knows when."""
        receipts = super()._read_receipts(terms, ledgers, lines)
        documents = {
            item.document
            for ledger in ledgers.values()
            for items in ledger.items.values()
            for item in items.values()
        }
        documents |= {
            line.document
            for by_root in lines.lines.values()
            for found in by_root.values()
            for line in found
        }
        imported = {document for document in documents if document[0] == HISTORY}
        return receipts | dict.fromkeys(imported, PAID)
