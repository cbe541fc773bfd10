# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.fields import Domain

from odoo.addons.sales_efficiency_base.tools import open_records


class ResPartner(models.Model):
    """Contacts with a customer, and the service policy (policy 5.1.1, 5.1.3)."""

    _inherit = "res.partner"  # pylint: disable=consider-merging-classes-inherited

    sales_contact_plan_ids = fields.One2many(
        comodel_name="sales.contact.plan",
        inverse_name="partner_id",
        string="Planned Contacts",
        readonly=True,
        groups="sales_efficiency_base.group_sales_person",
    )
    sales_last_contact_date = fields.Date(
        string="Last Contact",
        compute="_compute_sales_contact_dates",
        groups="sales_efficiency_base.group_sales_person",
    )
    sales_next_contact_date = fields.Date(
        string="Next Contact",
        compute="_compute_sales_contact_dates",
        search="_search_sales_next_contact_date",
        groups="sales_efficiency_base.group_sales_person",
    )
    sales_contact_count = fields.Integer(
        string="Contacts",
        compute="_compute_sales_contact_dates",
        groups="sales_efficiency_base.group_sales_person",
    )
    sales_policy_id = fields.Many2one(
        comodel_name="sales.service.policy",
        string="Service Policy",
        compute="_compute_sales_policy_id",
        groups="sales_efficiency_base.group_sales_person",
    )
    sales_policy_strategy = fields.Text(
        compute="_compute_sales_policy_id",
        string="Strategy",
        groups="sales_efficiency_base.group_sales_person",
    )
    sales_policy_response_hours = fields.Integer(
        compute="_compute_sales_policy_id",
        string="Answer Within",
        groups="sales_efficiency_base.group_sales_person",
    )
    sales_terms = fields.Char(
        string="Terms",
        compute="_compute_sales_terms",
        groups="sales_efficiency_base.group_sales_director",
        help="Price list and payment terms.",
    )
    sales_policy_terms = fields.Char(
        string="Terms Proposed",
        compute="_compute_sales_policy_id",
        groups="sales_efficiency_base.group_sales_person",
        help="The service policy proposes other terms than the customer has.",
    )

    @api.depends_context("company", "uid")
    @api.depends("commercial_partner_id", "sales_contact_plan_ids.next_date")
    def _compute_sales_contact_dates(self):
        customers = self.commercial_partner_id._origin
        domain = [
            ("company_id", "=", self.env.company.id),
            ("partner_id", "in", customers.ids),
        ]
        done = {
            customer.id: (last, count)
            for customer, last, count in self.env["sales.contact"]._read_group(
                domain, ["partner_id"], ["date:max", "__count"]
            )
        }
        plans = self.env["sales.contact.plan"].search_fetch(
            domain, ["partner_id", "next_date", "snoozed_until"]
        )
        planned = {plan.partner_id.id: plan for plan in plans}
        for partner in self:
            customer_id = partner.commercial_partner_id._origin.id
            last, count = done.get(customer_id, (False, 0))
            plan = planned.get(customer_id, plans.browse())
            partner.sales_last_contact_date = last
            partner.sales_contact_count = count
            partner.sales_next_contact_date = max(
                filter(None, (plan.next_date, plan.snoozed_until)), default=False
            )

    @api.model
    def _search_sales_next_contact_date(self, operator, value):
        """Find by the next contact or the day until which it is put off."""
        found, none = Domain.FALSE, Domain.FALSE
        if operator == "in":
            for day in value:
                if day:
                    found |= self._get_next_contact_domain("<=", day) & (
                        self._get_next_contact_domain(">=", day)
                    )
                else:
                    none = self._in_contact_plans(Domain.TRUE, "not any")
        elif operator in ("<", "<=", ">", ">="):
            found = self._get_next_contact_domain(operator, value)
        else:
            return NotImplemented
        return self._in_contact_plans(found) | none

    @api.model
    def _get_next_contact_domain(self, operator, day):
        """:return: the domain of plans whose next contact is before or after a day"""
        planned = Domain("next_date", operator, day)
        snoozed = Domain("snoozed_until", operator, day)
        if operator.startswith(">"):
            return planned | snoozed
        return planned & (snoozed | Domain("snoozed_until", "=", False))

    @api.model
    def _in_contact_plans(self, domain, operator="any"):
        return Domain(
            "commercial_partner_id.sales_contact_plan_ids",
            operator,
            Domain("company_id", "=", self.env.company.id) & domain,
        )

    @api.depends_context("company", "lang")
    @api.depends("commercial_partner_id", "sales_class_id", "sales_grade_id")
    def _compute_sales_policy_id(self):
        none = self.env["sales.service.policy"]
        policies = none._get_policies(self._origin)
        for partner in self:
            policy = policies.get(partner._origin, none)
            partner.sales_policy_id = policy
            partner.sales_policy_strategy = policy.strategy
            partner.sales_policy_response_hours = policy.response_hours
            customer = partner.commercial_partner_id._origin
            partner.sales_policy_terms = (
                policy._describe_terms()
                if policy and policy._differs_from(customer)
                else False
            )

    @api.depends_context("company", "lang")
    @api.depends("property_product_pricelist", "property_payment_term_id")
    def _compute_sales_terms(self):
        for partner in self:
            # sudo: names only, for directors, who decide on terms.
            terms = partner.sudo()
            names = (
                terms.property_product_pricelist.display_name,
                terms.property_payment_term_id.display_name,
            )
            partner.sales_terms = " · ".join(filter(None, names))

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def action_log_contact(self):
        """Ask how the customer was contacted, and when."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Log Contact: %s", self.display_name),
            "res_model": "sales.contact.log",
            "view_mode": "form",
            "target": "new",
            "context": {
                "default_partner_id": self.id,
                "default_company_id": self.env.company.id,
            },
        }

    @api.readonly
    def action_open_sales_contacts(self):
        self.ensure_one()
        return open_records(
            self.env,
            "sales_efficiency_resource.sales_contact_action",
            [("partner_id", "=", self.commercial_partner_id.id)],
            name=self.commercial_partner_id.display_name,
        )

    @api.readonly
    def action_open_sales_events(self):
        """Show what happened with the customer, newest first."""
        self.ensure_one()
        return open_records(
            self.env,
            "sales_efficiency_resource.sales_customer_event_action",
            [("partner_id", "=", self.commercial_partner_id.id)],
            name=self.commercial_partner_id.display_name,
        )
