# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from decimal import Decimal

from .credited_lines import CreditedLines
from .money import Money
from .month_computation import MonthComputation
from .month_lines import MonthLines
from .sale_line import SaleLine
from .terms import Receipt
from .terms_reader import to_decimal

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


class SimulatedMonth(MonthComputation):
    """Reads a past month as if other terms had been in force; nothing is written.

    :param period: ``sales.incentive.period`` record, which need not be saved
    :param dict versions: plan → versions to simulate
    :param dict begins: see :class:`.Credits`
    :param dict terms: assignment id → :class:`.AssignmentTerms`
    :param dict ledgers: assignment id → :class:`.Ledger` of the months simulated so far
    """

    def __init__(self, period, versions, begins, terms, ledgers):
        super().__init__(period, versions)
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
            Money(to_decimal(self._company.currency_id.rounding)),
            self._begins,
        )
        lines.gather(lines.prepare(changed), set())
        return self._terms, self._ledgers, lines, set()

    def _read_adjustments(self, assignments):
        """Adjustments are no matter of terms."""
        return {assignment.id: {} for assignment in assignments}

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
