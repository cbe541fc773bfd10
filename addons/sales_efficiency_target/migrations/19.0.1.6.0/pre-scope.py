# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

TABLES = ("sales_target", "sales_target_cause", "sales_alert")
DIMENSIONS = ("region", "team", "user", "categ", "channel", "partner")


def migrate(cr, version):
    """Assign the foreign keys of dimensions to base, which now declares the fields:
    Odoo records the add-on of a key only on creation."""
    cr.execute(
        """
        UPDATE ir_model_constraint
           SET module = (SELECT id FROM ir_module_module
                          WHERE name = 'sales_efficiency_base')
         WHERE name = ANY(%s)
        """,
        [[f"{table}_{name}_id_fkey" for table in TABLES for name in DIMENSIONS]],
    )
