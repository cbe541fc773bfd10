# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import Command, api, models

from odoo.addons.sales_efficiency_base.demo import enter_demo
from odoo.addons.sales_efficiency_base.demo.demo_company import COMPANY

# Customers who change their salesperson in the careful scenario
FEW = 5


class SalesAllocationDemo(models.AbstractModel):
    """Two scenarios of who serves whom: a careful one, and one without limit."""

    _name = "sales.allocation.demo"
    _description = "Demo Data of Allocation"

    @api.model
    def _load(self):
        if not self.env.ref(COMPANY, raise_if_not_found=False):
            return  # A database of an earlier version, in whose demo people work
        demo = enter_demo(self, tracking_disable=True)
        if demo.env["sales.allocation"].search_count(
            [("company_id", "=", demo.env.company.id)], limit=1
        ):
            return  # Odoo can load demo data repeatedly
        demo._load_scenarios()

    def _load_scenarios(self):
        few = self._create(
            self.env._("A few moves, nobody overloaded"),
            limits_moves=True,
            most_moves=FEW,
        )
        self._create(
            self.env._("As if we began today"),
            limits_moves=False,
            limits_load=True,
            balance_percent=30,
            pair_ids=[
                Command.create(
                    {
                        "partner_id": pair.partner_id.id,
                        "user_id": pair.user_id.id,
                        "kind": pair.kind,
                        "reason": pair.reason,
                    }
                )
                for pair in few.pair_ids
            ],
        )

    def _create(self, name, **values):
        director = self.env.ref("sales_efficiency_base.user_grace_demo")
        users = self._get_people()
        customer = self._get_largest(users)
        scenario = self.env["sales.allocation"].create(
            {
                "name": name,
                "company_id": self.env.company.id,
                "responsible_id": director.id,
                "team_ids": users.crm_team_ids.ids,
                "person_ids": [Command.create({"user_id": user.id}) for user in users],
                "contact_hours": 4,
                "opportunity_hours": 10,
                "pair_ids": [
                    Command.create(
                        {
                            "partner_id": customer.id,
                            "user_id": customer.user_id.id,
                            "reason": self.env._("The buyer wants nobody else."),
                        }
                    )
                ],
                **values,
            }
        )
        scenario.with_user(director).action_calculate()
        scenario._start()
        scenario._finish()
        return scenario

    def _get_people(self):
        """:return: those who have customers of the company"""
        groups = self.env["res.partner"]._read_group(
            [("user_id.company_ids", "in", self.env.company.ids)],
            ["user_id"],
            having=[("__count", ">", 1)],
        )
        return self.env["res.users"].union(*(user for [user] in groups))

    def _get_largest(self, users):
        """:return: the customer with most invoices, of somebody who sells"""
        return self.env["res.partner"].search(
            [("user_id", "in", users.ids), ("parent_id", "=", False)],
            order="customer_rank desc, id",
            limit=1,
        )
