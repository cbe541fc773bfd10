# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import re
from collections import defaultdict
from functools import cache
from io import StringIO
from itertools import chain, islice
from typing import NamedTuple

from psycopg2.errors import QueryCanceled

from odoo.tools import SQL

from odoo.addons.sales_efficiency_base.tools import to_array

from .entry_names import EntryNames

COMMA = SQL(", ")
DECIMALS = 12
#: Number of entries that are written while the database stores those before
PART = 500
LONG = re.compile(rf"\.\d{{{DECIMALS + 1}}}")
TAB = "\t"
NULL = r"\N"
ESCAPES = str.maketrans({"\\": r"\\", TAB: r"\t", "\n": r"\n", "\r": r"\r"})
#: Columns of what is computed: why there is an entry, of which figure, and how much
CAUSE = (
    "assignment_id",
    "root_id",
    "rule_id",
    "version_id",
    "kind",
    "balance",
    "origin",
    "reason",
    "limit_level",
    "interval",
    "interval_start",
    "tier",
)
FIGURE = (
    "source",
    "res_id",
    "line_id",
    "match_id",
    "credit_id",
    "event",
    "seller_id",
    "seller_team_id",
    "customer_id",
    "product_id",
)
NUMBERS = (
    "amount",
    "base",
    "cumulated_before",
    "cumulated_after",
    "rate",
    "target",
    "actual",
)
COLUMNS = (*CAUSE, *FIGURE, "date", *NUMBERS)
#: Columns that say the same in words, whom it pays, and when
NAMES = ("document_name", "customer", "product")
PAYEE = ("plan_id", "user_id", "payee")
MONTH = ("company_id", "currency_id", "period_id", "month", "state", "is_changed")
NO_DOCUMENT = (None, None)
NO_PLACE = (None, None, None, None)
#: Line, payment, credit and event
NO_KEY = (None,) * 4


class Figure(NamedTuple):
    """The figure of an entry: its columns as a text, and what names it"""

    text: str
    document: tuple
    customer_id: int | None
    product_id: int | None


class Row(NamedTuple):
    """An entry as the database writes it: ``line`` is a text with tabs, see COPY."""

    line: str
    assignment_id: int
    figure: Figure


class Parts:
    """A file that is written while it is read: the database stores one part while
    Python writes the next."""

    def __init__(self, lines):
        self._lines = lines
        #: What went wrong with a line: the driver tells only that something did.
        self.error = None

    def read(self, _size=-1):  # pylint: disable=method-required-super
        """Return some lines; COPY takes as much as it gets."""
        try:
            return "".join(islice(self._lines, PART))
        except Exception as error:
            self.error = error
            raise


