# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from .panel import Panel


class Help(Panel):
    """First steps, shown until there are figures."""

    key = "help"
    follows_choice = False

    def is_visible(self):
        return not self.choice.has_figures

    def get_data(self):
        return {"can_import": self.env["sales.history.line"].has_access("create")}
