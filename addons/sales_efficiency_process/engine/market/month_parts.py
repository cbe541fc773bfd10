# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tools import SQL


def spread_over_months(table):
    """Return the FROM item of the monthly parts of amounts, ``part`` with the columns
    ``id``, ``day`` (first day in the month), ``month`` (as a number) and ``amount``.

    Each month weighs the same; one that is covered in part weighs as much less. The
    running total is rounded, not each part, so that the parts add up to the amount to
    the cent.

    :param SQL table: FROM item ``r`` with ``id``, ``date_from``, ``date_to``,
        ``amount`` and ``digits``, the number of decimals of its currency
    """
    return SQL(
        """
        (SELECT id, day, month,
                ROUND(amount * upto / whole, digits)
              - ROUND(amount * (upto - weight) / whole, digits) AS amount
           FROM (
            SELECT id, day, month, amount, digits, weight,
                   SUM(weight) OVER (PARTITION BY id ORDER BY day) AS upto,
                   SUM(weight) OVER (PARTITION BY id) AS whole
              FROM (
                SELECT r.id, r.amount::numeric, r.digits,
                       GREATEST(first.day, r.date_from) AS day,
                       TO_CHAR(first.day, 'YYYYMM')::int AS month,
                       (LEAST(first.day + INTERVAL '1 month' - INTERVAL '1 day',
                              r.date_to)::date
                        - GREATEST(first.day, r.date_from) + 1)::numeric
                       / EXTRACT(DAY FROM
                            first.day + INTERVAL '1 month' - INTERVAL '1 day'
                         )::numeric AS weight
                  FROM %(table)s
                 CROSS JOIN LATERAL (
                    SELECT generate_series(
                        date_trunc('month', r.date_from::timestamp),
                        r.date_to::timestamp,
                        INTERVAL '1 month'
                    )::date AS day
                 ) AS first
              ) AS weighted
           ) AS share) AS part
        """,
        table=table,
    )


def from_months(table, ids=None):
    """Return the FROM of the monthly parts of amounts in company currency: ``part``,
    see :func:`spread_over_months`, the ``document``, and its ``company``.

    :param str table: with ``id``, ``company_id``, ``date_from``, ``date_to`` and
        ``amount``
    :param list ids: of the documents; None for all of them
    """
    documents = SQL(
        """
        (SELECT document.id, document.date_from, document.date_to, document.amount,
                currency.decimal_places AS digits
           FROM %(table)s document
           JOIN res_company company ON company.id = document.company_id
           JOIN res_currency currency ON currency.id = company.currency_id
          WHERE %(condition)s) AS r
        """,
        table=SQL.identifier(table),
        condition=SQL("TRUE") if ids is None else SQL("document.id = ANY(%s)", ids),
    )
    return SQL(
        """
        %(parts)s
        JOIN %(table)s document ON document.id = part.id
        JOIN res_company company ON company.id = document.company_id
        """,
        parts=spread_over_months(documents),
        table=SQL.identifier(table),
    )
