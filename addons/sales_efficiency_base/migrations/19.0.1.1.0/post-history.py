# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import SUPERUSER_ID, api
from odoo.tools import split_every

BATCH = 10_000


def migrate(cr, version):
    """Give past sales the team of their salesperson, and the region and the channel of
    their customer, as new ones have."""
    lines = api.Environment(cr, SUPERUSER_ID, {})["sales.history.line"]
    for name, source in (
        ("team_id", "user_id"),
        ("region_id", "partner_id"),
        ("channel_id", "partner_id"),
    ):
        found = lines.search([(name, "=", False), (source, "!=", False)], order="id")
        for ids in split_every(BATCH, found.ids):
            lines.env.add_to_compute(lines._fields[name], lines.browse(ids))
            lines.env.flush_all()
            lines.env.invalidate_all()
