# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError


class SaleOrder(models.Model):
    """Orders name their contract (policy 3.3.3)."""

    # pylint: disable-next=consider-merging-classes-inherited
    _inherit = "sale.order"

    # Customers read their orders: the field is for the house.
    sales_contract_id = fields.Many2one(
        comodel_name="agreement",
        string="Contract",
        index="btree_not_null",
        ondelete="set null",
        copy=False,
        groups="base.group_user",
        domain="[('domain', '=', 'sale'), ('is_template', '=', False),"
        " ('partner_id', 'parent_of', partner_id),"
        " ('company_id', 'in', (False, company_id))]",
    )

    # Not of customer and company: new orders would read the field for nothing.
    @api.constrains("sales_contract_id")
    def _check_sales_contract_id(self):
        """A contract holds for the orders of its own customer."""
        for order in self.filtered("sales_contract_id"):
            contract = order.sales_contract_id
            customer = order.partner_id.commercial_partner_id
            if contract.commercial_partner_id != customer:
                raise ValidationError(
                    self.env._(
                        "The contract of %(order)s is that of another customer.",
                        order=order.name,
                    )
                )
            if contract.company_id and contract.company_id != order.company_id:
                raise ValidationError(
                    self.env._(
                        "The contract of %(order)s is that of another company.",
                        order=order.name,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        orders = super().create(vals_list)
        orders._check_may_name_contract()
        return orders

    def write(self, vals):
        res = super().write(vals)
        if "sales_contract_id" in vals:
            self._check_may_name_contract()
        if not {"company_id", "partner_id"}.isdisjoint(vals):
            # sudo: whoever changes the customer need not read the contract.
            self.sudo()._check_sales_contract_id()
        return res

    def _check_may_name_contract(self):
        """Users name only contracts that they may read."""
        # sudo: customers, who name none, cannot read the field.
        if contracts := self.sudo().sales_contract_id:
            contracts.with_env(self.env).check_access("read")

    @api.readonly
    def action_open_sales_contract(self):
        self.ensure_one()
        self.check_access("read")
        return self.sales_contract_id._get_records_action()

    def action_make_contract(self):
        """Draft the contract of quotations or orders of one customer."""
        self.check_access("write")
        customers = self.partner_id.commercial_partner_id
        if len(customers) != 1 or len(self.company_id) != 1:
            raise UserError(
                self.env._("A contract is made for the orders of one customer.")
            )
        if named := self.filtered("sales_contract_id"):
            if named != self:
                raise UserError(
                    self.env._(
                        "These have a contract already: %s. Leave them out, or enter"
                        " their contract in the others.",
                        ", ".join(named.mapped("name")),
                    )
                )
            return named.sales_contract_id._get_records_action()
        contract = self.env["agreement"].create(self._prepare_contract())
        self.sales_contract_id = contract
        return contract._get_records_action()

    def _prepare_contract(self):
        first = self[:1]
        company = first.company_id
        return {
            "name": ", ".join(self.mapped("name")),
            "agreement_type_id": self.env["agreement.type"]._get_usual_type().id,
            "partner_id": first.partner_id.commercial_partner_id.id,
            "company_id": company.id,
            "user_id": first.user_id.id or self.env.uid,
            "lead_id": self.opportunity_id[:1].id,
            "currency_id": first.currency_id.id,
            "contract_amount": self._get_contract_amount(first.currency_id, company),
            "start_date": company._get_sales_today(),
            "agreed_on": self._get_agreed_day(),
        }

    def _get_agreed_day(self):
        """:return: the day on which both sides agreed, or False"""
        # sudo: only the day; whoever may sell may know it.
        negotiations = self.sudo().opportunity_id.sales_negotiation_ids
        agreed = negotiations.filtered(lambda n: n.state == "agreed")
        days = [n.closed_on for n in agreed]
        for order in self.filtered(lambda order: order.state == "sale"):
            zone = order.with_context(tz=order.company_id.sales_tz)
            days.append(
                fields.Datetime.context_timestamp(zone, order.date_order).date()
            )
        return min(days, default=False)

    def _get_contract_amount(self, currency, company):
        today = company._get_sales_today()
        return max(
            sum(
                order.currency_id._convert(
                    order.amount_untaxed, currency, company, today
                )
                for order in self
            ),
            0.0,
        )
