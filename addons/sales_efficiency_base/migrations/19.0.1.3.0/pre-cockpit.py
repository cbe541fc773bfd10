# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

NAMES = {
    "sales_target_cockpit_action": "sales_cockpit_action",
    "sales_target_cockpit_menu": "sales_cockpit_menu",
}


def migrate(cr, version):
    """Take over the cockpit of targets, if there is one: the same action and menu, so
    that bookmarks and the home pages of users still lead there."""
    for before, after in NAMES.items():
        cr.execute(
            """
            INSERT INTO ir_model_data (module, name, model, res_id, noupdate)
            SELECT 'sales_efficiency_base', %s, model, res_id, noupdate
              FROM ir_model_data
             WHERE module = 'sales_efficiency_target' AND name = %s
            """,
            [after, before],
        )
