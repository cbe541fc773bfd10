# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain
from odoo.tools import SQL

PERSON = "sales_efficiency_base.group_sales_person"
# Field of the contact -> field of its file
VALUES = {
    f"sales_{name}": name
    for name in (
        "potential",
        "potential_amount",
        "potential_currency_id",
        "potential_date",
        "potential_source",
        "preferences",
    )
}


class ResPartner(models.Model):
    """The potential and the preferences of a customer, out of its file.

    Whoever may read the file reads, finds, sorts and groups by them, on the page of
    one of its people as well; to all others they are empty.
    """

    _inherit = "res.partner"  # pylint: disable=consider-merging-classes-inherited

    sales_file_ids = fields.One2many(
        comodel_name="sales.customer.file",
        inverse_name="partner_id",
        string="Customer Files",
        readonly=True,
        groups=PERSON,
    )
    sales_file_id = fields.Many2one(
        comodel_name="sales.customer.file",
        string="Customer File",
        compute="_compute_sales_file_id",
        search="_search_sales_file_id",
        groups=PERSON,
    )
    sales_potential_amount = fields.Float(
        related="sales_file_id.potential_amount",
        related_sudo=False,
        readonly=False,
        groups=PERSON,
    )
    sales_potential_currency_id = fields.Many2one(
        related="sales_file_id.potential_currency_id",
        related_sudo=False,
        readonly=False,
        groups=PERSON,
    )
    sales_potential_source = fields.Selection(
        related="sales_file_id.potential_source",
        related_sudo=False,
        readonly=False,
        groups=PERSON,
    )
    sales_potential_date = fields.Date(
        related="sales_file_id.potential_date",
        related_sudo=False,
        readonly=False,
        groups=PERSON,
    )
    sales_potential = fields.Float(
        related="sales_file_id.potential",
        related_sudo=False,
        readonly=False,
        groups=PERSON,
    )
    sales_preferences = fields.Text(
        related="sales_file_id.preferences",
        related_sudo=False,
        readonly=False,
        groups=PERSON,
    )
    is_sales_file_open = fields.Boolean(
        string="File Is Open to Me",
        compute="_compute_is_sales_file_open",
        groups=PERSON,
    )

    # ------------------------------------------------------------------
    # To whom the file is open
    # ------------------------------------------------------------------

    @api.depends_context("uid")
    @api.depends("commercial_partner_id.user_id")
    def _compute_is_sales_file_open(self):
        """Files are open to the salesperson of the customer, their leaders, and
        directors, as the rules of their parts say."""
        found = self.with_context(active_test=False).search(
            Domain("id", "in", self.ids) & self._get_open_files_domain()
        )
        for partner in self:
            is_own = partner.commercial_partner_id.user_id == self.env.user
            partner.is_sales_file_open = is_own or partner._origin in found

    @api.model
    def _get_open_files_domain(self):
        """:return: the domain of the contacts whose files are open to the user"""
        user = self.env.user
        if self.env.su or user.has_group("sales_efficiency_base.group_sales_director"):
            return Domain.TRUE
        salesperson = "commercial_partner_id.user_id"
        own = Domain(salesperson, "=", user.id)
        return own | user._get_led_domain(user=salesperson)

    # ------------------------------------------------------------------
    # Reading
    # ------------------------------------------------------------------

    @api.depends_context("company", "uid")
    @api.depends("commercial_partner_id.sales_file_ids")
    def _compute_sales_file_id(self):
        files = self.env["sales.customer.file"].search(
            [
                ("company_id", "=", self.env.company.id),
                ("partner_id", "in", self.commercial_partner_id._origin.ids),
            ]
        )
        by_customer = files.grouped("partner_id")
        for partner in self:
            customer = partner.commercial_partner_id._origin
            partner.sales_file_id = by_customer.get(customer, files.browse())

    @api.model
    def _search_sales_file_id(self, operator, value):
        """Find by a file; without one are customers only whose file would be open."""
        path = "commercial_partner_id.sales_file_ids"
        of_company = Domain("company_id", "=", self.env.company.id)
        if operator == "any":
            if not isinstance(value, Domain):
                value = Domain("id", "in", value)
            return Domain(path, "any", of_company & value)
        if operator not in ("in", "not in"):
            return NotImplemented
        ids = [id_ for id_ in value if id_]
        found = Domain(path, "any", of_company & Domain("id", operator, ids))
        if (False in value) == (operator == "in"):
            found |= Domain(path, "not any", of_company) & self._get_open_files_domain()
        return found

    def _field_to_sql(self, alias, field_expr, query=None):
        """Read the values of files under the rules of files, to sort and to group."""
        if field_expr not in VALUES:
            return super()._field_to_sql(alias, field_expr, query)
        self._check_field_access(self._fields[field_expr], "read")
        files = self.env["sales.customer.file"]
        may_read = files._search([("company_id", "=", self.env.company.id)])
        return SQL(
            "(SELECT %(value)s FROM sales_customer_file AS file"
            " WHERE file.partner_id = %(customer)s AND file.id IN %(may_read)s)",
            value=files._field_to_sql("file", VALUES[field_expr]),
            customer=super()._field_to_sql(alias, "commercial_partner_id", query),
            may_read=may_read.subselect(),
        )

    # ------------------------------------------------------------------
    # Writing
    # ------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        """Whoever makes a customer may state its potential as well."""
        partners = super().create([self._split_file(vals)[0] for vals in vals_list])
        for partner, vals in zip(partners, vals_list, strict=True):
            if values := self._split_file(vals)[1]:
                customer = partner.commercial_partner_id
                (customer - partner)._check_file_open()
                customer._write_sales_file(values)
        return partners

    def write(self, vals):
        vals, values = self._split_file(vals)
        if not values:
            return super().write(vals)
        # Before or after: customers are handed over and taken over.
        closed = self.commercial_partner_id._filter_file_closed()
        res = super().write(vals)
        closed._check_file_open()
        self.commercial_partner_id._write_sales_file(values)
        return res

    def _filter_file_closed(self):
        return self.filtered(lambda customer: not customer.is_sales_file_open)

    def _check_file_open(self):
        if closed := self._filter_file_closed():
            raise AccessError(
                self.env._(
                    "The potential and the preferences of %s are filled in by its"
                    " salesperson, their leaders and directors.",
                    closed[0].display_name,
                )
            )

    @api.model
    def _split_file(self, vals):
        """:return: values of the contact, and values of its file"""
        values = {}
        for name in VALUES.keys() & vals.keys():
            self._check_field_access(self._fields[name], "write")
            values[VALUES[name]] = vals[name]
        return {name: vals[name] for name in vals if name not in VALUES}, values

    def _write_sales_file(self, values):
        # sudo: the caller has checked that the files are open to the user.
        files = self.env["sales.customer.file"].sudo()
        company_id = self.env.company.id
        found = files.search(
            [("company_id", "=", company_id), ("partner_id", "in", self.ids)]
        )
        found.write(values)
        files.create(
            [
                {"partner_id": customer.id, "company_id": company_id, **values}
                for customer in self - found.partner_id
            ]
        )
