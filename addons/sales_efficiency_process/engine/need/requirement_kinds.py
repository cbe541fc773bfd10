# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from ..playbook import RequirementKind


class GradedNeed(RequirementKind):
    """A need of the opportunity, which was not dropped, has all its grades."""

    icon = "fa-bullseye"

    def get_title(self):
        return self.env._("Graded need")

    def find_met(self, leads, requirement):
        needs = leads.env["sales.need"]._read_group(
            [
                ("lead_id", "in", leads.ids),
                ("is_graded", "=", True),
                ("is_incomplete", "=", False),
                ("state", "!=", "dropped"),
            ],
            ["lead_id"],
        )
        return leads.browse(lead.id for [lead] in needs)

    def get_link(self, lead, requirement):
        return lead.action_open_sales_needs()


class SolutionMade(RequirementKind):
    """There is a solution for the opportunity, which has not been declined."""

    icon = "fa-puzzle-piece"
    states = ("draft", "presented", "accepted")

    def get_title(self):
        return self.env._("Solution")

    def find_met(self, leads, requirement):
        solutions = leads.env["sales.solution"]._read_group(
            [("lead_id", "in", leads.ids), ("state", "in", self.states)], ["lead_id"]
        )
        return leads.browse(lead.id for [lead] in solutions)

    def get_link(self, lead, requirement):
        return lead.action_open_sales_solutions()
