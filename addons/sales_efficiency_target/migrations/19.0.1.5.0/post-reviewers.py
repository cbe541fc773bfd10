# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import SUPERUSER_ID, api


def migrate(cr, version):
    """Reassign requests that await a decision of their own requester."""
    env = api.Environment(cr, SUPERUSER_ID, {})
    for model, name, domain in (
        (
            "sales.target.adjustment",
            "superior_id",
            [("state", "in", ("draft", "requested"))],
        ),
        ("tier.review", "reviewer_ids", [("status", "in", ("waiting", "pending"))]),
    ):
        records = env[model].search(domain)
        # Recompute, as ``write`` is refused on requests under review.
        env.add_to_compute(records._fields[name], records)
    env.flush_all()
