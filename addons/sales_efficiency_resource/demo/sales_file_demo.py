# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from odoo import api, fields, models

from odoo.addons.sales_efficiency_base.demo import enter_demo
from odoo.addons.sales_efficiency_base.demo.demo_company import COMPANY, choose_name


class SalesFileDemo(models.AbstractModel):
    """Files of customers of the demo company: some are complete, most are not, and one
    customer stands there twice."""

    _name = "sales.file.demo"
    _description = "Customer File Demo Data"

    @api.model
    def _load(self):
        if not self.env.ref(COMPANY, raise_if_not_found=False):
            return  # A database of an earlier version
        demo = enter_demo(self, tracking_disable=True)
        if demo.env["sales.stakeholder"].search_count([], limit=1):
            return  # Odoo can load demo data repeatedly
        demo._load_potentials()
        demo._load_stakeholders()
        demo._load_needs()
        demo._load_duplicate()

    def _load_potentials(self):
        today = fields.Date.today()
        for name, amount, source, days in (
            ("white_crane_precision", 14_400_000, "stated", 40),
            ("maple_leaf_trading", 10_500_000, "estimate", 90),
            ("lotus_pond_biotech", 7_800_000, "survey", 130),
            ("pine_wave_electronics", 18_600_000, "market", 20),
            ("jade_peak_optoelectronics", 9_000_000, "estimate", 200),
        ):
            self._get_customer(name).write(
                {
                    "sales_potential_amount": amount,
                    "sales_potential_source": source,
                    "sales_potential_date": today - timedelta(days=days),
                }
            )
        self._get_customer("lotus_pond_biotech").sales_preferences = self.env._(
            "Wants one contact for everything, and no calls before ten."
        )
        self._get_customer("white_crane_precision").write(
            {
                "website": "https://white-crane.example.com",
                "vat": "TW22099131",
                "sales_preferences": self.env._(
                    "Deliveries on Tuesdays only; offers with drawings."
                ),
            }
        )

    def _load_stakeholders(self):
        buyer = self.env._("Head of Purchasing")
        engineer = self.env._("Automation Engineer")
        general = self.env._("General Manager")
        owner, controller = self.env._("Owner"), self.env._("Controller")
        plant, production = (
            self.env._("Plant Engineer"),
            self.env._("Head of Production"),
        )
        for customer, people in {
            "white_crane_precision": (
                ("Helen Tsai 蔡海倫", general, "decider", "5", "1", 12),
                ("Victor Lo 羅維德", buyer, "buyer", "4", "0", 30),
                ("Ian Chiu 邱奕安", plant, "expert", "3", "2", 5),
            ),
            "maple_leaf_trading": (
                ("Rita Kao 高麗塔", owner, "decider", "5", "2", 60),
                ("Sam Yeh 葉尚恩", controller, "budget", "4", "-1", 110),
            ),
            "pine_wave_electronics": (
                ("Paul Hsieh 謝保羅", production, "decider", "5", "0", 25),
                ("Nora Lien 連諾拉", engineer, "expert", "3", "1", 25),
                ("Otto Shih 施奧圖", buyer, "buyer", "4", "-2", 140),
            ),
        }.items():
            for person in people:
                self._create_stakeholder(self._get_customer(customer), *person)

    def _create_stakeholder(
        self, customer, name, function, role, influence, attitude, days
    ):
        contact = self.env["res.partner"].create(
            {
                "name": choose_name(self.env, name),
                "function": function,
                "parent_id": customer.id,
                "user_id": customer.user_id.id,
            }
        )
        self.env["sales.stakeholder"].create(
            {
                "partner_id": customer.id,
                "contact_id": contact.id,
                "role": role,
                "influence": influence,
                "attitude": attitude,
                "user_id": customer.user_id.id,
                "company_id": self.env.company.id,
                "date_talk": fields.Date.today() - timedelta(days=days),
            }
        )

    def _load_needs(self):
        needs = self.env["sales.need"]
        for customer, line, amount, supplier, share in (
            ("white_crane_precision", "sensor", 5_400_000, "Nordic Sensing", 60),
            ("white_crane_precision", "drive", 6_600_000, "Alpen Drives", 15),
            ("white_crane_precision", "vision", 2_400_000, "Clearview Optics", 0),
            ("maple_leaf_trading", "control", 7_200_000, "Alpen Drives", 45),
            ("maple_leaf_trading", "sensor", 3_300_000, "", 100),
            ("pine_wave_electronics", "vision", 9_300_000, "Clearview Optics", 20),
            ("pine_wave_electronics", "drive", 5_700_000, "Alpen Drives", 35),
        ):
            needs.create(
                {
                    "partner_id": self._get_customer(customer).id,
                    "company_id": self.env.company.id,
                    "categ_id": self._get(f"category_{line}_demo").id,
                    "currency_id": self.env.company.currency_id.id,
                    "amount": amount,
                    "supplier": supplier,
                    "share": share,
                }
            )

    def _load_duplicate(self):
        """Somebody entered a customer again, with its form of company."""
        maple = self._get_customer("maple_leaf_trading")
        is_chinese = (self.env.lang or "").startswith("zh")
        self.env["res.partner"].create(
            {
                "name": f"{maple.name}股份有限公司"
                if is_chinese
                else f"{maple.name} Co., Ltd.",
                "is_company": True,
                "phone": maple.phone,
                "city": maple.city,
                "country_id": maple.country_id.id,
                "user_id": maple.user_id.id,
            }
        )

    def _get_customer(self, name):
        return self._get(f"customer_{name}_demo")

    def _get(self, name):
        return self.env.ref(f"sales_efficiency_base.{name}").with_env(self.env)
