# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.addons.sales_efficiency_base.engine.cockpit import Panel

from ..attainment import add_up

# Number of rows in the lists of the page; the others are one click away
LENGTH = 8


class TargetPanel(Panel):
    """Base of the panels about the selected results.

    Nothing is measured during the request: panels show stored results that the user may
    read.
    """

    def is_visible(self):
        return bool(self.choice.gauges)

    def describe_sums(self, rows, sums=None):
        """Return the combined figures of results, with the ids of their records."""
        return (sums or add_up(rows)) | {
            "result_ids": [row["id"] for row in rows],
            "target_ids": [row["target_id"] for row in rows],
        }

    def name_targets(self, ids):
        """:return: dict id -> name of the target's scope, without the metric"""
        # sudo: names of scopes are public, see _get_scope_name.
        targets = self.env["sales.target"].sudo().browse(ids)
        return {target.id: target._get_scope_name() for target in targets}

    def get_labels(self, model, *names):
        """:return: dict name of a selection field -> dict value -> label"""
        return {
            name: dict(model._fields[name]._description_selection(self.env))
            for name in names
        }
