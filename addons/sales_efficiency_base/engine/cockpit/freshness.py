# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from .panel import Panel


class Freshness(Panel):
    """Age of the figures."""

    key = "freshness"
    follows_choice = False

    def get_data(self):
        """:return: see ``get_freshness``"""
        return self.env["sales.mart.source"].get_freshness()
