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
from .ledger import EARNED, BookedItem

COMMA = SQL(", ")
#: Kinds whose bases are those of sales
OF_SALES = ("earning", "true_up", "clawback")
#: Kinds that let something wait, or release it
MOVES = ("holdback", "release")


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

    def read_sums(self, assignments):
        """Return entries as sums, without the documents that they are about.

        :return: dict assignment id → list of :class:`.Entry`
        """
        rows = self.env.execute_query(
            SQL(
                """
                SELECT assignment_id, kind, balance, SUM(amount)::text,
                       %(month_of_sum)s AS month_of_sum, origin, version_id, root_id,
                       limit_level, SUM(base)::text, %(source)s, %(res_id)s
                  FROM sales_incentive_entry
                 WHERE assignment_id = ANY(%(ids)s) AND month < %(month)s
                 GROUP BY assignment_id, kind, balance, month_of_sum, origin,
                          version_id, root_id, limit_level, %(source)s, %(res_id)s
                HAVING kind NOT IN %(moves)s OR SUM(amount) <> 0
                """,
                ids=assignments.ids,
                month=self._month,
                moves=MOVES,
                # Of what waits it matters how much is left, not when it came.
                month_of_sum=SQL(
                    "CASE WHEN kind IN %s THEN origin ELSE month END", MOVES
                ),
                source=self._select_if_limited("source"),
                res_id=self._select_if_limited("res_id"),
            )
        )
        # The version by which a month was booked last counts. (The database would sort
        # by all that it groups by.)
        rows.sort(key=lambda row: (row[4], row[6] or 0))
        entries = defaultdict(list)
        for assignment_id, *row in rows:
            entries[assignment_id].append(self._make_entry(*row))
        return entries

    @staticmethod
    def _select_if_limited(name):
        """Limits of documents are the only sums that have to name theirs."""
        column = SQL.identifier(name)
        return SQL("CASE WHEN limit_level = 'document' THEN %s END", column)

    @staticmethod
    def _make_entry(
        kind, balance, amount, month, origin, version, root_id, limit, base, *document
    ):
        return Entry(
            kind,
            balance,
            Decimal(amount),
            month,
            origin,
            "",
            version,
            root_id=root_id,
            document=document if document[0] else None,
            base=Decimal(base or 0),
            limit=limit,
        )

    def read_items(self, assignments, itemised, documents, since, followed=()):
        """Return what is booked of lines that may have to wait, as few as possible.

        :param itemised: ids of the rules' roots that have to know their documents
        :param documents: pairs of source and id that must be known by themselves;
            those that still wait, or were limited, are anyway
        :param date since: first month whose documents must be known
        :param followed: those of the roots whose documents must always be known
        :return: dict assignment id → list of :class:`.BookedItem`
        """
        items = defaultdict(list)
        if not itemised:
            return items
        rows = self.env.execute_query(
            self._select_items(assignments.ids, itemised, documents, since, followed)
        )
        for assignment_id, root_id, origin, *numbers_and_key in rows:
            numbers, key = numbers_and_key[:5], numbers_and_key[5:]
            items[assignment_id].append(
                BookedItem(
                    root_id,
                    tuple(key[:2]),
                    tuple(key) if key[2] is not None else None,
                    origin,
                    *map(Decimal, numbers),
                )
            )
        return items

    def _select_items(self, ids, itemised, documents, since, followed):
        return SQL(
            """
            WITH entry AS (
                SELECT assignment_id, root_id, origin, limit_level, balance, amount,
                       base, %(columns)s, kind IN %(earned)s AS is_earned,
                       balance = 'waiting' AND COALESCE(limit_level, 'lapse') = 'lapse'
                           AS is_waiting
                  FROM sales_incentive_entry
                 WHERE assignment_id = ANY(%(ids)s) AND month < %(month)s
                   AND root_id = ANY(%(itemised)s::int[]) AND res_id IS NOT NULL
                   AND (kind IN %(earned)s OR balance IN ('waiting', 'capped'))
            ), item AS (
                -- Sums of what is rare cost little, where they are filtered.
                SELECT assignment_id, root_id, origin, %(columns)s,
                       SUM(amount) FILTER (WHERE is_earned AND limit_level IS NULL)
                           AS earned,
                       SUM(base) FILTER (WHERE is_earned AND limit_level IS NULL)
                           AS base,
                       SUM(base) FILTER (WHERE NOT is_earned AND is_waiting
                                           AND base <> 0) AS cut,
                       SUM(amount) FILTER (WHERE is_waiting) AS waiting,
                       SUM(amount) FILTER (WHERE limit_level = 'lapse') AS lapsed,
                       SUM(amount) FILTER (WHERE NOT is_waiting
                           AND balance IN ('waiting', 'capped')) AS blocked,
                       bool_or(limit_level = 'document') AS is_limited
                  FROM entry
                 GROUP BY assignment_id, root_id, origin, %(columns)s
            ), known AS (
                SELECT assignment_id, root_id, source, res_id
                  FROM item
                 GROUP BY assignment_id, root_id, source, res_id
                HAVING COALESCE(SUM(waiting), 0) + COALESCE(SUM(blocked), 0) <> 0
                    OR bool_or(is_limited)
                    OR MAX(origin) >= %(since)s
                    OR root_id = ANY(%(followed)s::int[])
                    OR (source, res_id) IN (%(documents)s)
            )
            SELECT assignment_id, root_id, origin, COALESCE(earned, 0)::text,
                   COALESCE(base, 0)::text,
                   (COALESCE(earned, 0) + COALESCE(cut, 0)
                    + COALESCE(lapsed, 0))::text,
                   COALESCE(waiting, 0)::text, (-COALESCE(lapsed, 0))::text,
                   %(columns)s
              FROM item JOIN known USING (assignment_id, root_id, source, res_id)
             WHERE earned IS NOT NULL OR waiting IS NOT NULL OR cut IS NOT NULL
             ORDER BY origin
            """,
            ids=ids,
            month=self._month,
            earned=tuple(sorted(EARNED)),
            itemised=to_array(itemised),
            followed=to_array(followed),
            since=since,
            documents=select_documents(documents),
            columns=COMMA.join(map(SQL.identifier, KEY)),
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
