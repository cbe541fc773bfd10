# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tests import HttpCase, tagged

from odoo.addons.sales_efficiency_base.tools import Period

from .channel_common import ChannelCommon


@tagged("post_install", "-at_install")
class TestUiChannel(ChannelCommon, HttpCase):
    """A channel is planned and built in the browser."""

    def test_a_salesperson_brings_a_prospect_to_active(self):
        member = self._create_member(region_ids=[], item_ids=[], reason=False)
        self.start_tour(
            "/odoo/action-sales_efficiency_resource.sales_channel_member_action",
            "sales_channel_member_of_salesperson",
            login="test_salesperson",
        )
        self.assertEqual(member.state, "active")
        self.assertEqual(member.region_ids, self.region_north)

    def test_a_director_approves_a_plan(self):
        year = Period.year(self.company._get_sales_today(), self.company)
        plan = self._create_plan(state="draft", date_from=year.start)
        plan.with_user(self.leader).action_submit()
        self.start_tour(
            "/odoo/action-sales_efficiency_resource.sales_channel_plan_action",
            "sales_channel_plan_of_director",
            login="test_director",
        )
        self.assertEqual(plan.state, "running")
