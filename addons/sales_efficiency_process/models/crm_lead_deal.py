# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.sales_efficiency_base.tools import open_records


class CrmLead(models.Model):
    """Negotiation and contracts of an opportunity (policy 3.3.2, 3.3.3)."""

    # pylint: disable-next=consider-merging-classes-inherited
    _inherit = "crm.lead"

    sales_negotiation_ids = fields.One2many(
        comodel_name="sales.negotiation",
        inverse_name="lead_id",
        string="Negotiation",
        copy=False,
        groups="sales_efficiency_base.group_sales_person",
    )
    sales_contract_ids = fields.One2many(
        comodel_name="agreement",
        inverse_name="lead_id",
        string="Contracts",
        copy=False,
        groups="sales_efficiency_base.group_sales_person",
    )
    sales_contract_count = fields.Integer(
        string="Number of Contracts",
        compute="_compute_sales_contract_count",
        groups="sales_efficiency_base.group_sales_person",
    )

    @api.depends("sales_contract_ids")
    @api.depends_context("uid")
    def _compute_sales_contract_count(self):
        counts = dict(
            self.env["agreement"]._read_group(
                [("lead_id", "in", self._origin.ids)], ["lead_id"], ["__count"]
            )
        )
        for lead in self:
            lead.sales_contract_count = counts.get(lead._origin, 0)

    def _merge_dependences(self, opportunities):
        """Negotiation and contracts stay with the opportunity that is left."""
        res = super()._merge_dependences(opportunities)
        # sudo: those of the merged opportunities, which the user may merge
        others, left = (opportunities - self).sudo(), self.sudo()
        # Contracts that were signed do not change otherwise.
        contracts = others.sales_contract_ids
        contracts.with_context(skip_validation_check=True).lead_id = left
        for negotiation in others.sales_negotiation_ids:
            if kept := left.sales_negotiation_ids:
                negotiation._move_to(kept)
            else:
                negotiation.lead_id = left
        return res

    def action_negotiate(self):
        """Open the negotiation, a new one if there is none."""
        self.ensure_one()
        negotiations = self.env["sales.negotiation"]
        found = negotiations.search([("lead_id", "=", self.id)])
        if not found:
            self.check_access("write")
            found = negotiations.create({"lead_id": self.id})
        return found._get_records_action(name=self.env._("Negotiation"))

    def action_make_contract(self):
        """Draft a contract for the opportunity, with its quotations, unless there is
        one already."""
        self.ensure_one()
        self.check_access("write")
        if not self.partner_id:
            raise UserError(
                self.env._("Enter the customer of the opportunity, then its contract.")
            )
        customer = self.partner_id.commercial_partner_id
        orders = self.order_ids.filtered(
            lambda order: (
                order.state != "cancel"
                and not order.sales_contract_id
                and order.partner_id.commercial_partner_id == customer
            )
        )
        if orders:
            return orders.action_make_contract()
        made = self.sales_contract_ids.filtered(lambda c: c.state != "cancelled")
        if made:
            return made._get_records_action()
        contract = self.env["agreement"].create(
            {
                "name": self.name,
                "agreement_type_id": self.env["agreement.type"]._get_usual_type().id,
                "partner_id": customer.id,
                "lead_id": self.id,
                "user_id": self.user_id.id or self.env.uid,
                "company_id": (self.company_id or self.env.company).id,
                "contract_amount": self.expected_revenue,
            }
        )
        return contract._get_records_action()

    @api.readonly
    def action_open_sales_contracts(self):
        self.ensure_one()
        self.check_access("read")
        return open_records(
            self.env,
            "sales_efficiency_process.sales_contract_action",
            [("lead_id", "=", self.id)],
            context={
                "is_sales_contract": True,
                "default_lead_id": self.id,
                "default_partner_id": self.partner_id.commercial_partner_id.id,
            },
        )
