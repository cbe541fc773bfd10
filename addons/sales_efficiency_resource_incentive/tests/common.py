# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date

from odoo.addons.sales_efficiency_incentive.tests.ledger_common import (
    IncentiveLedgerCommon,
)
from odoo.addons.sales_efficiency_resource.tests.channel_common import ChannelCommon


class MemberIncentiveCommon(IncentiveLedgerCommon, ChannelCommon):
    """Agent Wu is an active member, and the South buys through the agent."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.member = cls._create_member(
            stage="active", channel_id=cls.channel_distributor.id
        )
        cls.customer_south.sales_member_id = cls.member

    @classmethod
    def _pay_agent(cls, plan, partner=None, **values):
        """Assign an agent to a plan, by default Agent Wu by the membership."""
        return cls.env["sales.incentive.assignment"].create(
            {
                "plan_id": plan.id,
                "partner_id": (partner or cls.agent).id,
                "channel_member_id": cls.member.id,
                "date_from": date(2026, 1, 1),
                **values,
            }
        )
