# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from odoo import Command, api, models

from odoo.addons.sales_efficiency_base.demo import enter_demo
from odoo.addons.sales_efficiency_base.demo.demo_company import COMPANY
from odoo.addons.sales_efficiency_base.tools import Period, Scope

SOURCES = ("online", "fair", "referral", "telemarketing")
# Per mille of the market that is ours, by region
SHARES = {"north": 124, "south": 87, "overseas": 31}
# Competitor → line of theirs, and their products: ours, and theirs in percent of ours
COMPETITORS = {
    "Alpen Drives": ("drive", (("sd_10", 94), ("sm_10", 97), ("vf_22", 103))),
    "Clearview Optics": ("vision", ()),
    "Nordic Sensing": ("sensor", (("pe_20", 108), ("re_40", 112), ("ld_30", 96))),
}


class SalesMarketDemo(models.AbstractModel):
    """What the demo company knows of its market: three competitors, a research that is
    late, one that is done, and leads from everywhere."""

    _name = "sales.market.demo"
    _description = "Market Demo Data"

    @api.model
    def _load(self):
        if not self.env.ref(COMPANY, raise_if_not_found=False):
            return  # A database of an earlier version
        demo = enter_demo(
            self,
            tracking_disable=True,
            mail_create_nolog=True,
            mail_create_nosubscribe=True,
            mail_activity_quick_update=True,
        )
        if demo.env["sales.competitor"].search_count([], limit=1):
            return  # Odoo can load demo data repeatedly
        demo._load_competitors()
        demo._load_researches()
        demo._load_sizes()
        demo._load_leads()
        demo.env["onboarding.onboarding.step"].action_accept_sales_leads()
        demo.env["sales.mart"]._refresh()
        demo._score_leads()

    # ------------------------------------------------------------------
    # Market
    # ------------------------------------------------------------------

    def _load_competitors(self):
        texts = {
            "Alpen Drives": (
                self.env._("Own warehouse in Taichung: delivers in two days."),
                self.env._("Software only in English; no service at night."),
            ),
            "Clearview Optics": (
                self.env._("Cameras with their own lighting."),
                self.env._("Sells through one dealer only."),
            ),
            "Nordic Sensing": (
                self.env._("Known for quality."),
                self.env._("Eight weeks to deliver."),
            ),
        }
        for name, (line, products) in COMPETITORS.items():
            strengths, weaknesses = texts[name]
            competitor = self.env["sales.competitor"].create(
                {
                    "name": name,
                    "company_id": self.env.company.id,
                    "user_id": self._get("user_grace_demo").id,
                    "categ_ids": self._get(f"category_{line}_demo").ids,
                    "strengths": strengths,
                    "weaknesses": weaknesses,
                }
            )
            for product, percent in products:
                self._create_offer(competitor, product, percent)

    def _create_offer(self, competitor, name, percent):
        """A product with a price of half a year ago and one of last month"""
        product = self._get(f"product_{name}_demo")
        self.env["sales.competitor.product"].create(
            {
                "competitor_id": competitor.id,
                "name": f"{competitor.name.split()[0]} {product.default_code}",
                "product_id": product.id,
                "price_ids": [
                    Command.create(
                        {
                            "date": self._day(-days),
                            "price": round(product.lst_price * part / 100, -1),
                            "currency_id": self.env.company.currency_id.id,
                            "origin": origin,
                            "user_id": self._get(f"user_{login}_demo").id,
                        }
                    )
                    for days, part, origin, login in (
                        (170, percent + 3, "list", "kevin"),
                        (25, percent, "customer", "amy"),
                    )
                ],
            }
        )

    def _load_researches(self):
        rivals = self._find_competitors()
        prices = self._create_research(
            self.env._("What do competitors ask for our ten best sellers?"),
            "competitor",
            "kevin",
            "monthly",
            first=-40,
            competitor_ids=rivals.ids,
            team_id=self._get("team_north_demo").id,
        )
        self._finish(
            prices.round_ids,
            self.env._("Alpen Drives sells the 1 kW drive 6 % below us"),
            self.env._("A buyer in Hsinchu"),
            self.env._(
                "We cannot beat the price of the 1 kW drive. We sell it together with"
                " the software, which they do not have in Chinese."
            ),
            competitor=rivals[:1],
        )
        self._create_research(
            self.env._("Which factories in Southern Taiwan will be automated?"),
            "demand",
            "linda",
            "quarterly",
            first=-6,
            region_id=self._get("region_south_demo").id,
        )
        self._create_research(
            self.env._("How does the association see the coming year?"),
            "industry",
            "grace",
            "quarterly",
            first=34,
        )

    def _create_research(self, name, topic, login, rhythm, first, **values):
        return self.env["sales.research"].create(
            {
                "name": name,
                "topic": topic,
                "company_id": self.env.company.id,
                "user_id": self._get(f"user_{login}_demo").id,
                "rhythm": rhythm,
                "date_first": self._day(first),
                **values,
            }
        )

    def _finish(self, round_, finding, source, conclusion, competitor):
        self.env["sales.research.finding"].create(
            {
                "round_id": round_.id,
                "name": finding,
                "source": source,
                "date": self._day(-42),
                "user_id": round_.user_id.id,
                "competitor_id": competitor.id,
            }
        )
        round_.conclusion = conclusion
        self.env["sales.action"].create(
            {
                "name": self.env._("Prepare a bundle of drive and software"),
                "research_round_id": round_.id,
                "user_id": round_.user_id.id,
                "date_deadline": self._day(9),
            }
        )
        round_.action_done()

    def _load_sizes(self):
        """Sizes of the market that make a plausible share of the sales that there are,
        for last year and this one."""
        company = self.env.company
        this_year = Period.year(company._get_sales_today(), company)
        years = [this_year.previous_year(), this_year]
        scopes = {
            name: Scope(company.id, region_id=self._get(f"region_{name}_demo").id)
            for name in SHARES
        }
        sales = self.env["sales.metric"].ask(
            ["ordered_amount"], list(scopes.values()), years[:1]
        )
        for name, scope in scopes.items():
            amount = sales["ordered_amount", scope, years[0]] or 0
            size = max(round(amount * 1000 / SHARES[name], -6), 10_000_000)
            for number, year in enumerate(years):
                self.env["sales.market.size"].create(
                    {
                        "company_id": company.id,
                        "region_id": self._get(f"region_{name}_demo").id,
                        "date_from": year.start,
                        "date_to": year.end,
                        "amount": round(size * (1 + 0.04 * number), -6),
                        "confidence": "medium" if name == "overseas" else "high",
                        "source": self.env._("Yearbook of the automation association"),
                    }
                )

    # ------------------------------------------------------------------
    # Leads
    # ------------------------------------------------------------------

    def _load_leads(self):
        """Name where the leads and their orders came from, and what it cost."""
        sources = [
            self.env.ref(f"sales_efficiency_process.utm_source_{name}")
            for name in SOURCES
        ]
        rivals = self._find_competitors()
        leads = (
            self.env["crm.lead"]
            .with_context(active_test=False)
            .search([("company_id", "=", self.env.company.id)], order="id")
        )
        for number, lead in enumerate(leads):
            own = lead.campaign_id.sales_source_id
            lead.source_id = own or sources[number * 7 % len(sources)]
            lead.order_ids.source_id = lead.source_id
            if number % 3 == 0:
                lead.sales_competitor_ids = rivals[number // 3 % len(rivals)]
            if lead.won_status == "lost" and lead.sales_competitor_ids:
                lead.sales_lost_competitor_id = lead.sales_competitor_ids
        _online, _fair, _referral, calls = sources
        self._create_cost(self.env._("Call centre"), calls, -200, -110, 1_260_000)
        self._create_cost(self.env._("Call centre"), calls, -60, 0, 840_000)
        self._create_cost(self.env._("Search ads"), sources[0], -120, 0, 2_400_000)

    def _create_cost(self, name, source, start, end, amount):
        self.env["sales.lead.cost"].create(
            {
                "name": name,
                "company_id": self.env.company.id,
                "utm_source_id": source.id,
                "date_from": self._day(start),
                "date_to": self._day(end),
                "amount": amount,
            }
        )

    def _score_leads(self):
        leads = self.env["crm.lead"].with_context(active_test=False)
        company = [("company_id", "=", self.env.company.id)]
        for lead in leads.search([*company, ("type", "=", "lead")], limit=6):
            lead.sales_potential_manual = 180_000
        found = leads.search(company)
        found.action_score_sales()

    # ------------------------------------------------------------------
    # Helpers
    # ------------------------------------------------------------------

    def _find_competitors(self):
        domain = [("company_id", "=", self.env.company.id)]
        return self.env["sales.competitor"].search(domain)

    def _day(self, days):
        return self.env.company._get_sales_today() + timedelta(days=days)

    def _get(self, name):
        return self.env.ref(f"sales_efficiency_base.{name}").with_env(self.env)
