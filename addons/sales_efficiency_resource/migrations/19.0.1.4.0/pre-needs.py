# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tools import SQL
from odoo.tools.sql import table_exists

MODEL, NEW_MODEL = "sales.customer.need", "sales.need"
TABLE, NEW_TABLE = "sales_customer_need", "sales_need"
# Columns of Odoo that name a model
NAMES = (
    ("ir_model", "model"),
    ("ir_model_fields", "model"),
    ("ir_model_fields", "relation"),
    ("ir_model_data", "model"),
    ("ir_ui_view", "model"),
    ("ir_act_report_xml", "model"),
    ("ir_act_window", "res_model"),
    ("ir_attachment", "res_model"),
    ("ir_embedded_actions", "parent_res_model"),
    ("ir_exports", "resource"),
    ("ir_filters", "model_id"),
    ("calendar_event", "res_model"),
    ("mail_activity", "res_model"),
    ("mail_activity_plan", "res_model"),
    ("mail_activity_type", "res_model"),
    ("mail_followers", "res_model"),
    ("mail_message", "model"),
    ("mail_scheduled_message", "model"),
    ("mail_template", "model"),
)


def migrate(cr, version):
    """Needs of customers become ``sales.need``: needs in particular, which the process
    assesses, are the same model as those by product line."""
    if not table_exists(cr, TABLE) or table_exists(cr, NEW_TABLE):
        return
    _rename_table(cr)
    _rename_model(cr)
    # Names that users got with exports stay: they have them in their files.
    cr.execute(
        SQL(
            """
            UPDATE ir_model_data SET name = REPLACE(name, %(old)s, %(new)s)
             WHERE module LIKE 'sales_efficiency_%%' AND name LIKE %(pattern)s
            """,
            old=TABLE,
            new=NEW_TABLE,
            pattern=f"%{TABLE}%",
        )
    )
    cr.execute(
        SQL(
            "UPDATE ir_model_constraint SET name = REPLACE(name, %s, %s)"
            " WHERE name LIKE %s",
            TABLE,
            NEW_TABLE,
            f"{TABLE}%",
        )
    )


def _rename_table(cr):
    """Rename the table with its sequence, constraints and indexes, which Odoo finds by
    their names."""
    cr.execute(
        SQL(
            "ALTER TABLE %s RENAME TO %s",
            SQL.identifier(TABLE),
            SQL.identifier(NEW_TABLE),
        )
    )
    cr.execute(
        SQL(
            """
            SELECT c.relname, c.relkind = 'S'
              FROM pg_class c
             WHERE c.relkind IN ('i', 'S')
               AND c.relnamespace = current_schema::regnamespace
               AND (c.relname LIKE %s OR c.relname = %s)
            """,
            f"{TABLE}\\_%",
            f"{TABLE}_id_seq",
        )
    )
    for name, is_sequence in cr.fetchall():
        cr.execute(
            SQL(
                "ALTER %s %s RENAME TO %s",
                SQL("SEQUENCE") if is_sequence else SQL("INDEX"),
                SQL.identifier(name),
                SQL.identifier(name.replace(TABLE, NEW_TABLE, 1)),
            )
        )
    cr.execute(
        SQL(
            """
            SELECT conname FROM pg_constraint
             WHERE conrelid = %s::regclass AND conname LIKE %s
            """,
            NEW_TABLE,
            f"{TABLE}\\_%",
        )
    )
    for [name] in cr.fetchall():
        cr.execute(
            SQL(
                "ALTER TABLE %s RENAME CONSTRAINT %s TO %s",
                SQL.identifier(NEW_TABLE),
                SQL.identifier(name),
                SQL.identifier(name.replace(TABLE, NEW_TABLE, 1)),
            )
        )


def _rename_model(cr):
    for table, column in NAMES:
        cr.execute(
            SQL(
                "UPDATE %(table)s SET %(column)s = %(new)s WHERE %(column)s = %(old)s",
                table=SQL.identifier(table),
                column=SQL.identifier(column),
                old=MODEL,
                new=NEW_MODEL,
            )
        )
