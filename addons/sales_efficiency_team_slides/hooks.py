# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
def uninstall_hook(env):
    """Delete what was learnt online, which means nothing without this add-on.

    Skills and résumés of the employees stay.
    """
    attendances = env["sales.training.attendance"].search([("is_online", "=", True)])
    attendances.unlink()
    env.cr.execute(
        "ALTER TABLE sales_training_attendance ALTER COLUMN session_id SET NOT NULL"
    )
