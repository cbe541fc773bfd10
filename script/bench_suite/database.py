# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Odoo in this process, on the databases created by script/bench."""

from collections import namedtuple
from contextlib import closing, contextmanager

import psycopg2
from psycopg2 import sql

import odoo
from odoo.modules.registry import Registry
from odoo.tools import config

# Role of the private server with rights that Odoo's lacks, e.g. to skip triggers
SUPERUSER = "postgres"

Databases = namedtuple("Databases", "small large suite odoo")
Databases.__doc__ = """Names of databases: a small and a large company, the suite
without documents, and Odoo without the suite."""

config.parse_config(["--no-http", "--log-level", "error"])


@contextmanager
def environment(database):
    """Open an environment of the superuser; uncommitted changes are rolled back, and
    what Odoo has cached of them is forgotten."""
    registry = Registry(database)
    with registry.cursor() as cr:
        yield odoo.api.Environment(cr, odoo.SUPERUSER_ID, {})
        cr.rollback()
    registry.clear_all_caches()


def tidy(database):
    """Remove what a rolled back measurement has left: dead rows, which the next one
    would read, and numbers of rows, by which PostgreSQL would plan."""
    with closing(psycopg2.connect(dbname=database)) as connection:
        connection.autocommit = True
        with connection.cursor() as cr:
            cr.execute("SELECT relname FROM pg_stat_user_tables WHERE n_dead_tup > 0")
            for [name] in cr.fetchall():
                cr.execute(sql.SQL("VACUUM ANALYZE {}").format(sql.Identifier(name)))
