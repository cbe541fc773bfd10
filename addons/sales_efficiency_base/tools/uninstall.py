# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tools import SQL

APP = "sales_efficiency_base.menu_sales_efficiency_root"
MENU = "ir.ui.menu"


def close_app(env, module, groups):
    """Close the app to groups for which an add-on that goes has opened it.

    Groups that menus of other add-ons name need the app for these.

    :param list groups: XML ids
    """
    going = env["ir.module.module"].search([("state", "=", "to remove")])
    own = env["ir.model.data"].search(
        [("module", "in", [module, *going.mapped("name")]), ("model", "=", MENU)]
    )
    app = env.ref(APP)
    others = env[MENU].search(
        [("id", "child_of", app.id), ("id", "not in", [app.id, *own.mapped("res_id")])]
    )
    app.group_ids -= env["res.groups"].union(*map(env.ref, groups)) - others.group_ids


def release_records(env, module):
    """Drop the foreign keys that block uninstalling an add-on.

    Odoo deletes the records one by one before it drops their tables, in an order that
    we cannot choose, and logs an error for each record that is still referenced: by
    others, or as a user of the demo data by the tables that are about to go. There,
    references that would be emptied are dropped, too: a row that refers both to a user
    and to an activity of that user is emptied twice by one deletion, which PostgreSQL
    refuses.
    """
    tables = [
        model._table
        for model in env.registry.values()
        if model._original_module == module and not model._abstract
    ]
    references = env.execute_query(
        SQL(
            """
            SELECT child.relname, c.conname
              FROM pg_constraint c
              JOIN pg_class child ON child.oid = c.conrelid
              JOIN pg_class parent ON parent.oid = c.confrelid
             WHERE c.contype = 'f'
               AND c.connamespace = current_schema::regnamespace
               AND (c.confdeltype IN ('a', 'r') AND parent.relname = ANY(%(tables)s)
                    OR c.confdeltype IN ('a', 'r', 'n')
                   AND child.relname = ANY(%(tables)s))
            """,
            tables=tables,
        )
    )
    for table, constraint in references:
        env.cr.execute(
            SQL(
                "ALTER TABLE %s DROP CONSTRAINT %s",
                SQL.identifier(table),
                SQL.identifier(constraint),
            )
        )
    # Activities live in Odoo's own table and keep their types from being deleted.
    types = env["ir.model.data"].search(
        [("module", "=", module), ("model", "=", "mail.activity.type")]
    )
    to_dos = env["mail.activity"].with_context(active_test=False)
    to_dos.search([("activity_type_id", "in", types.mapped("res_id"))]).unlink()
