# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain
from odoo.tools import SQL

from odoo.addons.sales_efficiency_base.tools import open_records

from ..engine import CustomerFile, PurchaseHistory, sql_is_customer

PERSON = "sales_efficiency_base.group_sales_person"
POTENTIAL = {
    "sales_potential",
    "sales_potential_amount",
    "sales_potential_currency_id",
    "sales_potential_date",
}
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
    is_sales_file_open = fields.Boolean(
        string="File Is Open to Me",
        compute="_compute_is_sales_file_open",
        groups=PERSON,
    )

    # What the customer could buy, in the judgement of each company
    sales_potential_amount = fields.Float(
        string="Potential per Year",
        company_dependent=True,
        groups=PERSON,
        help="What the customer could buy from us in a year.",
    )
    sales_potential_currency_id = fields.Many2one(
        comodel_name="res.currency",
        string="Currency of the Potential",
        company_dependent=True,
        groups=PERSON,
    )
    sales_potential_source = fields.Selection(
        selection=[
            ("stated", "Told by the customer"),
            ("survey", "Survey"),
            ("market", "Market data"),
            ("estimate", "Own estimate"),
        ],
        string="Source of the Potential",
        company_dependent=True,
        groups=PERSON,
    )
    sales_potential_date = fields.Date(
        string="Potential as of",
        company_dependent=True,
        groups=PERSON,
    )
    sales_potential = fields.Float(
        string="Potential",
        company_dependent=True,
        groups=PERSON,
        help="Potential per year, in the currency of the company at the rate of its"
        " date.",
    )
    sales_preferences = fields.Text(
        string="Preferences",
        company_dependent=True,
        groups=PERSON,
        help="How the customer likes to be served: times, terms, packing, language.",
    )
    sales_need_ids = fields.One2many(
        comodel_name="sales.customer.need",
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
    # Whose file
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
        company = self.env.company
        self.flush_model(["commercial_partner_id", "company_id", "user_id"])
        return Domain.custom(
            to_sql=lambda _partners, alias, _query: sql_is_customer(alias, company)
        )

    @api.depends_context("uid")
    @api.depends("user_id")
    def _compute_is_sales_file_open(self):
        """Files are open to the salesperson of the customer, their leaders, and
        directors, as the rules of their parts say."""
        user = self.env.user
        if user.has_group("sales_efficiency_base.group_sales_director"):
            self.is_sales_file_open = True
            return
        led = self.with_context(active_test=False).search(
            Domain("id", "in", self.ids) & user._get_led_domain(user="user_id")
        )
        for partner in self:
            is_own = partner.user_id == user
            partner.is_sales_file_open = is_own or partner._origin in led

    # ------------------------------------------------------------------
    # Potential
    # ------------------------------------------------------------------

    @api.constrains("sales_potential_amount", "sales_potential")
    def _check_sales_potential(self):
        if any(min(p.sales_potential_amount, p.sales_potential) < 0 for p in self):
            raise ValidationError(
                self.env._("The potential of a customer cannot be negative.")
            )

    @api.model_create_multi
    def create(self, vals_list):
        return super().create(
            [
                {**vals, **self._prepare_sales_potential(vals)}
                if POTENTIAL.intersection(vals)
                else vals
                for vals in vals_list
            ]
        )

    def write(self, vals):
        if not POTENTIAL.intersection(vals):
            return super().write(vals)
        groups = self.grouped(
            lambda partner: tuple(partner._prepare_sales_potential(vals).items())
        )
        for potential, partners in groups.items():
            super(ResPartner, partners).write({**vals, **dict(potential)})
        return True

    def _prepare_sales_potential(self, vals):
        """Complete a potential: its day is today, its currency that of the company,
        unless told; and convert it.

        A potential given in the currency of the company alone is taken as told.
        """
        company = self.env.company
        vals = dict(vals)
        if "sales_potential" in vals and "sales_potential_amount" not in vals:
            vals["sales_potential_amount"] = vals["sales_potential"]
            vals["sales_potential_currency_id"] = company.currency_id.id
        is_new = "sales_potential_amount" in vals
        amount = vals.get("sales_potential_amount", self.sales_potential_amount)
        if not amount:
            return dict.fromkeys(POTENTIAL, False)
        currency = self.sales_potential_currency_id
        if currency_id := vals.get("sales_potential_currency_id"):
            currency = currency.browse(currency_id)
        currency = currency or company.currency_id
        day = vals.get("sales_potential_date") or (
            not is_new and self.sales_potential_date
        )
        day = fields.Date.to_date(day) or company._get_sales_today()
        amount = float(amount)
        return {
            "sales_potential_amount": amount,
            "sales_potential_currency_id": currency.id,
            "sales_potential_date": day,
            "sales_potential": currency._convert(
                amount, company.currency_id, company, day
            ),
        }

    @api.model
    def _merge_sales_potentials(self, src_ids, dst):
        """Leave the potential of each company to the merged partner that has one, first
        of all to the one that is left: its parts belong together.

        Empty values count as none, so that Odoo takes those of the others.
        """
        self.env.flush_all()
        names = [*sorted(POTENTIAL), "sales_potential_source"]
        owners = self._read_potential_owners([dst.id, *src_ids])
        for id_ in (dst.id, *src_ids):
            others = [key for key, owner in owners.items() if owner != id_]
            self._forget_values(id_, names, others)
        for name in (*names, "sales_class_id", "sales_preferences"):
            self.env.cr.execute(
                SQL(
                    "UPDATE res_partner SET %(name)s = jsonb_strip_nulls(%(name)s)"
                    " WHERE id = ANY(%(ids)s) AND %(name)s IS NOT NULL",
                    name=SQL.identifier(name),
                    ids=[dst.id, *src_ids],
                )
            )
        self.env.invalidate_all()

    @api.model
    def _read_potential_owners(self, ids):
        """:return: dict id of a company, as text -> first partner with a potential"""
        rows = self.env.execute_query(
            SQL(
                """
                SELECT DISTINCT ON (value.key) value.key, partner.id
                  FROM res_partner AS partner,
                       jsonb_each_text(partner.sales_potential_amount) AS value
                 WHERE partner.id = ANY(%(ids)s) AND value.value::numeric > 0
                 ORDER BY value.key, array_position(%(ids)s, partner.id)
                """,
                ids=ids,
            )
        )
        return dict(rows)

    @api.model
    def _forget_values(self, id_, names, companies):
        for name in names:
            self.env.cr.execute(
                SQL(
                    "UPDATE res_partner SET %(name)s = %(name)s - %(keys)s::text[]"
                    " WHERE id = %(id)s",
                    name=SQL.identifier(name),
                    keys=companies,
                    id=id_,
                )
            )

    # ------------------------------------------------------------------
    # Completeness
    # ------------------------------------------------------------------

    @api.depends_context("company", "lang")
    def _compute_sales_completeness(self):
        scores = CustomerFile(self.env).score(self._origin)
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
        return Domain.custom(
            to_sql=lambda _partners, alias, _query: SQL(
                "%s IN (SELECT id FROM %s WHERE percent %s %s)",
                SQL.identifier(alias, "id"),
                scores,
                COMPARISONS[operator],
                float(value),
            )
        )

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
