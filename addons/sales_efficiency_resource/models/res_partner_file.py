# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from odoo.addons.sales_efficiency_base.tools import open_records

from ..engine import CustomerFile, Customers, PurchaseHistory

PERSON = "sales_efficiency_base.group_sales_person"
COMPARISONS = {"<": SQL("<"), "<=": SQL("<="), ">": SQL(">"), ">=": SQL(">=")}


class ResPartner(models.Model):
    """The file of a customer: what sales collects about it (policy 5.1.1)."""

    _inherit = "res.partner"  # pylint: disable=consider-merging-classes-inherited

    sales_currency_id = fields.Many2one(
        comodel_name="res.currency",
        string="Currency of the Figures",
        compute="_compute_sales_currency_id",
        groups=PERSON,
    )
    is_sales_customer = fields.Boolean(
        string="Is a Customer",
        compute="_compute_is_sales_customer",
        search="_search_is_sales_customer",
        groups=PERSON,
    )
    sales_need_ids = fields.One2many(
        comodel_name="sales.need",
        inverse_name="partner_id",
        string="Needs",
        groups=PERSON,
    )
    sales_stakeholder_ids = fields.One2many(
        comodel_name="sales.stakeholder",
        inverse_name="partner_id",
        string="Stakeholders",
        groups=PERSON,
    )

    sales_completeness = fields.Float(
        string="File Complete (%)",
        compute="_compute_sales_completeness",
        search="_search_sales_completeness",
        digits=(5, 2),
        groups=PERSON,
    )
    sales_missing_names = fields.Json(
        compute="_compute_sales_completeness",
        groups=PERSON,
        export_string_translation=False,
    )
    sales_missing = fields.Char(
        string="Missing in the File",
        compute="_compute_sales_completeness",
        groups=PERSON,
    )

    sales_first_order_date = fields.Date(
        string="First Order", compute="_compute_sales_purchases", groups=PERSON
    )
    sales_last_order_date = fields.Date(
        string="Last Order", compute="_compute_sales_purchases", groups=PERSON
    )
    sales_purchase_count = fields.Integer(
        string="Orders", compute="_compute_sales_purchases", groups=PERSON
    )
    sales_purchase_amount = fields.Monetary(
        string="Ordered Amount",
        currency_field="sales_currency_id",
        compute="_compute_sales_purchases",
        groups=PERSON,
    )
    sales_purchase_margin = fields.Monetary(
        string="Margin",
        currency_field="sales_currency_id",
        compute="_compute_sales_purchases",
        groups=PERSON,
        help="Of the sales whose cost is known.",
    )
    sales_has_hidden_purchases = fields.Boolean(
        string="Sales of Others",
        compute="_compute_sales_purchases",
        groups=PERSON,
    )
    sales_bought_line_ids = fields.Many2many(
        comodel_name="product.category",
        string="Lines Bought",
        compute="_compute_sales_purchases",
        groups=PERSON,
    )
    sales_missing_line_ids = fields.Many2many(
        comodel_name="product.category",
        string="Lines Not Bought",
        compute="_compute_sales_purchases",
        groups=PERSON,
        help="Product lines that the company sells and this customer never bought.",
    )
    sales_missing_line_count = fields.Integer(
        string="Number of Lines Not Bought",
        compute="_compute_sales_purchases",
        groups=PERSON,
    )

    # ------------------------------------------------------------------
    # Customers
    # ------------------------------------------------------------------

    @api.depends_context("company")
    def _compute_sales_currency_id(self):
        self.sales_currency_id = self.env.company.currency_id

    @api.depends_context("company", "uid")
    def _compute_is_sales_customer(self):
        customers = self.with_context(active_test=False).search(
            [("id", "in", self.ids), ("is_sales_customer", "=", True)]
        )
        for partner in self:
            partner.is_sales_customer = partner._origin in customers

    @api.model
    def _search_is_sales_customer(self, operator, _value):
        if operator != "in":
            return NotImplemented
        customers = Customers(self.env.company)
        self.flush_model()
        return Domain.custom(
            to_sql=lambda _partners, alias, _query: customers.sql_is_customer(alias)
        )

    # ------------------------------------------------------------------
    # Completeness
    # ------------------------------------------------------------------

    @api.depends_context("company", "lang", "uid")
    def _compute_sales_completeness(self):
        """What is missing tells what is there: only where the file is open."""
        opened = self.filtered("is_sales_file_open")
        scores = CustomerFile(self.env).score(opened._origin)
        lines = self.env["sales.customer.class.field"]
        for partner in self:
            percent, missing = scores.get(partner._origin.id, (0.0, []))
            partner.sales_completeness = percent
            partner.sales_missing_names = missing
            partner.sales_missing = lines._label_names(missing) if missing else False

    @api.model
    def _search_sales_completeness(self, operator, value):
        if operator not in COMPARISONS:
            return NotImplemented
        scores = CustomerFile(self.env).sql_scores()
        self.env.flush_all()
        found = Domain.custom(
            to_sql=lambda _partners, alias, _query: SQL(
                "%s IN (SELECT id FROM %s WHERE percent %s %s)",
                SQL.identifier(alias, "id"),
                scores,
                COMPARISONS[operator],
                float(value),
            )
        )
        return found & self._get_open_files_domain()

    @api.model
    def _get_view(self, view_id=None, view_type="form", **options):
        """Show the fields of all lists in the form that completes a file."""
        arch, view = super()._get_view(view_id, view_type, **options)
        if view.xml_id == "sales_efficiency_resource.res_partner_view_form_fill":
            shown = {node.get("name") for node in arch.iter("field")}
            [place] = arch.xpath("//group[@name='sales_missing']")
            # sudo: which fields there are is no secret.
            lines = self.env["sales.customer.class.field"].sudo()
            lines = lines.search([("weight", ">", 0)])
            for name in dict.fromkeys(lines.mapped("name")):
                if name in self._fields and name not in shown:
                    hidden = f"'{name}' not in (sales_missing_names or [])"
                    node = place.makeelement("field", name=name, invisible=hidden)
                    place.append(node)
        return arch, view

    def action_fill_sales_file(self):
        """Ask for what is missing in the file."""
        self.ensure_one()
        self.check_access("write")
        action = open_records(
            self.env, "sales_efficiency_resource.res_partner_action_fill"
        )
        return action | {"res_id": self.commercial_partner_id.id}

    # ------------------------------------------------------------------
    # Purchases
    # ------------------------------------------------------------------

    @api.depends_context("company", "uid")
    def _compute_sales_purchases(self):
        """Those of the customer, also on the page of one of its people."""
        history = PurchaseHistory(self.env)
        purchases = history.sum_up(self._origin.commercial_partner_id)
        sold = history.get_lines()
        lines = self.env["product.category"]
        for partner in self:
            customer = partner._origin.commercial_partner_id
            found = purchases.get(customer.id) or history.nothing
            partner.sales_first_order_date = found.first
            partner.sales_last_order_date = found.last
            partner.sales_purchase_count = found.orders
            partner.sales_purchase_amount = found.amount
            partner.sales_purchase_margin = found.margin
            partner.sales_has_hidden_purchases = found.is_partial
            bought = lines.browse(sorted(found.lines))
            partner.sales_bought_line_ids = bought
            partner.sales_missing_line_ids = sold - bought
            partner.sales_missing_line_count = len(partner.sales_missing_line_ids)

    @api.readonly
    def action_open_sales_purchases(self):
        """Open the figures of what the customer ordered."""
        self.ensure_one()
        self.check_access("read")
        return open_records(
            self.env,
            "sales_efficiency_base.sales_fact_action",
            PurchaseHistory(self.env).get_domain(self.commercial_partner_id),
            name=self.env._("Purchases of %s", self.display_name),
        )

    @api.readonly
    def action_open_sales_missing_lines(self):
        """Open the products of the lines that the customer never bought."""
        self.ensure_one()
        self.check_access("read")
        return open_records(
            self.env,
            "sale.product_template_action",
            [
                ("sale_ok", "=", True),
                ("categ_id", "in", self.sales_missing_line_ids.ids),
            ],
            name=self.env._("Never Bought by %s", self.display_name),
        )

    @api.readonly
    def action_open_sales_stakeholders(self):
        self.ensure_one()
        self.check_access("read")
        return open_records(
            self.env,
            "sales_efficiency_resource.sales_stakeholder_action",
            [("partner_id", "=", self.commercial_partner_id.id)],
            context={"default_partner_id": self.commercial_partner_id.id},
        )
