# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import SUPERUSER_ID, api


def migrate(cr, version):
    """Make one order of past sales of the same reference and customer."""
    env = api.Environment(cr, SUPERUSER_ID, {})
    env["sales.history.line"]._group_by_document()
    env["sales.mart.source"].search([("code", "=", "history")]).action_rebuild()
