# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from .panel import Panel


class Plans(Panel):
    """The plans to choose from."""

    key = "plans"

    def is_visible(self):
        return len(self.choice.plans) > 1

    def get_data(self):
        return [{"id": plan.id, "name": plan.name} for plan in self.choice.plans]
