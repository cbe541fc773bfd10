# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import SUPERUSER_ID, api


def migrate(cr, version):
    """Ask for the approval of months that are published already."""
    env = api.Environment(cr, SUPERUSER_ID, {})
    months = env["sales.incentive.period"].search([("state", "=", "published")])
    for month in months:
        # In the name of who has published it, who may not approve it alone.
        # sudo: their rights may have changed since.
        user = month.published_by_id or env.user
        month.with_user(user).sudo().request_validation()
