# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tools import SQL
from odoo.tools.sql import column_exists, create_column

from .tools import release_records

MODULE = "sales_efficiency_base"
KEPT_DEMO_DATA = "__sales_efficiency_base_demo__"


def pre_init_hook(env):
    """Adopt demo data left by an earlier installation, and store the unit costs of
    existing orders in foreign currencies."""
    keep_unit_costs(env)
    env.cr.execute(
        SQL(
            "UPDATE ir_model_data SET module = %s WHERE module = %s",
            MODULE,
            KEPT_DEMO_DATA,
        )
    )


def keep_unit_costs(env):
    """Store the unit cost of order lines in foreign currencies in company currency.

    Odoo converted the cost at the order date when the line was created. Confirmation
    changes that date; before, it is the day on which the quotation was created. Lines
    in company currency need nothing: their cost was never converted.
    """
    if not column_exists(env.cr, "sale_order_line", "sales_unit_cost"):
        create_column(env.cr, "sale_order_line", "sales_unit_cost", "numeric")
    lines = SQL(
        """
        SELECT l.id, o.company_id, o.currency_id,
               (CASE WHEN l.create_date < o.date_order
                     THEN o.create_date ELSE o.date_order END)::date AS day
          FROM sale_order_line l
          JOIN sale_order o ON o.id = l.order_id
          JOIN res_company c ON c.id = o.company_id AND c.currency_id <> o.currency_id
        """
    )
    keys = env.execute_query(
        SQL("SELECT DISTINCT company_id, currency_id, day FROM (%s) line", lines)
    )
    rates = []
    for company_id, currency_id, day in keys:
        company = env["res.company"].browse(company_id)
        currency = env["res.currency"].browse(currency_id)
        rate = company.currency_id._get_conversion_rate(
            company.currency_id, currency, company, day
        )
        rates.append(SQL("(%s, %s, %s, %s)", company_id, currency_id, day, rate or 1))
    if rates:
        env.cr.execute(
            SQL(
                """
                UPDATE sale_order_line l
                   SET sales_unit_cost = l.purchase_price / rate.rate
                  FROM (%s) line
                  JOIN (VALUES %s) AS rate (company_id, currency_id, day, rate)
                 USING (company_id, currency_id, day)
                 WHERE l.id = line.id
                """,
                lines,
                SQL(", ").join(rates),
            )
        )


def post_init_hook(env):
    """Fill the data mart from existing sales."""
    env["sales.mart"]._rebuild()


def uninstall_hook(env):
    """Remove triggers and indexes from the tables of other add-ons."""
    functions = env.execute_query(
        SQL("SELECT oid::regproc::text FROM pg_proc WHERE proname ~ '^sales_mart_'")
    )
    for (name,) in functions:
        env.cr.execute(SQL("DROP FUNCTION %s() CASCADE", SQL.identifier(name)))
    # Odoo drops an index only together with its column; this column is Odoo's.
    env.cr.execute("DROP INDEX IF EXISTS crm_team__user_id_index")
    _keep_demo_data(env)
    release_records(env, MODULE)


def _keep_demo_data(env):
    """Keep demo customers, products and users, whose documents cannot be deleted; only
    records in our own tables are removed."""
    demo_data = SQL(
        "module = %s AND name LIKE %s AND model NOT LIKE 'ir.%%'", MODULE, r"%\_demo%"
    )
    env.cr.execute(
        SQL("DELETE FROM ir_model_data WHERE model LIKE 'sales.%%' AND %s", demo_data)
    )
    env.cr.execute(
        SQL(
            "UPDATE ir_model_data SET module = %s WHERE %s",
            KEPT_DEMO_DATA,
            demo_data,
        )
    )
