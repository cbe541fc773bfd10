# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from collections import Counter
from decimal import Decimal

from odoo.tools import SQL

from odoo.addons.sales_efficiency_base.tools import to_array

from .entry_names import EntryNames

COMMA = SQL(", ")
DIGITS = Decimal("1E-12")
#: Columns of what is computed, with their types
COLUMNS = {
    "assignment_id": "int4",
    "root_id": "int4",
    "rule_id": "int4",
    "version_id": "int4",
    "kind": "text",
    "balance": "text",
    "amount": "numeric",
    "origin": "date",
    "reason": "text",
    "limit_level": "text",
    "interval": "text",
    "interval_start": "date",
    "source": "text",
    "res_id": "int4",
    "line_id": "int4",
    "match_id": "int4",
    "credit_id": "int4",
    "event": "text",
    "date": "date",
    "base": "numeric",
    "cumulated_before": "numeric",
    "cumulated_after": "numeric",
    "tier": "int4",
    "rate": "numeric",
    "target": "numeric",
    "actual": "numeric",
    "seller_id": "int4",
    "seller_team_id": "int4",
    "customer_id": "int4",
    "product_id": "int4",
}
NUMBERS = [name for name, type_ in COLUMNS.items() if type_ == "numeric"]
NO_PLACE = (None, None, None, None)
NO_KEY = (None,) * 6


class EntryWriter:
    """Writes the entries of a month: only those that differ are replaced.

    So a second computation changes nothing, and what came after the month was published
    is known.

    :param period: ``sales.incentive.period`` record, whoever may see it
    """

    def __init__(self, period):
        self.env = period.env
        self._period = period

    def make_row(self, assignment_id, entry, places):
        """Return the row of an entry.

        :param dict places: (assignment id, root, key) → seller, team, customer, product
        """
        key = entry.key or (*(entry.document or (None, None)), *NO_KEY[2:])
        return (
            assignment_id,
            entry.root_id,
            entry.rule_id,
            entry.version_id,
            entry.kind,
            entry.balance,
            entry.amount,
            entry.origin,
            entry.reason,
            entry.limit,
            entry.interval,
            entry.interval_start,
            *key,
            entry.date,
            entry.base,
            _shorten(entry.cumulated_before),
            _shorten(entry.cumulated_after),
            entry.tier,
            _shorten(entry.rate),
            _shorten(entry.target),
            _shorten(entry.actual),
            *places.get((assignment_id, entry.root_id, entry.key), NO_PLACE),
        )

    def replace(self, assignments, rows):
        """Replace the entries of some assignments in the month.

        :return: the ids of the assignments whose entries have changed
        """
        wanted = Counter(rows)
        obsolete, changed = [], set()
        for id_, row in self._read(assignments):
            if wanted[row]:
                wanted[row] -= 1
            else:
                obsolete.append(id_)
                changed.add(row[0])
        missing = self._keep_order(rows, wanted)
        if obsolete:
            self.env.cr.execute(
                SQL(
                    "DELETE FROM sales_incentive_entry WHERE id = ANY(%s::int[])",
                    to_array(obsolete),
                )
            )
        if missing:
            self._insert(missing)
        if obsolete or missing:
            self.env["sales.incentive.entry"].invalidate_model()
        return changed | {row[0] for row in missing}

    @staticmethod
    def _keep_order(rows, wanted):
        """Return the rows that are missing, in their order."""
        missing = []
        for row in rows:
            if wanted[row]:
                wanted[row] -= 1
                missing.append(row)
        return missing

    def _read(self, assignments):
        """Yield the id and the row of each entry that there is."""
        positions = [list(COLUMNS).index(name) for name in NUMBERS]
        for id_, *row in self.env.execute_query(
            SQL(
                "SELECT id, %s FROM sales_incentive_entry"
                " WHERE period_id = %s AND assignment_id = ANY(%s)",
                COMMA.join(
                    SQL("%s::text" if name in NUMBERS else "%s", SQL.identifier(name))
                    for name in COLUMNS
                ),
                self._period.id,
                assignments.ids,
            )
        ):
            for position in positions:
                if row[position] is not None:
                    row[position] = Decimal(row[position])
            yield id_, tuple(row)

    # ------------------------------------------------------------------
    # Insert
    # ------------------------------------------------------------------

    def _insert(self, rows):
        columns = dict(zip(COLUMNS, zip(*rows, strict=True), strict=True))
        texts = self._get_texts(columns)
        types = COLUMNS | dict.fromkeys(texts, "text")
        period = self._period
        fixed = {
            "company_id": SQL("%s", period.company_id.id),
            "currency_id": SQL("%s", period.company_id.currency_id.id),
            "period_id": SQL("%s", period.id),
            "month": SQL("%s", period.month),
            "state": SQL("'provisional'"),
            "is_changed": SQL("%s", period.state == "published"),
            "plan_id": SQL("assignment.plan_id"),
            "user_id": SQL("assignment.user_id"),
            "payee": SQL("payee.name"),
        }
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO sales_incentive_entry (%(names)s)
                SELECT %(values)s
                  FROM unnest(%(arrays)s) WITH ORDINALITY AS entry (%(columns)s, place)
                  JOIN sales_incentive_assignment assignment
                    ON assignment.id = entry.assignment_id
                  LEFT JOIN res_users person ON person.id = assignment.user_id
                  LEFT JOIN res_partner payee ON payee.id = COALESCE(
                       assignment.partner_id, person.partner_id)
                 ORDER BY entry.place
                """,
                names=COMMA.join(map(SQL.identifier, (*fixed, *types))),
                values=COMMA.join(
                    [
                        *fixed.values(),
                        *(SQL.identifier("entry", name) for name in types),
                    ]
                ),
                arrays=COMMA.join(
                    SQL("%s::%s[]", self._to_array(type_, values), SQL(type_))
                    for type_, values in zip(
                        types.values(), (columns | texts).values(), strict=True
                    )
                ),
                columns=COMMA.join(map(SQL.identifier, types)),
            )
        )

    @staticmethod
    def _to_array(type_, values):
        # Texts may need quotes, which the driver knows how to write.
        return list(values) if type_ == "text" else to_array(values)

    def _get_texts(self, columns):
        company = self._period.company_id
        env = self.env(context={"lang": company.partner_id.lang})
        names = EntryNames(env)
        documents = list(zip(columns["source"], columns["res_id"], strict=True))
        known = {document for document in documents if document[1] is not None}
        by_document = names.read_documents(known)
        customers = names.read_customers(set(columns["customer_id"]) - {None})
        products = names.read_products(set(columns["product_id"]) - {None})
        return {
            "document_name": [by_document.get(document) for document in documents],
            "customer": [customers.get(id_) for id_ in columns["customer_id"]],
            "product": [products.get(id_) for id_ in columns["product_id"]],
        }


def _shorten(number):
    """Quotients may have 50 digits; nobody needs more than these."""
    if number is None or number.as_tuple().exponent >= -12:
        return number
    return number.quantize(DIGITS)
