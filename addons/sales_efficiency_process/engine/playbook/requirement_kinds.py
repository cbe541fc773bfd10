# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from .requirement_kind import RequirementKind


class OpportunityField(RequirementKind):
    """A field of the opportunity is filled in."""

    icon = "fa-pencil"

    def get_title(self):
        return self.env._("Field filled in")

    def describe(self, requirement):
        field = self.env["crm.lead"]._fields.get(requirement.field_name)
        return requirement.name or (field and field._description_string(self.env)) or ""

    def check(self, requirement):
        if not requirement.field_name:
            return self.env._("Choose the field that must be filled in.")
        return super().check(requirement)

    def find_met(self, leads, requirement):
        if requirement.field_name not in leads._fields:
            return leads  # It was of an add-on that is gone.
        return leads.filtered(requirement.field_name)


class NextStep(RequirementKind):
    """An activity or a meeting is planned."""

    icon = "fa-calendar"

    def get_title(self):
        return self.env._("Planned next step")

    def find_met(self, leads, requirement):
        today = self.env.cr.now()
        meetings = leads.env["calendar.event"]._read_group(
            [("opportunity_id", "in", leads.ids), ("stop", ">=", today)],
            ["opportunity_id"],
        )
        planned = leads.browse(lead.id for [lead] in meetings)
        return leads.filtered(lambda lead: lead.activity_ids or lead in planned)


class QuotationMade(RequirementKind):
    """There is a quotation that is not cancelled."""

    icon = "fa-file-text-o"
    states = ("draft", "sent", "sale")

    def get_title(self):
        return self.env._("Quotation")

    def find_met(self, leads, requirement):
        orders = leads.env["sale.order"]._read_group(
            [("opportunity_id", "in", leads.ids), ("state", "in", self.states)],
            ["opportunity_id"],
        )
        return leads.browse(lead.id for [lead] in orders)

    def get_link(self, lead, requirement):
        if lead.order_ids:
            return lead.action_view_sale_quotation()
        return lead.action_sale_quotations_new()


class QuotationSent(QuotationMade):
    """A quotation has been sent, or is an order already."""

    icon = "fa-paper-plane-o"
    states = ("sent", "sale")

    def get_title(self):
        return self.env._("Sent quotation")


class KnownDecider(RequirementKind):
    """It is known who decides at the customer."""

    icon = "fa-users"

    def get_title(self):
        return self.env._("Known decider")

    def find_met(self, leads, requirement):
        deciders = leads.env["sales.stakeholder"].search(
            [
                ("partner_id", "in", leads.partner_id.commercial_partner_id.ids),
                ("role", "=", "decider"),
                ("lead_id", "in", [False, *leads.ids]),
            ]
        )
        own = {decider.lead_id for decider in deciders if decider.lead_id}
        general = {
            (decider.partner_id, decider.company_id)
            for decider in deciders
            if not decider.lead_id
        }
        return leads.filtered(
            lambda lead: (
                lead in own
                or (lead.partner_id.commercial_partner_id, lead._get_sales_company())
                in general
            )
        )

    def get_link(self, lead, requirement):
        if lead.sales_customer_id:
            return lead.action_open_sales_stakeholders()
        return super().get_link(lead, requirement)
