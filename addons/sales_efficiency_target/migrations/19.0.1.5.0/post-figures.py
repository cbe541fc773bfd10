# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import SUPERUSER_ID, api


def migrate(cr, version):
    """Have targets measured anew: against the same days of last year, with the right
    sign after a loss, with a deviation from a target of 0, and closed plans as well:
    they have not followed their figures so far."""
    env = api.Environment(cr, SUPERUSER_ID, {})
    env["sales.target.change"]._ask_for_everything()
