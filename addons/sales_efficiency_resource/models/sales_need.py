# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import format_amount


class SalesNeed(models.Model):
    """What a customer needs (policy 5.1.1): of a product line in a year, and who
    supplies it; or one thing in particular, which has a name and no yearly figures, so
    that these add up."""

    _name = "sales.need"
    _inherit = ["sales.customer.mixin", "mail.thread", "mail.activity.mixin"]
    _description = "Customer Need"
    _order = "partner_id, kind, amount desc, id"
    _rec_names_search = ["name", "categ_id"]
    _check_company_auto = True

    kind = fields.Selection(
        selection=[
            ("line", "Product line, per year"),
            ("particular", "One need in particular"),
        ],
        required=True,
        default="line",
        index=True,
    )
    name = fields.Char(string="Need", tracking=True)
    user_id = fields.Many2one(related="partner_id.user_id", string="Salesperson")
    categ_id = fields.Many2one(
        comodel_name="product.category",
        string="Product Line",
        index=True,
        ondelete="restrict",
        tracking=True,
    )
    currency_id = fields.Many2one(
        comodel_name="res.currency",
        required=True,
        default=lambda self: self.env.company.currency_id,
    )
    amount = fields.Monetary(
        string="Need per Year",
        aggregator=None,
        help="What the customer spends on this product line in a year, with all"
        " suppliers.",
    )
    quantity = fields.Float(string="Quantity per Year", digits="Product Unit")
    uom_id = fields.Many2one(comodel_name="uom.uom", string="Unit")
    supplier = fields.Char(
        string="Supplied By", help="Who supplies the customer today, besides us."
    )
    share = fields.Float(
        string="Our Share (%)",
        digits=(5, 2),
        aggregator=None,
        help="Our part of what the customer buys of this product line.",
    )
    note = fields.Text(string="Requirements")
    company_currency_id = fields.Many2one(
        related="company_id.currency_id", string="Company Currency"
    )
    # Stored, because needs in different currencies are added up
    company_amount = fields.Monetary(
        string="Whole Need",
        currency_field="company_currency_id",
        compute="_compute_company_amounts",
        store=True,
        help="Need per year in the currency of the company, at the rate of the day on"
        " which it was entered.",
    )
    open_amount = fields.Monetary(
        string="Supplied by Others",
        currency_field="company_currency_id",
        compute="_compute_company_amounts",
        store=True,
        help="The part of the whole need that we do not supply.",
    )

    _line_uniq = models.UniqueIndex(
        "(company_id, partner_id, categ_id) WHERE kind = 'line'",
        "The file of this customer already has a need of this product line: change"
        " that one.",
    )
    _figures_positive = models.Constraint(
        "CHECK (amount >= 0 AND quantity >= 0)",
        "A need cannot be negative.",
    )
    _share_range = models.Constraint(
        "CHECK (share >= 0 AND share <= 100)",
        "Our share is between 0 and 100 %.",
    )

    _line_named = models.Constraint(
        "CHECK (kind <> 'line' OR categ_id IS NOT NULL)",
        "Choose the product line that the customer needs.",
    )
    _particular_named = models.Constraint(
        "CHECK (kind = 'line' OR COALESCE(BTRIM(name), '') <> '')",
        "Say in a few words what the customer needs.",
    )
    _figures_of_lines = models.Constraint(
        "CHECK (kind = 'line' OR COALESCE(amount, 0) + COALESCE(quantity, 0) = 0)",
        "Yearly figures belong to the need of the whole product line.",
    )

    @api.depends("kind", "name", "categ_id")
    def _compute_display_name(self):
        for need in self:
            is_line = need.kind == "line"
            need.display_name = (is_line and need.categ_id.name) or need.name or ""

    @api.depends("amount", "currency_id", "company_id.currency_id", "share")
    def _compute_company_amounts(self):
        for need in self:
            company, currency = need.company_id, need.company_id.currency_id
            amount = need.amount
            if need.currency_id and currency:
                day = company._get_sales_today()
                amount = need.currency_id._convert(amount, currency, company, day)
            need.company_amount = amount
            need.open_amount = amount * (1 - need.share / 100)

    @api.constrains("quantity", "uom_id")
    def _check_unit(self):
        if any(need.quantity and not need.uom_id for need in self):
            raise ValidationError(
                self.env._("Say in which unit the quantity per year is counted.")
            )

    # ------------------------------------------------------------------
    # Merged customers
    # ------------------------------------------------------------------

    def _get_merge_key(self, into):
        """A product line is needed once; other needs are never the same."""
        if self.kind != "line":
            return self.id
        return *super()._get_merge_key(into), self.categ_id

    def _absorb(self, other):
        """Keep the own figures where there are some, and note the other ones."""
        if not self.amount:
            self.currency_id = other.currency_id
            self.amount = other.amount
        if not self.quantity:
            self.write({"quantity": other.quantity, "uom_id": other.uom_id.id})
        self.share = self.share or other.share
        self.supplier = self.supplier or other.supplier
        self.note = "\n".join(filter(None, (self.note, other._describe_merged())))
        return super()._absorb(other)

    def _describe_merged(self):
        self.ensure_one()
        text = self.env._(
            "%(customer)s: %(amount)s per year, our share %(share)s %%",
            customer=self.partner_id.display_name,
            amount=format_amount(self.env, self.amount, self.currency_id),
            share=f"{self.share:g}",
        )
        return "\n".join(filter(None, (text, self.supplier, self.note)))
