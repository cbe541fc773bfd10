# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tools import SQL


def create_shadow(cr, table):
    """Create an empty copy of a table in the schema ``bench``, for plain SQL to fill.

    It has the keys, the indexes and the references of the table: who writes it by hand
    needs these, too.
    """
    copy = SQL.identifier("bench", table)
    cr.execute(
        SQL(
            "CREATE SCHEMA IF NOT EXISTS bench; DROP TABLE IF EXISTS %s;"
            " CREATE TABLE %s (LIKE %s INCLUDING ALL)",
            copy,
            copy,
            SQL.identifier("public", table),
        )
    )
    cr.execute(
        "SELECT pg_get_constraintdef(oid) FROM pg_constraint"
        " WHERE conrelid = %s::regclass AND contype = 'f'",
        [f"public.{table}"],
    )
    for (reference,) in cr.fetchall():
        cr.execute(f"ALTER TABLE bench.{table} ADD {reference}")


def count_differences(cr, table, columns, condition="TRUE"):
    """Return how many rows differ between a table and its copy.

    :param list columns: expressions of what both must agree on
    :param str condition: which rows of the table are compared
    """
    select = f"SELECT {', '.join(columns)} FROM"
    ours = f"{select} public.{table} WHERE {condition}"
    theirs = f"{select} bench.{table} WHERE {condition}"
    cr.execute(
        f"SELECT COUNT(*) FROM (({ours} EXCEPT ALL {theirs})"
        f" UNION ALL ({theirs} EXCEPT ALL {ours})) AS difference"
    )
    return cr.fetchone()[0]
