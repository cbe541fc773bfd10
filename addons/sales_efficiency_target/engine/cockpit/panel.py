# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.addons.sales_efficiency_base.engine.cockpit import Panel

from ..attainment import add_up

# How many rows the lists of the page have; the rest is one click away
LENGTH = 8


class TargetPanel(Panel):
    """What there is to see of the results that are chosen.

    None is measured in the request: they are the stored ones that the user may read.
    """

    def is_visible(self):
        return bool(self.choice.gauges)

    def describe_sums(self, rows, sums=None):
        """Return the figures of results together, and which ones they are."""
        return (sums or add_up(rows)) | {
            "result_ids": [row["id"] for row in rows],
            "target_ids": [row["target_id"] for row in rows],
        }

    def name_targets(self, ids):
        """:return: dict id -> who or what the target is about, without its metric"""
        # See _get_scope_name: names are no secret
        targets = self.env["sales.target"].sudo().browse(ids)
        return {target.id: target._get_scope_name() for target in targets}

    def get_labels(self, model, *names):
        """:return: dict name of a selection field -> dict value -> label"""
        return {
            name: dict(model._fields[name]._description_selection(self.env))
            for name in names
        }
