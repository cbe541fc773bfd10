# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tools import SQL

# Quotations that were sent in so many versions are looked at.
MANY = 3


def select_unsigned(company):
    """Return the SELECT of the time from the agreement on a contract to its signature,
    without the days that the settings leave for it.

    :param company: the company, as superuser
    """
    return SQL(
        """
        SELECT a.id AS res_id, a.lead_id, company.id AS company_id, a.team_id,
               a.user_id, %(agreed)s AS since,
               CASE WHEN a.state = 'signed' THEN %(signed)s END AS until,
               %(allowed)s::float8 AS allowed,
               CASE WHEN a.state <> 'signed' AND a.currency_id = company.currency_id
                    THEN a.contract_amount END AS money
          FROM agreement AS a
          JOIN res_company AS company ON company.id = %(company)s
         WHERE COALESCE(a.company_id, company.id) = company.id
           AND a.active AND a.domain = 'sale' AND a.is_template IS NOT TRUE
           AND a.agreed_on IS NOT NULL AND a.state <> 'cancelled'
           AND (a.state <> 'signed' OR a.signature_date > a.agreed_on)
        """,
        agreed=_sql_start(SQL("a.agreed_on"), company),
        signed=_sql_start(SQL("a.signature_date"), company),
        allowed=company.sales_contract_unsigned_days,
        company=company.id,
    )


def select_versions(company):
    """Return the SELECT of the time from the first version of a quotation to the last
    one, of those that were sent in many.

    :param company: the company, as superuser
    """
    return SQL(
        """
        SELECT o.id AS res_id, o.opportunity_id AS lead_id, o.company_id, o.team_id,
               o.user_id, version.since, version.until, NULL::float8 AS allowed,
               CASE WHEN o.state = 'sent'
                    THEN o.amount_untaxed / COALESCE(NULLIF(o.currency_rate, 0), 1)
                    END AS money
          FROM sale_order AS o
          JOIN (SELECT order_id, MIN(sent_on) AS since, MAX(sent_on) AS until
                  FROM sales_quotation_version
                 WHERE company_id = %s
                 GROUP BY order_id HAVING COUNT(*) >= %s) AS version
            ON version.order_id = o.id
        """,
        company.id,
        MANY,
    )


def _sql_start(day, company):
    """:return: SQL of the moment in UTC at which a day of a company begins"""
    return SQL(
        "(%s::timestamp AT TIME ZONE %s) AT TIME ZONE 'UTC'", day, company.sales_tz
    )
