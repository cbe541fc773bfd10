# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from ..playbook import RequirementKind


class NegotiationPrepared(RequirementKind):
    """The goal and the bottom line of the negotiation are known."""

    icon = "fa-handshake-o"

    def get_title(self):
        return self.env._("Goal and bottom line")

    def find_met(self, leads, requirement):
        prepared = leads.env["sales.negotiation"]._read_group(
            [
                ("lead_id", "in", leads.ids),
                ("goal_amount", ">", 0),
                ("bottom_amount", ">", 0),
            ],
            ["lead_id"],
        )
        return leads.browse(lead.id for [lead] in prepared)

    def get_link(self, lead, requirement):
        return lead.action_negotiate()


class ConcernsSettled(RequirementKind):
    """No concern of the customer is open."""

    icon = "fa-comments-o"

    def get_title(self):
        return self.env._("Settled concerns")

    def find_met(self, leads, requirement):
        worried = leads.env["sales.negotiation"]._read_group(
            [
                ("lead_id", "in", leads.ids),
                ("concern_ids", "any", [("is_settled", "=", False)]),
            ],
            ["lead_id"],
        )
        return leads - leads.browse(lead.id for [lead] in worried)

    def get_link(self, lead, requirement):
        return lead.action_negotiate()


class ContractSigned(RequirementKind):
    """Both sides have signed a contract."""

    icon = "fa-file-text"

    def get_title(self):
        return self.env._("Signed contract")

    def find_met(self, leads, requirement):
        contracts = leads.env["agreement"]._read_group(
            [("lead_id", "in", leads.ids), ("state", "=", "signed")], ["lead_id"]
        )
        return leads.browse(lead.id for [lead] in contracts)

    def get_link(self, lead, requirement):
        return lead.action_open_sales_contracts()
