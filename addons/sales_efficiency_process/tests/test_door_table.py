# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import Command
from odoo.tests import freeze_time, tagged

from odoo.addons.sales_efficiency_target.tests import test_door_table


@tagged("post_install", "-at_install")
@freeze_time("2026-10-15 12:00:00")
class TestDoorTable(test_door_table.TestDoorTable):
    addon = "sales_efficiency_process"
    extended = (
        *test_door_table.TestDoorTable.extended,
        "agreement",
        "sales.action",
        "sales.alert",
        "sales.alert.rule",
        "sales.customer.file",
        "sales.need",
        "sales.stakeholder",
    )
    # Printed on the quotation
    open_fields = {"sale.order": {"sales_after_sales_terms"}}

    @classmethod
    def _create_foreign(cls, company, user):
        return [
            *super()._create_foreign(company, user),
            *cls._create_foreign_market(company, user),
            *cls._create_foreign_needs(company, user),
            *cls._create_foreign_funnel(company, user),
            *cls._create_prices(company, user),
            *cls._create_deals(company, user),
            *cls._create_foreign_visits(company, user),
        ]

    @classmethod
    def _create_foreign_market(cls, company, user):
        """What another company knows of its market; within a company all know it."""
        values = {"name": f"Foreign {company.id}", "company_id": company.id}
        competitor = cls.env["sales.competitor"].create(values)
        offer = cls.env["sales.competitor.product"].create(
            {"name": "Foreign", "competitor_id": competitor.id}
        )
        price = cls.env["sales.competitor.price"].create(
            {"offer_id": offer.id, "price": 5}
        )
        research = cls.env["sales.research"].create({**values, "user_id": user.id})
        finding = cls.env["sales.research.finding"].create(
            {"round_id": research.round_ids.id, "name": "Foreign", "source": "Foreign"}
        )
        size = cls.env["sales.market.size"].create(
            {"company_id": company.id, "amount": 5}
        )
        source = cls.env["utm.source"].search([], limit=1)
        cost = cls.env["sales.lead.cost"].create(
            {
                **values,
                "amount": 5,
                "utm_source_id": source.id,
                "date_from": "2026-01-01",
            }
        )
        rule = cls.env["sales.lead.rule"].create({**values, "reason": "Foreign"})
        return [
            competitor,
            offer,
            price,
            research,
            research.round_ids,
            finding,
            size,
            cost,
            rule,
        ]

    @classmethod
    def _create_foreign_needs(cls, company, user):
        customer, contact = cls.env["res.partner"].create(
            [
                {"name": "Foreign", "company_id": company.id, "user_id": user.id}
                for _number in range(2)
            ]
        )
        contact.parent_id = customer
        values = {"partner_id": customer.id, "company_id": company.id}
        solution = cls.env["sales.solution"].create(
            {**values, "name": "Foreign", "user_id": user.id}
        )
        line = {"solution_id": solution.id, "name": "Foreign"}
        category = cls.env["product.category"].create({"name": "Foreign"})
        weights = cls.env["sales.need.weight"]
        weights.search([("company_id", "=", company.id)]).unlink()
        return [
            customer,
            cls.env["sales.need"].create(
                {
                    **values,
                    "categ_id": category.id,
                    "currency_id": company.currency_id.id,
                }
            ),
            cls.env["sales.stakeholder"].create(
                {**values, "contact_id": contact.id, "user_id": user.id}
            ),
            cls.env["sales.buying.step"].create({**values, "name": "Foreign"}),
            weights.create({"company_id": company.id}),
            solution,
            cls.env["sales.solution.answer"].create(line),
            cls.env["sales.solution.phase"].create(line),
            cls.env["sales.solution.line"].create(
                {"solution_id": solution.id, "product_id": cls.product.id}
            ),
        ]

    @classmethod
    def _create_foreign_funnel(cls, company, user):
        stage = cls.env["crm.stage"].create({"name": f"Foreign {company.id}"})
        playbook = cls.env["sales.playbook"].create(
            {
                "stage_id": stage.id,
                "company_id": company.id,
                "requirement_ids": [Command.create({"kind": "next_step"})],
            }
        )
        return [
            playbook,
            playbook.requirement_ids,
            cls.env["sales.waste"].create(
                {
                    "code": "waiting",
                    "company_id": company.id,
                    "owner_id": user.id,
                    "user_id": user.id,
                    "date_from": "2026-09-01",
                    "date_to": "2026-09-30",
                }
            ),
        ]

    @classmethod
    def _create_prices(cls, company, user):
        product = cls.env["product.product"].create(
            {"name": "Foreign", "list_price": 1, "standard_price": 1}
        )
        floor = cls.env["sales.price.floor"].create(
            {
                "company_id": company.id,
                "basis": "margin",
                "least_margin": 50,
                "product_tmpl_id": product.product_tmpl_id.id,
            }
        )
        order = cls.env["sale.order"].create(
            {
                "partner_id": cls.env["res.partner"].create({"name": "Foreign"}).id,
                "company_id": company.id,
                "user_id": user.id,
                "team_id": False,
                "order_line": [Command.create({"product_id": product.id})],
            }
        )
        request = cls.env["sales.price.request"].create({"order_id": order.id})
        term = cls.env["sales.quotation.term"].create(
            {"name": "Foreign", "company_id": company.id}
        )
        return [floor, request, request.line_ids, term]

    @classmethod
    def _create_deals(cls, company, user):
        env = cls.env
        customer = env["res.partner"].create({"name": "Foreign"})
        lead = env["crm.lead"].create(
            {
                "name": "Foreign",
                "type": "opportunity",
                "partner_id": customer.id,
                "company_id": company.id,
                "user_id": user.id,
                "team_id": False,
            }
        )
        order = env["sale.order"].create(
            {
                "partner_id": customer.id,
                "company_id": company.id,
                "opportunity_id": lead.id,
                "user_id": user.id,
                "team_id": False,
                "state": "sent",
                "order_line": [Command.create({"product_id": cls.product.id})],
            }
        )
        version = env["sales.quotation.version"].search([("order_id", "=", order.id)])
        negotiation = env["sales.negotiation"].create({"lead_id": lead.id})
        round_ = env["sales.negotiation.round"].create(
            {"negotiation_id": negotiation.id}
        )
        concern = env["sales.negotiation.concern"].create(
            {"name": "Foreign", "negotiation_id": negotiation.id}
        )
        return [
            version,
            version.line_ids,
            negotiation,
            round_,
            concern,
            *cls._create_contracts(customer, company, user),
            *cls._create_deal_wizards(version),
        ]

    @classmethod
    def _create_contracts(cls, customer, company, user):
        type_ = cls.env["agreement.type"].create(
            {"name": "Foreign", "clause_ids": [Command.create({"name": "Foreign"})]}
        )
        contract = cls.env["agreement"].create(
            {
                "name": "Foreign",
                "partner_id": customer.id,
                "company_id": company.id,
                "user_id": user.id,
                "team_id": False,
                "agreement_type_id": type_.id,
            }
        )
        file = contract.file_ids._keep(contract, "text", b"Foreign")
        sign = cls.env["sales.contract.sign"].create({"agreement_id": contract.id})
        upload = cls.env["sales.contract.upload"].create({"agreement_id": contract.id})
        return [contract, contract.check_ids, type_.clause_ids, file, sign, upload]

    @classmethod
    def _create_deal_wizards(cls, version):
        compare = cls.env["sales.quotation.compare"].create(
            {"older_id": version.id, "newer_id": version.id}
        )
        line = cls.env["sales.quotation.compare.line"].create(
            {"compare_id": compare.id}
        )
        return [compare, line]

    @classmethod
    def _create_foreign_visits(cls, company, user):
        customer = cls.env["res.partner"].create(
            {"name": "Foreign", "is_company": True, "company_id": company.id}
        )
        visit = cls.env["sales.visit"].create(
            {
                "partner_id": customer.id,
                "company_id": company.id,
                "user_id": user.id,
                "start": "2026-10-20 08:00:00",
            }
        )
        line = {"visit_id": visit.id, "name": "Foreign"}
        return [
            visit,
            cls.env["sales.visit.pain"].create(line),
            cls.env["sales.visit.point"].create(line),
            cls.env["sales.visit.place"].create(
                {
                    "visit_id": visit.id,
                    "moment": "in",
                    "at": "2026-10-15 08:00:00",
                    "state": "inside",
                }
            ),
            cls.env["sales.visit.rule"].create(
                {"name": f"Foreign {company.id}", "company_id": company.id}
            ),
            cls.env["sales.visit.plan"].create(
                {"company_id": company.id, "user_id": user.id}
            ),
        ]
