# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Load public sample data, a folder of CSV files, into a database of the suite.

Everything is checked before anything is written, and written in one transaction: a
wrong row is named with its file, line and reason, and nothing is loaded then. Loading
again adds what is missing. Each data set lives in a company of its own.
"""

import argparse
import sys

import psycopg2

import odoo
from odoo.exceptions import UserError
from odoo.modules.registry import Registry
from odoo.service.model import retrying
from odoo.tools import config

from . import DATA_SETS
from .csv_folder import BadData
from .progress import Progress

ADDON = "sales_efficiency_base"


def parse_arguments(arguments):
    parser = argparse.ArgumentParser(prog="script/load-sample", description=__doc__)
    parser.add_argument("data_set", choices=sorted(DATA_SETS))
    parser.add_argument("path", help="folder of the CSV files")
    parser.add_argument(
        "--db",
        default="sales_efficiency",
        help="database to load into (default: the one of script/server)",
    )
    return parser.parse_args(arguments)


def get_registry(database):
    """Return the registry of a database with the suite installed."""
    # Log errors only: an unknown database is reported below, in one line.
    config.parse_config(["--database", database, "--no-http", "--log-level", "error"])
    try:
        registry = Registry(database)
    except psycopg2.OperationalError as error:
        sys.exit(f"The database {database} cannot be opened: {str(error).strip()}")
    if ADDON not in registry._init_modules:
        sys.exit(f"{ADDON} is not installed in the database {database}.")
    return registry


def load(env, data_set, path):
    """Load in one transaction, retried if others changed the same rows."""
    return retrying(lambda: DATA_SETS[data_set](env, path, Progress()).load(), env)


def main(arguments=None):
    """Return the exit status: 0 loaded or nothing to do, 1 refused, 130 interrupted."""
    options = parse_arguments(arguments)
    with get_registry(options.db).cursor() as cr:
        env = odoo.api.Environment(cr, odoo.SUPERUSER_ID, {})
        try:
            created = load(env, options.data_set, options.path)
        except (BadData, UserError) as error:
            cr.rollback()
            print(f"\n{error}\nNothing was loaded.", file=sys.stderr)
            return 1
        except KeyboardInterrupt:
            cr.rollback()
            print("\nInterrupted: nothing was loaded.", file=sys.stderr)
            return 130
        env["sales.mart"]._refresh()
    company = DATA_SETS[options.data_set].company_name
    done = f"{created} records created" if created else "Everything is there already"
    print(f"{done}: choose the company {company} at the top right to see it.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