class EntryWriter:
    """Writes the entries of a month: only those that differ are replaced.

    So a second computation changes nothing, and what came after the month was published
    is known. Entries are compared and copied as the texts that the database makes of
    them, by far the fastest form.

    :param period: ``sales.incentive.period`` record, whoever may see it
    :param dict places: (assignment id, root, key) → seller, team, customer, product
    :param set documents: what most entries are about: pairs of source and id
    """

    def __init__(self, period, places, documents):
        self.env = period.env
        self._period = period
        self._places = places
        self._documents = documents
        # Many entries have the same cause, or the same figure.
        self._join = cache(_join)
        self._figures = {}
        #: names of products that are known: id → text
        self._products = {}

    def replace(self, assignments, entries):
        """Replace the entries of some assignments in the month.

        :param entries: iterable of pairs of assignment id and :class:`.Entry`; it may
            compute them, but not ask the database
        :return: the ids of the assignments whose entries have changed
        """
        there = self._read(assignments)
        rows = (self._make_row(*pair) for pair in entries)
        if not there:
            # None has to be compared before it is written.
            changed = self._insert_all(assignments, rows)
        else:
            changed = self._replace(assignments, rows, there)
        if changed:
            self._invalidate()
        return changed

    def _insert_all(self, assignments, rows):
        """Write entries while they are computed: what names them is read before."""
        changed, others = set(), []
        known = self._documents | {NO_DOCUMENT}
        first = next(rows, None)
        if not first:
            return changed

        def take():
            for row in chain([first], rows):
                changed.add(row.assignment_id)
                if row.figure.document in known:
                    yield row
                else:
                    others.append(row)

        sold = [place[2:] for place in self._places.values()]
        self._insert(assignments, take(), known, sold)
        self._insert_rows(assignments, others)
        return changed

    def _replace(self, assignments, rows, there):
        """Write the entries that differ instead of those that were there."""
        missing = [
            row for row in rows if not (found := there.get(row.line)) or not found.pop()
        ]
        obsolete = [entry for found in there.values() for entry in found]
        if obsolete:
            self._delete(id_ for id_, _assignment_id in obsolete)
        self._insert_rows(assignments, missing)
        return {id_ for _id, id_ in obsolete} | {row.assignment_id for row in missing}

    # ------------------------------------------------------------------
    # Rows
    # ------------------------------------------------------------------

    def _make_row(self, assignment_id, entry):
        cause = self._join(
            (
                assignment_id,
                entry.root_id,
                entry.rule_id,
                entry.version_id,
                entry.kind,
                entry.balance,
                entry.origin,
                entry.reason,
                entry.limit,
                entry.interval,
                entry.interval_start,
                entry.tier,
            )
        )
        figure = self._get_figure(assignment_id, entry)
        numbers = _write_numbers(
            entry.amount,
            entry.base,
            entry.cumulated_before,
            entry.cumulated_after,
            entry.rate,
            entry.target,
            entry.actual,
        )
        line = f"{cause}\t{figure.text}\t{entry.date or NULL}\t{numbers}"
        return Row(line, assignment_id, figure)

    def _get_figure(self, assignment_id, entry):
        item = (assignment_id, entry.root_id, entry.item)
        figure = self._figures.get(item)
        if not figure:
            document = entry.document or NO_DOCUMENT
            place = self._places.get(item, NO_PLACE)
            key = entry.key or (*document, *NO_KEY)
            figure = self._figures[item] = Figure(
                _join((*key, *place)), document, *place[2:]
            )
        return figure

    def _read(self, assignments):
        """Return the entries that there are: dict line → list of id and assignment."""
        query = SQL(
            "COPY (SELECT id, %s FROM sales_incentive_entry"
            " WHERE period_id = %s AND assignment_id = ANY(%s)) TO STDOUT",
            COMMA.join(
                SQL("trim_scale(%s)" if name in NUMBERS else "%s", SQL.identifier(name))
                for name in COLUMNS
            ),
            self._period.id,
            assignments.ids,
        )
        cr, copied = self.env.cr, StringIO()
        cr.copy_expert(cr.mogrify(query), copied)
        there = defaultdict(list)
        for row in copied.getvalue().split("\n")[:-1]:
            id_, line = row.split(TAB, 1)
            # The assignment is the first column of a cause.
            there[line].append((int(id_), int(line[: line.index(TAB)])))
        return there

    # ------------------------------------------------------------------
    # Database
    # ------------------------------------------------------------------

    def _delete(self, ids):
        """Delete entries. What follows them names the products as they did: these names
        take long to find."""
        rows = self.env.execute_query(
            SQL(
                "DELETE FROM sales_incentive_entry WHERE id = ANY(%s::int[])"
                " RETURNING product_id, product",
                to_array(ids),
            )
        )
        self._products = {id_: name for id_, name in rows if id_ and name}

    def _invalidate(self):
        self.env["sales.incentive.entry"].invalidate_model()
        self.env["sales.incentive.statement"].invalidate_model()

    def _insert_rows(self, assignments, rows):
        if rows:
            figures = [row.figure for row in rows]
            self._insert(
                assignments,
                rows,
                {figure.document for figure in figures},
                [(figure.customer_id, figure.product_id) for figure in figures],
            )

    def _insert(self, assignments, rows, documents, sold):
        """
        :param rows: iterable of :class:`Row`
        :param documents: those that the rows are about, or more
        :param sold: pairs of ids of their customers and products
        """
        documents, customers, products = self._read_names(documents, sold)
        of_month, payees = self._get_month(), self._get_payees(assignments)
        lines = (
            f"{line}\t{documents.get(figure.document, NULL)}"
            f"\t{customers.get(figure.customer_id, NULL)}"
            f"\t{products.get(figure.product_id, NULL)}"
            f"\t{payees[assignment_id]}\t{of_month}\n"
            for line, assignment_id, figure in rows
        )
        columns = (*COLUMNS, *NAMES, *PAYEE, *MONTH)
        parts = Parts(lines)
        try:
            self.env.cr.copy_expert(
                SQL(
                    "COPY sales_incentive_entry (%s) FROM STDIN",
                    COMMA.join(map(SQL.identifier, columns)),
                ).code,
                parts,
            )
        except QueryCanceled as error:
            raise (parts.error or error) from None

    def _get_month(self):
        period = self._period
        company = period.company_id
        return _join(
            (
                company.id,
                company.currency_id.id,
                period.id,
                period.month,
                "provisional",
                period.state == "published",
            )
        )

    def _get_payees(self, assignments):
        """:return: dict assignment id → plan, person and name of the payee"""
        assignments.user_id.fetch(["partner_id"])
        (assignments.partner_id | assignments.user_id.partner_id).fetch(["name"])
        return {
            assignment.id: _join(
                (
                    assignment.plan_id.id,
                    assignment.user_id.id or None,
                    _escape((assignment.partner_id or assignment.user_id).name or ""),
                )
            )
            for assignment in assignments
        }

    def _read_names(self, documents, sold):
        """:return: dicts of texts by the document, the customer and the product"""
        company = self._period.company_id
        names = EntryNames(self.env(context={"lang": company.partner_id.lang}))
        customers, products = map(set, zip(*sold, strict=True)) if sold else ((), ())
        found = (
            names.read_documents(set(documents) - {None, NO_DOCUMENT}),
            names.read_customers(set(customers) - {None}),
            self._products
            | names.read_products(set(products) - {None} - self._products.keys()),
        )
        return [
            {id_: _escape(name) for id_, name in texts.items() if name}
            for texts in found
        ]


def _join(values):
    return TAB.join([NULL if value is None else str(value) for value in values])


def _escape(text):
    return text.translate(ESCAPES)


def _write_numbers(amount, base, *others):
    """Return numbers as the database writes them, without trailing zeros.

    Quotients may have 50 digits; nobody needs so many.

    >>> from decimal import Decimal
    >>> _write_numbers(Decimal("1.500"), Decimal("-0.00"), None, Decimal("1E+2"))
    '1.5\\t0\\t\\\\N\\t100'
    >>> _write_numbers(Decimal(1), Decimal(3), Decimal(2) / 3)
    '1\\t3\\t0.666666666667'
    """
    line = _write_line((amount, base, *others))
    if LONG.search(line):
        others = (number and round(number, DECIMALS) for number in others)
        line = _write_line((amount, base, *others))
    return line


def _write_line(numbers):
    return TAB.join([_write_number(number) for number in numbers])


def _write_number(number):
    if number is None:
        return NULL
    text = str(number)  # faster than to format it
    if "E" in text:
        text = f"{number:f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return text if text != "-0" else "0"
