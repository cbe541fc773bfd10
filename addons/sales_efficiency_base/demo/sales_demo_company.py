# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models
from odoo.fields import Domain

from .demo_company import COMPANY, choose_name, enter_demo

TIMEZONE = "Asia/Taipei"
TAX = 5.0
# Models whose demo records have an English name followed by a Chinese one
BILINGUAL = ("res.company", "res.partner", "res.users", "hr.employee")
BILINGUAL += ("product.category",)


class SalesDemoCompany(models.AbstractModel):
    """Creates the demo company, apart from that of Odoo's own demo data."""

    _name = "sales.demo.company"
    _description = "Demo Company"

    @api.model
    def _load(self):
        """Create the company, unless it is there.

        Databases of earlier versions have it as their main company.
        """
        if self.env.ref(COMPANY, raise_if_not_found=False):
            return
        company = self.env.ref("base.main_company")
        if not self.env.ref("sales_efficiency_base.user_grace_demo", False):
            company = self._create_company()
        self.env["ir.model.data"]._update_xmlids(
            [{"xml_id": COMPANY, "record": company, "noupdate": True}]
        )

    def _create_company(self):
        taiwan = self.env.ref("base.tw")
        company = self.env["res.company"].create(
            {"name": "Pengfeng Automation 蓬峰自動化", "sales_tz": TIMEZONE}
        )
        # For a company with a country or an e-mail address, Odoo would install add-ons
        # and ask the internet.
        company.partner_id.write(
            {
                "street": "No. 168, Sec. 2, Nangang Rd. 南港路二段168號",
                "city": "Taipei 台北市",
                "zip": "115",
                "state_id": self.env.ref("base.state_tw_tpc").id,
                "country_id": taiwan.id,
                "phone": "+886 2 2785 0168",
                "email": "info@pengfeng.example.com",
                "website": "https://pengfeng.example.com",
            }
        )
        company.resource_calendar_id.tz = TIMEZONE
        # Not by ``try_loading``, which warns while add-ons are loaded. All that bring
        # accounts are loaded by now.
        charts = self.env["account.chart.template"]
        charts._load("generic_coa", company, install_demo=False)
        # The chart has brought the currency and the tax of another country.
        company.currency_id = taiwan.currency_id
        taiwan.currency_id.position = "before"
        company.account_sale_tax_id.write({"name": f"{TAX:g}%", "amount": TAX})
        self.env["res.currency.rate"].create(
            {
                "name": "2020-01-01",
                "rate": 1.0,
                "currency_id": taiwan.currency_id.id,
                "company_id": company.id,
            }
        )
        return company

    @api.model
    def _complete(self):
        """Give the company what files have written for the main company, and the
        records names in one language."""
        demo, main = enter_demo(self), self.env.ref("base.main_company")
        company = demo.env.company
        for product in demo._get_records("product.product"):
            product.standard_price = product.with_company(main).standard_price
            product.taxes_id |= company.account_sale_tax_id
        for customer in demo._get_records("res.partner"):
            terms = customer.with_company(main).property_payment_term_id
            customer.property_payment_term_id = terms
        if (demo.env.lang or "").startswith("zh"):
            demo._name_in_chinese()

    def _name_in_chinese(self):
        for model in BILINGUAL:
            for record in self._get_records(model):
                record.name = choose_name(self.env, record.name)
        address = self.env.company.partner_id
        for name in ("street", "city"):
            address[name] = choose_name(self.env, address[name] or "")

    def _get_records(self, model):
        domain = Domain("module", "=", "sales_efficiency_base")
        domain &= Domain("model", "=", model) & Domain("name", "=like", "%_demo")
        data = self.env["ir.model.data"].search(domain)
        return self.env[model].browse(data.mapped("res_id"))
