# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import SUPERUSER_ID, api


def migrate(cr, version):
    """Measure all targets again: against the same days of last year, with the correct
    sign after a loss, and with a deviation from targets of 0. Include closed plans,
    whose results did not follow the facts until now."""
    env = api.Environment(cr, SUPERUSER_ID, {})
    env["sales.target.change"]._ask_for_everything()
