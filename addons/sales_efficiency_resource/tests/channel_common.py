# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import Command

from odoo.addons.sales_efficiency_target.tests.common import SalesTargetCommon


class ChannelCommon(SalesTargetCommon):
    """Partners who become members of the channels Agent and Distributor."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.members = cls.env["sales.channel.member"]
        cls.channel_distributor = cls.env["sales.channel"].create(
            {"name": "Test Distributor", "kind": "distributor"}
        )
        cls.agent, cls.rival = cls.env["res.partner"].create(
            [{"name": name, "is_company": True} for name in ("Agent Wu", "Rival Lin")]
        )
        cls.category_below, cls.category_other = cls.env["product.category"].create(
            [
                {"name": "Test Below", "parent_id": cls.category.id},
                {"name": "Test Other Line"},
            ]
        )

    @classmethod
    def _stage(cls, name):
        return cls.env.ref(f"sales_efficiency_resource.sales_channel_stage_{name}")

    @classmethod
    def _create_member(cls, partner=None, stage="prospect", **values):
        """Create a member that has all that its stage needs."""
        stages = cls._stage(stage)
        paper = {"name": "Contract.pdf", "raw": b"Signed", "mimetype": "text/plain"}
        return cls.members.create(
            {
                "partner_id": (partner or cls.agent).id,
                "channel_id": cls.channel_agent.id,
                "user_id": cls.salesperson.id,
                "stage_id": stages.id,
                "region_ids": cls.region_north.ids,
                "contract_start": "2026-01-01",
                "review_date": "2027-06-01",
                "reason": "Test",
                "document_ids": [Command.create(paper)],
                "item_ids": cls.env["sales.channel.stage"].search([]).item_ids.ids,
                **values,
            }
        )

    @classmethod
    def _create_plan(cls, state="running", **values):
        plan = cls.env["sales.channel.plan"].create(
            {
                "channel_id": cls.channel_agent.id,
                "date_from": "2026-01-01",
                "user_id": cls.leader.id,
                "position": "Opens doors",
                "region_ids": (cls.region_north + cls.region_south).ids,
                "categ_ids": (cls.category + cls.category_other).ids,
                **values,
            }
        )
        plan.state = state
        return plan
