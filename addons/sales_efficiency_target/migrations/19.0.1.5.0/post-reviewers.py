# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import SUPERUSER_ID, api


def migrate(cr, version):
    """Let others decide on the requests that wait for who has made them."""
    env = api.Environment(cr, SUPERUSER_ID, {})
    open_states = ("draft", "requested")
    env["sales.target.adjustment"].search(
        [("state", "in", open_states)]
    )._compute_superior_id()
    env["tier.review"].search(
        [("status", "in", ("waiting", "pending"))]
    )._compute_reviewer_ids()
