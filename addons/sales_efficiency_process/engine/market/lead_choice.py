# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from functools import cached_property

from odoo.addons.sales_efficiency_base.engine.cockpit import Choice


class LeadChoice(Choice):
    """What the report on lead sources shows: whose leads of when, by source, medium or
    campaign.

    ``asked`` may also have ``by``, a column of figures.
    """

    def __init__(self, env, asked):
        super().__init__(env, asked)
        self.by = self._take(asked.get("by"), self.columns, "utm_source_id")

    @cached_property
    def columns(self):
        """dict of column of figures → plural"""
        return {
            "utm_source_id": self.env._("Lead sources"),
            "utm_medium_id": self.env._("Media"),
            "campaign_id": self.env._("Campaigns"),
        }

    @property
    def span(self):
        """The days of the period that have begun"""
        return self.period.until(self.today)

    def describe(self):
        return {
            **super().describe(),
            "dimensions": [
                {"id": name, "name": label} for name, label in self.columns.items()
            ],
            "by": self.by,
            # The choices beside them are those of expenses.
            "kinds": [],
            "kind": False,
        }
