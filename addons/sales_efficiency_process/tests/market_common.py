# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date

from odoo.addons.sales_efficiency_base.tests.common import SalesEfficiencyCommon
from odoo.addons.sales_efficiency_base.tools import Period, Scope

from ..engine.market import LeadScoring

NOON = "2026-10-15 12:00:00"
YEAR = Period(date(2026, 1, 1), date(2026, 12, 31))


class MarketCommon(SalesEfficiencyCommon):
    """A competitor, and helpers for figures of the market and of leads."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.rival = cls.env["sales.competitor"].create(
            {"name": "Test Rival", "company_id": cls.company.id}
        )
        cls.fair_source = cls.env.ref("sales_efficiency_process.utm_source_fair")
        cls.online_source = cls.env.ref("sales_efficiency_process.utm_source_online")
        cls.currency = cls.company.currency_id

    @classmethod
    def _research(cls, user=None, **values):
        return cls.env["sales.research"].create(
            {
                "name": "Test Question",
                "company_id": cls.company.id,
                "user_id": (user or cls.salesperson).id,
                "rhythm": "monthly",
                "date_first": "2026-10-20",
                **values,
            }
        )

    @classmethod
    def _find(cls, round_, **values):
        return cls.env["sales.research.finding"].create(
            {
                "round_id": round_.id,
                "name": "Test Finding",
                "source": "Test Journal",
                **values,
            }
        )

    @classmethod
    def _size(cls, amount, **values):
        return cls.env["sales.market.size"].create(
            {
                "company_id": cls.company.id,
                "date_from": "2026-01-01",
                "date_to": "2026-12-31",
                "amount": amount,
                **values,
            }
        )

    @classmethod
    def _cost(cls, amount, **values):
        return cls.env["sales.lead.cost"].create(
            {
                "name": "Test Cost",
                "company_id": cls.company.id,
                "utm_source_id": cls.fair_source.id,
                "date_from": "2026-03-10",
                "amount": amount,
                **values,
            }
        )

    @classmethod
    def _offer(cls, product=None, competitor=None, name="Theirs"):
        return cls.env["sales.competitor.product"].create(
            {
                "competitor_id": (competitor or cls.rival).id,
                "name": name,
                "product_id": (product or cls.product).id,
            }
        )

    @classmethod
    def _price(cls, offer, price, day, **values):
        return cls.env["sales.competitor.price"].create(
            {
                "offer_id": offer.id,
                "price": price,
                "date": day,
                "currency_id": cls.company.currency_id.id,
                **values,
            }
        )

    @classmethod
    def _lead(cls, **values):
        return cls.env["crm.lead"].create(
            {
                "name": "Test Lead",
                "type": "opportunity",
                "company_id": cls.company.id,
                "user_id": cls.salesperson.id,
                "team_id": cls.team_field.id,
                "sales_opened_date": "2026-03-12",
                **values,
            }
        )

    @classmethod
    def _sell_history(cls, amount, **values):
        return cls.env["sales.history.line"].create(
            {
                "company_id": cls.company.id,
                "date": "2026-05-05",
                "recorded_as": "order",
                "name": "Test Sale",
                "amount": amount,
                **values,
            }
        )

    def _refresh(self):
        self.env["sales.mart"]._refresh()

    def _scope(self, **dimensions):
        return Scope(self.company.id, **dimensions)

    def _ask(self, code, period=YEAR, **dimensions):
        """Return the value of a metric."""
        self._refresh()
        scope = self._scope(**dimensions)
        return self.env["sales.metric"].ask([code], [scope], [period])[
            code, scope, period
        ]

    def _facts(self, record):
        """Return the figures of a document, in order."""
        self._refresh()
        sources = self.env["sales.fact"]._get_document_models()
        codes = [code for code, model in sources.items() if model == record._name]
        return self.env["sales.fact"].search(
            [("source", "in", codes), ("res_id", "=", record.id)], order="date"
        )


class LeadScoringCommon(MarketCommon):
    """Three rules and the limits of the classes; all other rules are archived."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["sales.lead.rule"].search([]).active = False
        cls.company.write({"sales_lead_limit_a": 60, "sales_lead_limit_b": 30})
        cls.rule_fair, cls.rule_mail, cls.rule_old = (
            cls._rule(name, domain, points)
            for name, domain, points in (
                ("Fair", [("source_id", "=", cls.fair_source.id)], 40),
                ("Mail", [("email_from", "!=", False)], 25),
                ("Old", [("sales_opened_date", "<", "2026-01-01")], -30),
            )
        )

    @classmethod
    def _rule(cls, name, domain, points, **values):
        return cls.env["sales.lead.rule"].create(
            {
                "name": name,
                "domain": repr(domain),
                "points": points,
                "reason": f"It is {name}",
                "company_id": cls.company.id,
                **values,
            }
        )

    def _score(self, leads):
        self.env["sales.mart"]._refresh()
        LeadScoring(self.env).score(leads.ids)
        return leads
