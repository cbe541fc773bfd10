# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tools import SQL


def merge_rows(records, src_ids, customer, unique, order="id"):
    """Move the rows of customers that are merged, and keep one of those that are then
    the same: that of the customer who remains, if it has one.

    :param records: the model, with a column ``partner_id``
    :param list src_ids: ids of the partners that go
    :param customer: the one that remains
    :param str unique: columns of which the customer has each combination once
    :param str order: columns; the first row is kept
    """
    env = records.env
    env.flush_all()
    env.cr.execute(
        SQL(
            """
            WITH doubled AS (
                SELECT id, ROW_NUMBER() OVER (
                       PARTITION BY %(unique)s
                       ORDER BY partner_id <> %(customer)s, %(order)s) AS number
                  FROM %(table)s
                 WHERE partner_id = ANY(%(ids)s) OR partner_id = %(customer)s
            ), removed AS (
                DELETE FROM %(table)s AS kept USING doubled
                 WHERE kept.id = doubled.id AND doubled.number > 1)
            UPDATE %(table)s AS kept SET partner_id = %(customer)s
              FROM doubled
             WHERE kept.id = doubled.id AND doubled.number = 1
               AND kept.partner_id <> %(customer)s
            """,
            table=SQL.identifier(records._table),
            unique=_sql_columns(unique),
            order=_sql_columns(order),
            ids=list(src_ids),
            customer=customer.id,
        )
    )
    env.invalidate_all()


def _sql_columns(names):
    return SQL(", ").join(map(SQL.identifier, names.split()))
