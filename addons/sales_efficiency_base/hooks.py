# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tools import SQL

from .tools import release_records

MODULE = "sales_efficiency_base"
KEPT_DEMO_DATA = "__sales_efficiency_base_demo__"


def pre_init_hook(env):
    """Take over the demo data that an earlier installation left."""
    env.cr.execute(
        SQL(
            "UPDATE ir_model_data SET module = %s WHERE module = %s",
            MODULE,
            KEPT_DEMO_DATA,
        )
    )


def post_init_hook(env):
    """Fill the data mart with the sales that are in the database already."""
    env["sales.mart"]._rebuild()


def uninstall_hook(env):
    """Leave neither trigger nor index behind on the tables of other add-ons."""
    functions = env.execute_query(
        SQL("SELECT oid::regproc::text FROM pg_proc WHERE proname ~ '^sales_mart_'")
    )
    for (name,) in functions:
        env.cr.execute(SQL("DROP FUNCTION %s() CASCADE", SQL.identifier(name)))
    # Odoo drops indexes with their columns only; this one is on a column of its own.
    env.cr.execute("DROP INDEX IF EXISTS crm_team__user_id_index")
    _keep_demo_data(env)
    release_records(env, MODULE)


def _keep_demo_data(env):
    """Leave demo customers, products and people with the documents about them, which
    cannot be deleted; only what is in tables of ours goes with those."""
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
