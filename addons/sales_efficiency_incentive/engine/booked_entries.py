# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from collections import defaultdict
from decimal import Decimal
from typing import NamedTuple

from odoo.tools import SQL

from odoo.addons.sales_efficiency_base.tools import to_array

from ..tools import select_documents
from .credited_lines import KEY
from .entry import Entry

COMMA = SQL(", ")
#: Kinds whose bases are those of sales
OF_SALES = ("earning", "true_up", "clawback")


class Booked(NamedTuple):
    """What is booked of a figure, for one assignment by one rule"""

    assignment_id: int
    root_id: int
    key: tuple
    origin: object
    date: object
    base: Decimal
    seller: tuple
    customer_id: int | None
    product_id: int | None

    @property
    def document(self):
        return self.key[:2]


class BookedEntries:
    """Reads entries of earlier months, as sums.

    :param env: environment that may read all entries
    :param date month: only earlier months are read
    """

    def __init__(self, env, month):
        self.env = env
        self._month = month

    def read_ledger(self, assignments, itemised, documents, since, followed=()):
        """Return the entries that a ledger needs, as few as possible.

        :param itemised: ids of the rules' roots that have to know their documents
        :param documents: pairs of source and id that must be known by themselves;
            those that still wait, or were limited, are anyway
        :param date since: first month whose documents must be known
        :param followed: those of the roots whose documents must always be known
        :return: dict assignment id → list of :class:`.Entry`
        """
        rows = self.env.execute_query(
            self._select_ledger(assignments.ids, itemised, documents, since, followed)
        )
        # The version by which a month was booked last counts. (The database would sort
        # by all that it groups by.)
        rows.sort(key=lambda row: (row[4], row[6] or 0))
        entries = defaultdict(list)
        for assignment_id, *row in rows:
            entries[assignment_id].append(self._make_entry(*row))
        return entries

    def _select_ledger(self, ids, itemised, documents, since, followed):
        return SQL(
            """
            WITH booked AS (
                SELECT assignment_id, kind, balance, amount, month, origin, version_id,
                       root_id, limit_level, base, %(columns)s,
                       kind IN ('holdback', 'release') AS is_move
                  FROM sales_incentive_entry
                 WHERE assignment_id = ANY(%(ids)s) AND month < %(month)s
            ), known AS (
                SELECT assignment_id, root_id, source, res_id
                  FROM booked
                 WHERE root_id = ANY(%(itemised)s::int[]) AND res_id IS NOT NULL
                 GROUP BY assignment_id, root_id, source, res_id
                HAVING SUM(amount) FILTER (WHERE balance IN ('waiting', 'capped')) <> 0
                    OR COUNT(*) FILTER (WHERE limit_level = 'document') > 0
                    OR MAX(origin) >= %(since)s
                    OR root_id = ANY(%(followed)s::int[])
                    OR (source, res_id) IN (%(documents)s)
            ), entry AS (
                -- Of what waits it matters how much is left, not when it came.
                SELECT b.assignment_id, b.balance, b.origin, b.version_id, b.root_id,
                       b.limit_level, b.amount, b.base, %(key)s,
                       CASE WHEN is_move THEN 'release' ELSE kind END AS kind,
                       CASE WHEN is_move THEN b.origin ELSE b.month END AS month
                  FROM booked b
                  LEFT JOIN known k ON k.assignment_id = b.assignment_id
                   AND k.root_id = b.root_id AND k.source = b.source
                   AND k.res_id = b.res_id AND NOT (is_move AND balance = 'payable')
            )
            SELECT assignment_id, kind, balance, SUM(amount)::text, month, origin,
                   version_id, root_id, limit_level, SUM(base)::text, %(columns)s
              FROM entry
             GROUP BY assignment_id, kind, balance, month, origin, version_id, root_id,
                      limit_level, %(columns)s
            HAVING kind <> 'release' OR SUM(amount) <> 0 OR SUM(base) <> 0
            """,
            ids=ids,
            month=self._month,
            itemised=to_array(itemised),
            followed=to_array(followed),
            since=since,
            documents=select_documents(documents),
            columns=COMMA.join(map(SQL.identifier, KEY)),
            key=COMMA.join(
                SQL(
                    "CASE WHEN k.res_id IS NOT NULL THEN b.%(name)s END AS %(name)s",
                    name=SQL.identifier(name),
                )
                for name in KEY
            ),
        )

    @staticmethod
    def _make_entry(
        kind, balance, amount, month, origin, version, root_id, limit, base, *key
    ):
        source, res_id, line_id = key[:3]
        return Entry(
            kind,
            balance,
            Decimal(amount),
            month,
            origin,
            "",
            version,
            root_id=root_id,
            key=tuple(key) if line_id is not None else None,
            document=(source, res_id) if res_id is not None else None,
            base=Decimal(base or 0),
            limit=limit,
        )

    def read_lines(self, assignments, documents=(), months=()):
        """Return what is booked of figures.

        :param documents: pairs of source and id of a document
        :param months: pairs of assignment id and month of origin: all of them
        :return: list of :class:`Booked`
        """
        if not documents and not months:
            return []
        ids, origins = zip(*months, strict=True) if months else ((), ())
        rows = self.env.execute_query(
            SQL(
                """
                SELECT assignment_id, root_id, origin, MAX(date), SUM(base)::text,
                       MAX(seller_id), MAX(seller_team_id), MAX(customer_id),
                       MAX(product_id), %(key)s
                  FROM sales_incentive_entry
                 WHERE assignment_id = ANY(%(assignments)s) AND month < %(month)s
                   AND kind IN %(kinds)s AND limit_level IS NULL
                   AND line_id IS NOT NULL
                   AND ((source, res_id) IN (%(documents)s)
                        OR (assignment_id, origin) IN (
                            SELECT * FROM unnest(%(ids)s::int[], %(origins)s::date[])))
                 GROUP BY assignment_id, root_id, origin, %(key)s
                """,
                assignments=assignments.ids,
                month=self._month,
                kinds=OF_SALES,
                documents=select_documents(documents),
                ids=to_array(ids),
                origins=to_array(origins),
                key=COMMA.join(map(SQL.identifier, KEY)),
            )
        )
        return [
            Booked(
                assignment_id,
                root_id,
                tuple(key),
                origin,
                day,
                Decimal(base),
                (seller, team),
                customer,
                product,
            )
            for (
                assignment_id,
                root_id,
                origin,
                day,
                base,
                seller,
                team,
                customer,
                product,
                *key,
            ) in rows
        ]

    def read_sellers(self, documents):
        """Return who had sold the figures of documents when they were booked.

        :return: dict key → set of (person, team)
        """
        sellers = defaultdict(set)
        if not documents:
            return sellers
        rows = self.env.execute_query(
            SQL(
                """
                SELECT DISTINCT %s, seller_id, seller_team_id
                  FROM sales_incentive_entry
                 WHERE (source, res_id) IN (%s)
                   AND month < %s AND line_id IS NOT NULL
                """,
                COMMA.join(map(SQL.identifier, KEY)),
                select_documents(documents),
                self._month,
            )
        )
        for *key, seller_id, team_id in rows:
            sellers[tuple(key)].add((seller_id, team_id))
        return sellers
