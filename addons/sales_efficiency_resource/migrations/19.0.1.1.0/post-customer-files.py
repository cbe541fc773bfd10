# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tools import SQL
from odoo.tools.sql import column_exists

FORMER = (
    "sales_potential_amount",
    "sales_potential_currency_id",
    "sales_potential_source",
    "sales_potential_date",
    "sales_potential",
    "sales_preferences",
)


def migrate(cr, version):
    """Move potentials and preferences from the contacts into records of their own."""
    if not column_exists(cr, "res_partner", "sales_preferences"):
        return
    cr.execute(
        """
        INSERT INTO sales_customer_file (
               partner_id, company_id, potential_amount, potential_currency_id,
               potential_source, potential_date, potential, preferences,
               create_uid, create_date, write_uid, write_date)
        SELECT p.id, c.id,
               COALESCE((p.sales_potential_amount->>c.key)::float8, 0),
               currency.id, p.sales_potential_source->>c.key,
               (p.sales_potential_date->>c.key)::date,
               COALESCE((p.sales_potential->>c.key)::float8, 0),
               p.sales_preferences->>c.key,
               p.write_uid, p.write_date, p.write_uid, p.write_date
          FROM res_partner p
         CROSS JOIN (SELECT id, id::text AS key FROM res_company) c
          LEFT JOIN res_currency currency
            ON currency.id = (p.sales_potential_currency_id->>c.key)::int
         WHERE p.id = p.commercial_partner_id
           AND ((p.sales_potential_amount->>c.key)::float8 > 0
                OR p.sales_preferences->>c.key IS NOT NULL)
            ON CONFLICT DO NOTHING
        """
    )
    for name in FORMER:
        cr.execute(SQL("ALTER TABLE res_partner DROP COLUMN %s", SQL.identifier(name)))
