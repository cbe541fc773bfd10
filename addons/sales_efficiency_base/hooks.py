# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tools import SQL


def post_init_hook(env):
    """Fill the data mart with the sales that are in the database already."""
    env["sales.mart"]._rebuild()


def uninstall_hook(env):
    """Leave no trigger behind on the tables of other add-ons."""
    functions = env.execute_query(
        SQL("SELECT oid::regproc::text FROM pg_proc WHERE proname ~ '^sales_mart_'")
    )
    for (name,) in functions:
        env.cr.execute(SQL("DROP FUNCTION %s() CASCADE", SQL.identifier(name)))
