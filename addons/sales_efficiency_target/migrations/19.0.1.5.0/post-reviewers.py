# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import SUPERUSER_ID, api


def migrate(cr, version):
    """Let others decide on the requests that wait for who has made them."""
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
        # As computed fields: a request that is being reviewed cannot be written.
        env.add_to_compute(records._fields[name], records)
    env.flush_all()
