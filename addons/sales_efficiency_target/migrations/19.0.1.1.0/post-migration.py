# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import SUPERUSER_ID, api


def migrate(cr, version):
    """Schedule the measurement of all targets."""
    env = api.Environment(cr, SUPERUSER_ID, {})
    env["sales.target.change"]._note_everything()
    env.ref("sales_efficiency_target.ir_cron_results")._trigger()
