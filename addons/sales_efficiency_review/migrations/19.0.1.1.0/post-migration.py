# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import SUPERUSER_ID, api


def migrate(cr, version):
    """Set the default metrics of weekly reports for existing companies."""
    env = api.Environment(cr, SUPERUSER_ID, {})
    env["res.company"]._set_default_weekly_metrics()
