# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Generate a reproducible company: master data by the ORM, documents by SQL.

    python -m bench_suite.generator DATABASE LINES [DAYS]

The database must have the suite installed, and no other data. The last day is
2025-12-31; fewer days than three years make a small company with busy months.
"""

import sys
from contextlib import closing
from pathlib import Path

import psycopg2

from .database import SUPERUSER, environment

LINES_PER_ORDER = 5
PEOPLE, GROUPS, CUSTOMERS, PRODUCTS = 200, 20, 20_000, 500
DAYS = 1096

TABLES = (
    "sale_order",
    "sale_order_line",
    "account_move",
    "account_move_line",
    "account_partial_reconcile",
)


def generate(database, lines, days=DAYS):
    """Fill a database with orders, invoices and payments, and their master data."""
    with environment(database) as env:
        values = {
            **create_masters(env),
            "orders": lines // LINES_PER_ORDER,
            "per_order": LINES_PER_ORDER,
            "days": days,
        }
        env.cr.commit()
    with closing(psycopg2.connect(dbname=database, user=SUPERUSER)) as connection:
        connection.autocommit = True
        with connection.cursor() as cr:
            create_documents(cr, values)
            with environment(database) as env:
                env["sales.mart"]._rebuild()
                env.cr.commit()
            # Vacuum now, to avoid an autovacuum during measurements.
            cr.execute("VACUUM")


def create_masters(env):
    """Create regions, teams, people, customers and products.

    :return: parameters of the SQL that creates the documents
    """
    env = env(context={"tracking_disable": True, "no_reset_password": True})
    regions = env["sales.region"].create(
        [{"name": f"Region {n}", "code": f"R{n}"} for n in range(GROUPS)]
    )
    teams = env["crm.team"].create([{"name": f"Team {n}"} for n in range(GROUPS)])
    users = env["res.users"].create(
        [{"name": f"Person {n}", "login": f"person{n}"} for n in range(PEOPLE)]
    )
    categories = env["product.category"].create(
        [{"name": f"Line {n}"} for n in range(GROUPS)]
    )
    products = env["product.product"].create(
        [
            {
                "name": f"Product {n}",
                "list_price": 10 + n,
                "categ_id": categories[n % GROUPS].id,
                "invoice_policy": "order",
            }
            for n in range(PRODUCTS)
        ]
    )
    env.flush_all()
    rank_masters(env.cr, regions, teams, users, products)
    journals = env["account.journal"]
    accounts = env["account.account"]
    bank_journal = journals.search([("type", "=", "bank")], limit=1)
    return {
        "people": PEOPLE,
        "customers": CUSTOMERS,
        "products": PRODUCTS,
        "company": env.company.id,
        "currency": env.company.currency_id.id,
        "sale_journal": journals.search([("type", "=", "sale")], limit=1).id,
        "bank_journal": bank_journal.id,
        "bank": bank_journal.default_account_id.id,
        "income": accounts.search([("account_type", "=", "income")], limit=1).id,
        "receivable": accounts.search(
            [("account_type", "=", "asset_receivable")], limit=1
        ).id,
    }


def rank_masters(cr, regions, teams, users, products):
    """Create customers, and tables that number people, customers and products."""
    cr.execute(
        """
        CREATE SCHEMA bench;
        CREATE TABLE bench.person AS
        SELECT n - 1 AS rank, id, (%(teams)s)[1 + (n - 1) %% %(groups)s] AS team_id,
               (%(regions)s)[1 + (n - 1) %% %(groups)s] AS region_id
          FROM unnest(%(users)s) WITH ORDINALITY AS u (id, n);
        CREATE TABLE bench.customer AS
        SELECT n - 1 AS rank, nextval('res_partner_id_seq')::int AS id
          FROM generate_series(1, %(customers)s) n;
        INSERT INTO res_partner (id, commercial_partner_id, name, complete_name, active,
               is_company, partner_share, type, autopost_bills, create_date, write_date)
        SELECT id, id, 'Customer ' || rank, 'Customer ' || rank, TRUE, TRUE, TRUE,
               'contact', 'ask', now(), now()
          FROM bench.customer;
        CREATE TABLE bench.product AS
        SELECT n - 1 AS rank, p.id, t.uom_id, t.list_price AS price,
               t.name->>'en_US' AS name
          FROM unnest(%(products)s) WITH ORDINALITY AS u (id, n)
          JOIN product_product p USING (id)
          JOIN product_template t ON t.id = p.product_tmpl_id;
        ANALYZE bench.person, bench.customer, bench.product;
        """,
        {
            "groups": GROUPS,
            "regions": regions.ids,
            "teams": teams.ids,
            "users": users.ids,
            "customers": CUSTOMERS,
            "products": products.ids,
        },
    )


def create_documents(cr, values):
    """Insert the documents, without triggers.

    The ids are consistent, so millions of foreign keys need no check, and the mart is
    filled by a rebuild instead of a queue of all documents.
    """
    cr.execute("SET session_replication_role = replica; SET work_mem = '256MB'")
    cr.execute(Path(__file__).with_name("documents.sql").read_text(), values)
    for table in TABLES:
        cr.execute(f"SELECT setval('{table}_id_seq', (SELECT MAX(id) FROM {table}))")
    cr.execute("ANALYZE")


if __name__ == "__main__":
    generate(sys.argv[1], *map(int, sys.argv[2:]))
