# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import Command
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from .channel_common import ChannelCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-10-15 12:00:00")
class TestChannelMemberMerge(ChannelCommon):
    """Memberships of merged partners become one."""

    def test_memberships_of_merged_partners_become_one(self):
        kept = self._create_member(stage="active")
        gone = self._create_member(
            self.rival, stage="active", region_ids=self.region_south.ids
        )
        elsewhere = self._create_member(
            self.rival, channel_id=self.channel_distributor.id
        )
        customer = self.customer_south
        customer.sales_member_id = gone
        order = self._create_order(channel_member_id=gone.id)
        order.action_confirm()
        self.members._merge_partners(self.rival.ids, self.agent)
        self.assertEqual(order.channel_member_id, kept)
        self.assertEqual(customer.sales_member_id, kept)
        self.assertEqual(kept.region_ids, self.region_north + self.region_south)
        self.assertEqual(kept.document_ids & gone.document_ids, gone.document_ids)
        self.assertFalse(gone.active)
        self.assertTrue(elsewhere.active)
        self.assertIn("Rival Lin", kept.message_ids[:1].body)
        self.env["sales.mart"]._refresh()
        facts = self.env["sales.fact"].search(
            [("source", "=", "order"), ("res_id", "=", order.id)]
        )
        self.assertEqual(facts.channel_member_id, kept)

    def test_wishes_of_a_prospect_are_not_agreed_by_merging(self):
        kept = self._create_member(stage="active")
        gone = self._create_member(
            self.rival, region_ids=self.region_south.ids, is_exclusive=True
        )
        kept._join(gone)
        self.assertEqual(kept.region_ids, self.region_north)
        self.assertFalse(kept.is_exclusive)
        self.assertFalse(kept.activity_ids)

    def test_an_area_that_would_bind_others_is_left_to_be_agreed(self):
        kept = self._create_member(stage="active")
        exclusive = self._create_member(
            self.rival, "active", region_ids=self.region_south.ids, is_exclusive=True
        )
        kept._join(exclusive)
        self.assertEqual(kept.region_ids, self.region_north)
        self.assertFalse(kept.is_exclusive)
        self.assertIn("Rival Lin", kept.activity_ids.summary)
        self.assertEqual(kept.activity_ids.user_id, self.salesperson)

    def test_an_area_that_a_third_member_has_exclusively_is_left_out(self):
        """North × one line and south × another would add up to four cells."""
        kept = self._create_member(stage="active", categ_ids=self.category.ids)
        gone = self._create_member(
            self.rival,
            "active",
            region_ids=self.region_south.ids,
            categ_ids=self.category_other.ids,
        )
        self._create_member(
            self.customer_north,
            "active",
            region_ids=self.region_south.ids,
            categ_ids=self.category.ids,
            is_exclusive=True,
        )
        self.members._merge_partners(self.rival.ids, self.agent)
        self.assertEqual(kept.region_ids, self.region_north)
        self.assertFalse(gone.active)
        self.assertTrue(kept.activity_ids)

    def test_targets_of_a_joined_membership_count_on(self):
        kept = self._create_member(stage="active")
        gone = self._create_member(self.rival, stage="active")
        channel = self._create_target(
            parent_id=self.root.id, channel_id=self.channel_agent.id, amount=3600
        )
        targets = self.env["sales.target"].union(
            *(
                self._create_target(
                    parent_id=channel.id, channel_member_id=member.id, amount=amount
                )
                for member, amount in ((kept, 1200), (gone, 2400))
            )
        )
        self._start()
        for partner, price in ((self.agent, 100), (self.rival, 260)):
            self._sell(1, "2026-04-02", partner=partner, price=price)
        self._refresh()
        self.members._merge_partners(self.rival.ids, self.agent)
        self._refresh()
        self.assertEqual(targets.exists().channel_member_id, kept)
        self.assertEqual(targets.exists().amount, 3600)
        result = self.env["sales.target.result"].search(
            [("target_id", "in", targets.ids), ("period", "=", "year")]
        )
        self.assertEqual((result.channel_member_id, result.actual), (kept, 360))

    @mute_logger("odoo.addons.base.partner.merge")
    def test_partners_with_memberships_can_be_merged(self):
        kept = self._create_member(self.rival, stage="active")
        gone = self._create_member()
        self.members._merge_partners(self.agent.ids, self.rival)
        self.env["base.partner.merge.automatic.wizard"].create(
            {
                "partner_ids": [Command.set((self.agent + self.rival).ids)],
                "dst_partner_id": self.rival.id,
            }
        ).action_merge()
        self.env.invalidate_all()
        self.assertEqual((kept + gone).partner_id, self.rival)
        self.assertEqual((kept.active, gone.active), (True, False))
