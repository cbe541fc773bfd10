# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import ValidationError

POTENTIAL = {
    "potential",
    "potential_amount",
    "potential_currency_id",
    "potential_date",
}


class SalesCustomerFile(models.Model):
    """What a company has noted of a customer: potential and preferences (5.1.1).

    These are no fields of the contact itself, which everybody who sells may read. The
    contact shows them to those who may read this record.
    """

    _name = "sales.customer.file"
    _inherit = "sales.customer.mixin"
    _description = "Customer File"
    _rec_name = "partner_id"
    _check_company_auto = True

    # What the customer could buy, in the judgement of the company
    potential_amount = fields.Float(
        string="Potential per Year",
        aggregator=None,
        help="What the customer could buy from us in a year.",
    )
    potential_currency_id = fields.Many2one(
        comodel_name="res.currency", string="Currency of the Potential"
    )
    potential_source = fields.Selection(
        selection=[
            ("stated", "Told by the customer"),
            ("survey", "Survey"),
            ("market", "Market data"),
            ("estimate", "Own estimate"),
        ],
        string="Source of the Potential",
    )
    potential_date = fields.Date(string="Potential as of")
    potential = fields.Float(
        help="Potential per year, in the currency of the company at the rate of its"
        " date.",
    )
    preferences = fields.Text(
        help="How the customer likes to be served: times, terms, packing, language.",
    )

    _customer_uniq = models.UniqueIndex(
        "(partner_id, company_id)",
        "The customer has a file in this company already: reload the page.",
    )

    @api.constrains("potential_amount", "potential")
    def _check_potential(self):
        if any(min(file.potential_amount, file.potential) < 0 for file in self):
            raise ValidationError(
                self.env._("The potential of a customer cannot be negative.")
            )

    # ------------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        self._check_sales_input(*vals_list)  # before anything is computed from it
        if not self.env.su:
            partners = self.env["res.partner"]
            for vals in vals_list:
                partners |= partners.browse(vals.get("partner_id") or ())
            partners.commercial_partner_id._check_file_open()
        return super().create(
            [{**vals, **self._prepare_potential(vals)} for vals in vals_list]
        )

    def write(self, vals):
        self._check_sales_input(vals)
        if not POTENTIAL.intersection(vals):
            return super().write(vals)
        groups = self.grouped(lambda file: tuple(file._prepare_potential(vals).items()))
        for potential, files in groups.items():
            super(SalesCustomerFile, files).write({**vals, **dict(potential)})
        return True

    def _prepare_potential(self, vals):
        """Complete a potential: its day is today, its currency that of the company,
        unless told; and convert it.

        A potential given in the currency of the company alone is taken as told.
        """
        if not POTENTIAL.intersection(vals):
            return {}
        company = self.company_id or self.env["res.company"].browse(
            vals.get("company_id") or self.env.company.id
        )
        vals = dict(vals)
        if "potential" in vals and "potential_amount" not in vals:
            vals["potential_amount"] = vals["potential"]
            vals["potential_currency_id"] = company.currency_id.id
        is_new = "potential_amount" in vals
        amount = vals.get("potential_amount", self.potential_amount)
        if not amount:
            return dict.fromkeys(sorted(POTENTIAL), False)
        currency = self.potential_currency_id
        if currency_id := vals.get("potential_currency_id"):
            currency = currency.browse(currency_id)
        currency = currency or company.currency_id
        day = vals.get("potential_date") or (not is_new and self.potential_date)
        day = fields.Date.to_date(day) or company._get_sales_today()
        amount = float(amount)
        return {
            "potential_amount": amount,
            "potential_currency_id": currency.id,
            "potential_date": day,
            "potential": currency._convert(amount, company.currency_id, company, day),
        }

    # ------------------------------------------------------------------
    # Merged customers
    # ------------------------------------------------------------------

    def _absorb(self, other):
        """Keep the own potential where there is one: its parts belong together."""
        names = {*POTENTIAL, "potential_source"}
        if not self.potential_amount:
            values = other.read(sorted(names), load=None)[0]
            self.write({name: values[name] for name in names - {"potential"}})
        self.preferences = self.preferences or other.preferences
        return super()._absorb(other)
