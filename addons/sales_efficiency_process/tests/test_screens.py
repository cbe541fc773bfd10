# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import Command
from odoo.tests import freeze_time, tagged

from odoo.addons.sales_efficiency_base.tests import screens

from .deal_common import DealCommon
from .market_common import MarketCommon
from .price_common import PriceCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-10-15 12:00:00")
class TestScreens(screens.ScreensCommon, MarketCommon, PriceCommon, DealCommon):
    """Screens with a record of each kind."""

    addon = "sales_efficiency_process"

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._create_market()
        cls._create_needs()
        cls._create_funnel()
        cls._setup_prices()
        cls._setup_deals()
        cls._create_visits()

    @classmethod
    def _create_market(cls):
        cls._price(cls._offer(), 95, "2026-09-01")
        research = cls._research(competitor_ids=cls.rival.ids)
        cls._find(research.round_ids)
        cls._size(1000, region_id=cls.region_north.id)
        cls._cost(100)
        cls.env["sales.lead.rule"].create(
            {"name": "Screens", "reason": "Screens", "company_id": cls.company.id}
        )
        lead = cls._lead(sales_competitor_ids=cls.rival.ids)
        lead.action_score_sales()

    @classmethod
    def _create_needs(cls):
        """Needs, how the customer buys, and a solution with all that it can have"""
        cls.customer_north.user_id = cls.salesperson
        contact = cls.env["res.partner"].create(
            {"name": "Decider", "parent_id": cls.customer_north.id}
        )
        values = {"partner_id": cls.customer_north.id, "company_id": cls.company.id}
        cls.env["sales.stakeholder"].create({**values, "contact_id": contact.id})
        cls.env["sales.buying.step"].create({**values, "name": "Screens"})
        cls.env["sales.need"].create(
            {**values, "kind": "particular", "name": "Screens", "urgency": "5"}
        )
        cls.env["sales.need.weight"].search(
            [("company_id", "=", cls.company.id)]
        ).unlink()
        cls.env["sales.need.weight"].create({"company_id": cls.company.id})
        cls.env["sales.solution"].create(
            {
                **values,
                "name": "Screens",
                "user_id": cls.salesperson.id,
                "answer_ids": [Command.create({"name": "Screens", "benefit": 1})],
                "line_ids": [Command.create({"product_id": cls.product.id})],
                "phase_ids": [
                    Command.create({"name": "Screens", "contact_id": contact.id})
                ],
            }
        )

    @classmethod
    def _create_funnel(cls):
        """An opportunity with a past, a playbook, and a cause of lost time"""
        stage = cls.env["crm.stage"].create({"name": "Screens", "sequence": 900})
        lead = cls.env["crm.lead"].create(
            {
                "name": "Screens",
                "type": "opportunity",
                "user_id": cls.salesperson.id,
                "team_id": cls.team_field.id,
                "stage_id": stage.id,
            }
        )
        cls.env.flush_all()
        lead.stage_id = cls.env["crm.stage"].search([("is_won", "=", True)], limit=1)
        cls.env["sales.playbook"].create(
            {
                "stage_id": stage.id,
                "longest_stay": 5,
                "requirement_ids": [Command.create({"kind": "next_step"})],
            }
        )
        waste = cls.env["sales.waste"].create(
            {
                "code": "waiting",
                "user_id": cls.salesperson.id,
                "date_from": "2026-09-01",
                "date_to": "2026-09-30",
            }
        )
        cls.env["sales.action"].create(
            {
                "name": "Screens",
                "waste_id": waste.id,
                "user_id": cls.salesperson.id,
                "date_deadline": "2026-10-20",
            }
        )

    @classmethod
    def _setup_prices(cls):
        cls._create_floor()
        order = cls._create_quotation(85.0)
        cls.env["sales.price.request"].create({"order_id": order.id, "reason": "Why"})
        cls.env["sales.quotation.term"].create({"name": "Warranty"})

    @classmethod
    def _setup_deals(cls):
        version = cls._create_offer((10, 100.0), state="sent").sales_version_ids
        negotiation = cls.env["sales.negotiation"].create({"lead_id": cls.lead.id})
        cls.env["sales.negotiation.round"].create(
            {"negotiation_id": negotiation.id, "version_id": version.id}
        )
        cls.env["sales.negotiation.concern"].create(
            {"negotiation_id": negotiation.id, "name": "The price"}
        )
        cls._create_contract()

    @classmethod
    def _create_visits(cls):
        """A visit to come, and one with all that it can have"""
        cls.customer_north.user_id = cls.salesperson
        values = {
            "partner_id": cls.customer_north.id,
            "user_id": cls.salesperson.id,
        }
        cls.env["sales.visit"].create({**values, "start": "2026-10-20 08:00:00"})
        visit = cls.env["sales.visit"].create(
            {**values, "start": "2026-10-14 08:00:00", "result": "Screens"}
        )
        line = {"visit_id": visit.id, "name": "Screens"}
        cls.env["sales.visit.point"].create(line)
        cls.env["sales.visit.pain"].create(line)
        cls.env["sales.visit.product"].create(
            {"visit_id": visit.id, "product_id": cls.product.id, "interest": "keen"}
        )
        cls.env["sales.action"].create(
            {**line, "user_id": cls.salesperson.id, "date_deadline": "2026-10-20"}
        )
        cls.env["sales.visit.place"].create(
            {
                "visit_id": visit.id,
                "moment": "in",
                "at": "2026-10-14 08:00:00",
                "state": "inside",
            }
        )
        visit.action_done()
        cls.env["sales.visit.rule"].create({"name": "Screens"})
