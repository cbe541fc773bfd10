# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tools import SQL
from odoo.tools.gc import disabling_gc

from .credit import PAY, TARGETS, Credits
from .credited_lines import CreditedLines
from .entry_writer import EntryWriter
from .month_reader import MonthReader
from .statement import Statement
from .unearned_sales import UnearnedSales

# Number of assignments computed at once; bounds the memory needed.
BATCH = 200


class MonthComputation(MonthReader):
    """Computes what people earn in a month, and writes its provisional entries.

    *To date less booked*: what is earned by what is known now, less the entries of
    earlier months.

    :param period: ``sales.incentive.period`` record that is held
    """

    def compute(self, assignments=None):
        """Compute assignments anew.

        :param assignments: by default all who may get something in the month
        :return: the ids of the assignments whose entries have changed
        """
        found = self.find_assignments()
        shared = self._pools.share_out()
        self.read_grants(self._period)
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

    def _has_begun(self, assignment):
        return (
            assignment.company_id == self._company
            and assignment.date_from <= self._end
            and assignment.plan_id in self._versions
        )

    def _drop_others(self, found, assignments):
        """Delete the entries of assignments that get nothing any more."""
        if assignments is None:
            condition = SQL("NOT assignment_id = ANY(%s)", found.ids)
        elif others := assignments - found:
            condition = SQL("assignment_id = ANY(%s)", others.ids)
        else:
            return
        for table in ("sales_incentive_entry", "sales_incentive_attainment"):
            self.env.cr.execute(
                SQL(
                    "DELETE FROM %s WHERE period_id = %s AND %s",
                    SQL.identifier(table),
                    self._period.id,
                    condition,
                )
            )

    # ------------------------------------------------------------------
    # Batches
    # ------------------------------------------------------------------

    def _compute_batch(self, assignments, changed):
        batch = self.gather(assignments, changed)
        self._write_attainments(assignments, batch.attainments, batch.conditions)
        writer = EntryWriter(self._period, batch.lines.places, batch.documents)
        exceptions = []
        # The database stores entries while the next ones are computed.
        changed = writer.replace(assignments, self._compute_entries(batch, exceptions))
        self.env["sales.incentive.exception"]._replace(
            self._period, assignments, exceptions
        )
        return changed

    def _compute_entries(self, batch, exceptions):
        """Compute statement after statement, without asking the database anything.

        :param list exceptions: gets tuples of assignment id, root and code
        :return: generator of pairs of assignment id and :class:`.Entry`
        """
        for id_, term in batch.terms.items():
            statement = Statement(
                term, self._month, batch.facts[id_], batch.ledgers[id_]
            )
            exceptions += [(id_, root, code) for code, root in statement.exceptions]
            for entry in statement.entries:
                yield id_, entry

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

    # ------------------------------------------------------------------
    # Changes
    # ------------------------------------------------------------------

    def find_concerned(self, documents):
        """Return the ids of the assignments that changed documents concern.

        These are all that have earned by them, or are credited with them now, or with
        what decides about their attainment.

        :param documents: pairs of source and id of a document
        """
        if not documents:
            return set()
        credits = Credits(self._versions).of_assignments(
            self.find_assignments(), PAY + TARGETS
        )
        reader = CreditedLines(self.env, credits)
        earners = self._sold.find_earners(documents)
        return earners | reader.find_assignments(documents)

    def find_given_back(self, documents):
        """Return the invoices and orders that changed credit notes belong to."""
        return self._sold.find_given_back(documents)

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
                    first=self._restated.first_month,
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

    def find_unearned(self):
        """Return the figures of the month that earn nobody anything, see
        :meth:`.UnearnedSales.find`."""
        unearned = UnearnedSales(self.env, self._versions, self.find_assignments())
        return unearned.find(self._month, self._end)
