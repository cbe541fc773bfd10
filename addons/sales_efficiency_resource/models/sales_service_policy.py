# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import SQL

from odoo.addons.sales_efficiency_base.tools import open_records

from ..engine import PolicyMatch

# What the next contacts depend on
PLANNING = {
    "active",
    "class_id",
    "company_id",
    "contact_days",
    "date_from",
    "grade_id",
    "owner",
    "owner_id",
}


class SalesServicePolicy(models.Model):
    """How customers of a class and grade are served (policy 5.1.1).

    The most specific policy of a customer wins, see ``PolicyMatch``.
    """

    _name = "sales.service.policy"
    _inherit = ["sales.guard.mixin", "mail.thread"]
    _description = "Service Policy"
    _order = "company_id, class_id, grade_id, id"
    _check_company_auto = True

    company_id = fields.Many2one(
        comodel_name="res.company",
        required=True,
        index=True,
        default=lambda self: self.env.company,
    )
    active = fields.Boolean(default=True)
    class_id = fields.Many2one(
        comodel_name="sales.customer.class",
        index="btree_not_null",
        ondelete="restrict",
        tracking=True,
        check_company=True,
        help="Leave empty for all classes.",
    )
    grade_id = fields.Many2one(
        comodel_name="sales.grade",
        index="btree_not_null",
        ondelete="restrict",
        tracking=True,
        check_company=True,
        help="Leave empty for all grades.",
    )
    date_from = fields.Date(
        string="In Force Since",
        required=True,
        tracking=True,
        default=lambda self: self.env.company._get_sales_today(),
        help="Contacts become due from this day on, not for the time before.",
    )
    contact_days = fields.Integer(
        string="Contact Every",
        default=30,
        tracking=True,
        aggregator=None,
        help="Days between two contacts. 0: no rhythm.",
    )
    activity_type_id = fields.Many2one(
        comodel_name="mail.activity.type",
        string="How",
        required=True,
        ondelete="restrict",
        domain="[('sales_is_contact', '=', True),"
        " ('res_model', 'in', (False, 'res.partner'))]",
        default=lambda self: self._default_activity_type_id(),
    )
    response_hours = fields.Integer(
        string="Answer Within",
        tracking=True,
        aggregator=None,
        help="Hours to answer the customer. 0: nothing agreed.",
    )
    owner = fields.Selection(
        selection=[
            ("salesperson", "Salesperson of the customer"),
            ("leader", "Leader of the salesperson's team"),
            ("user", "A certain person"),
        ],
        string="Contacted By",
        required=True,
        default="salesperson",
        tracking=True,
    )
    owner_id = fields.Many2one(
        comodel_name="res.users",
        string="Person",
        index="btree_not_null",
        ondelete="restrict",
        tracking=True,
        domain="[('share', '=', False), ('company_ids', 'in', company_id)]",
    )
    pricelist_id = fields.Many2one(
        comodel_name="product.pricelist",
        ondelete="restrict",
        tracking=True,
        check_company=True,
        help="Proposed for the customers. It changes nothing until it is applied.",
    )
    payment_term_id = fields.Many2one(
        comodel_name="account.payment.term",
        string="Payment Terms",
        ondelete="restrict",
        tracking=True,
        check_company=True,
        help="Proposed for the customers. They change nothing until they are applied.",
    )
    strategy = fields.Text(
        help="How to develop these customers. It is part of each to-do.",
    )
    is_planned = fields.Boolean(
        string="In Planning",
        readonly=True,
        copy=False,
        export_string_translation=False,
    )
    customer_count = fields.Integer(
        string="Customers", compute="_compute_customer_count", aggregator=None
    )

    _match_uniq = models.UniqueIndex(
        "(company_id, COALESCE(class_id, 0), COALESCE(grade_id, 0)) WHERE active",
        "There is already a policy for this class and grade. Change or archive that"
        " one.",
    )
    _contact_days_range = models.Constraint(
        "CHECK (contact_days BETWEEN 0 AND 730)",
        "Contact customers every 1 to 730 days, or enter 0 for no rhythm.",
    )
    _response_hours_range = models.Constraint(
        "CHECK (response_hours BETWEEN 0 AND 8760)",
        "Answer customers within 1 to 8,760 hours, or enter 0 for nothing agreed.",
    )
    _owner_named = models.Constraint(
        "CHECK (owner <> 'user' OR owner_id IS NOT NULL)",
        "Choose the person who contacts these customers.",
    )

    @api.model
    def _default_activity_type_id(self):
        call = self.env.ref("mail.mail_activity_data_call", raise_if_not_found=False)
        if call and call.sales_is_contact:
            return call
        types = self.env["mail.activity.type"]
        return types.search([("sales_is_contact", "=", True)], limit=1)

    @api.depends("class_id.name", "grade_id.name")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for policy in self:
            grade = policy.grade_id.name
            names = [
                policy.class_id.name,
                grade and self.env._("Grade %s", grade),
            ]
            policy.display_name = " · ".join(filter(None, names)) or self.env._(
                "All customers"
            )

    @api.depends("company_id", "class_id", "grade_id", "active")
    def _compute_customer_count(self):
        counts = {}
        # sudo: only the number.
        for company in self.sudo().company_id:
            counts |= dict(
                self.env.execute_query(
                    SQL(
                        "SELECT policy_id, COUNT(*) FROM (%s) AS match GROUP BY 1",
                        PolicyMatch(company).select(),
                    )
                )
            )
        for policy in self:
            policy.customer_count = counts.get(policy._origin.id, 0)

    @api.constrains("activity_type_id")
    def _check_activity_type(self):
        for policy in self:
            if not policy.activity_type_id.sales_is_contact:
                raise ValidationError(
                    self.env._(
                        "%(type)s does not count as a contact. Choose another type, or"
                        " tick Counts as Contact on it.",
                        type=policy.activity_type_id.name,
                    )
                )

    @api.constrains("owner", "owner_id", "company_id")
    def _check_owner(self):
        for policy in self:
            if policy.owner == "user" and not policy.owner_id._works_in(
                policy.company_id
            ):
                raise ValidationError(
                    self.env._(
                        "%(person)s does not work in %(company)s.",
                        person=policy.owner_id.name,
                        company=policy.company_id.name,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        policies = super().create(vals_list)
        self.env["sales.contact"]._trigger_follow_up()
        return policies

    def write(self, vals):
        res = super().write(vals)
        if not PLANNING.isdisjoint(vals):
            self.env["sales.contact"]._trigger_follow_up()
        return res

    @api.ondelete(at_uninstall=False)
    def _unlink_except_planned(self):
        # sudo: plans of customers that the user does not see count too.
        plans = self.env["sales.contact.plan"].sudo()
        plan = plans.search([("policy_id", "in", self.ids)], limit=1)
        if plan:
            raise UserError(
                self.env._(
                    "Contacts are planned by the policy %s. Archive it instead.",
                    plan.policy_id.display_name,
                )
            )

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def action_apply_terms(self):
        """Show whose terms would change, before anything does."""
        self.ensure_one()
        self.check_access("write")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Apply Terms"),
            "res_model": "sales.service.policy.apply",
            "view_mode": "form",
            "target": "new",
            "context": {"default_policy_id": self.id},
        }

    @api.readonly
    def action_open_customers(self):
        self.ensure_one()
        self.check_access("read")
        return open_records(
            self.env,
            "base.action_partner_form",
            [("id", "in", self._find_customers().ids)],
            name=self.display_name,
        )

    # ------------------------------------------------------------------
    # Business methods
    # ------------------------------------------------------------------

    @api.model
    def _get_policies(self, partners):
        """Return the service policies of customers in the current company, by one
        query: dict partner -> policy, empty if there is none.

        People of a customer have the policy of their commercial partner.
        """
        found = PolicyMatch(self.env.company).find(partners.commercial_partner_id)
        return {
            partner: self.browse(found.get(partner.commercial_partner_id.id, ()))
            for partner in partners
        }

    def _find_customers(self):
        """:return: the customers to which the policy applies"""
        self.ensure_one()
        self.env.flush_all()
        rows = self.env.execute_query(
            SQL(
                "SELECT partner_id FROM (%s) AS match WHERE policy_id = %s",
                PolicyMatch(self.company_id).select(),
                self.id,
            )
        )
        return self.env["res.partner"].browse(row[0] for row in rows)

    def _differs_from(self, partner):
        """Return whether the customer has other terms than the policy proposes."""
        self.ensure_one()
        # sudo: not everybody reads terms, but that they differ is for the salesperson.
        partner = partner.sudo().with_company(self.company_id)
        policy = self.sudo()
        return bool(
            (
                policy.pricelist_id
                and policy.pricelist_id != partner.property_product_pricelist
            )
            or (
                policy.payment_term_id
                and policy.payment_term_id != partner.property_payment_term_id
            )
        )

    def _describe_terms(self):
        """:return: the price list and the payment terms that the policy proposes"""
        self.ensure_one()
        # sudo: their names only.
        terms = (self.sudo().pricelist_id, self.sudo().payment_term_id)
        return " · ".join(term.display_name for term in terms if term)

    def _prepare_terms(self):
        """:return: the values of a customer by the policy, of what it proposes"""
        self.ensure_one()
        terms = {
            "property_product_pricelist": self.pricelist_id.id,
            "property_payment_term_id": self.payment_term_id.id,
        }
        return {name: value for name, value in terms.items() if value}
