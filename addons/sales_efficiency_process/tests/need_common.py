# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import Command

from odoo.addons.sales_efficiency_base.tests.common import SalesEfficiencyCommon

NOON = "2026-10-15 12:00:00"
CRITERIA = ("urgency", "importance", "feasibility", "fit")


class NeedCommon(SalesEfficiencyCommon):
    """Customer North and an opportunity belong to the salesperson, South to the
    outsider."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer_north.user_id = cls.salesperson
        cls.customer_south.user_id = cls.outsider
        cls.north_contact, cls.south_contact = cls.env["res.partner"].create(
            [
                {"name": "Nora North", "parent_id": cls.customer_north.id},
                {"name": "Sam South", "parent_id": cls.customer_south.id},
            ]
        )
        cls.lead = cls._create_lead(cls.customer_north)
        cls.env["sales.need.weight"].search([]).unlink()

    @classmethod
    def _create_lead(cls, customer, user=None, **values):
        return cls.env["crm.lead"].create(
            {
                "name": f"Deal of {customer.name}",
                "type": "opportunity",
                "partner_id": customer.id,
                "user_id": (user or cls.salesperson).id,
                "company_id": cls.company.id,
                **values,
            }
        )

    @classmethod
    def _create_stakeholder(cls, customer, contact, user=None, **values):
        people = cls.env["sales.stakeholder"].with_user(user or cls.env.user)
        return people.create(
            {"partner_id": customer.id, "contact_id": contact.id, **values}
        )

    @classmethod
    def _create_need(cls, grades="0000", user=None, customer=None, **values):
        """Create a need as the salesperson, with a digit for each grade."""
        needs = cls.env["sales.need"].with_user(user or cls.salesperson)
        return needs.create(
            {
                "kind": "particular",
                "name": "Fewer rejects",
                "partner_id": (customer or cls.customer_north).id,
                **dict(zip(CRITERIA, grades, strict=True)),
                **values,
            }
        )

    @classmethod
    def _create_solution(cls, user=None, **values):
        """The solution of the issue: 240,000, benefit 120,000, cost 20,000 a year"""
        cls.product.list_price = 240_000
        solutions = cls.env["sales.solution"].with_user(user or cls.salesperson)
        return solutions.create(
            {
                "name": "Vision control",
                "partner_id": cls.customer_north.id,
                "lead_id": cls.lead.id,
                "answer_ids": [
                    Command.create(
                        {
                            "name": "Fewer rejects",
                            "answer": "Cameras after each step",
                            "benefit": 120_000,
                            "running_cost": 20_000,
                        }
                    )
                ],
                "line_ids": [Command.create({"product_id": cls.product.id})],
                **values,
            }
        )
