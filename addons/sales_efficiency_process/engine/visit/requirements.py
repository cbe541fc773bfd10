# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields

from ..playbook import NextStep, RequirementKind


class VisitHeld(RequirementKind):
    """Somebody has visited the customer about the opportunity."""

    icon = "fa-map-marker"

    def get_title(self):
        return self.env._("Visit held")

    def find_met(self, leads, requirement):
        return self._find(leads, [("state", "=", "done")])

    def get_link(self, lead, requirement):
        return lead.action_plan_visit()

    @staticmethod
    def _find(leads, domain):
        """:return: the opportunities with visits of a domain"""
        groups = leads.env["sales.visit"]._read_group(
            [("lead_id", "in", leads.ids), *domain], ["lead_id"]
        )
        return leads.browse(lead.id for [lead] in groups)


class NextStepOrVisit(NextStep):
    """A planned visit is a next step: customers may read its event, which therefore
    does not name the opportunity."""

    def find_met(self, leads, requirement):
        coming = [
            ("state", "in", ("planned", "visiting")),
            ("stop", ">=", fields.Datetime.now()),
        ]
        planned = VisitHeld._find(leads, coming)
        return super().find_met(leads, requirement) | planned
