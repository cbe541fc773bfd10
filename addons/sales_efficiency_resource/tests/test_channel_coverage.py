# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date

from odoo.tests import freeze_time, tagged

from odoo.addons.sales_efficiency_base.tools import Period, Scope

from .channel_common import ChannelCommon

YEAR = Period(date(2026, 1, 1), date(2026, 12, 31))
APRIL = Period(date(2026, 4, 1), date(2026, 4, 30))


@tagged("post_install", "-at_install")
@freeze_time("2026-10-15 12:00:00")
class TestChannelCoverage(ChannelCommon):
    """Agreed cells, region × product line, with a sale (policy 5.2.3)."""

    def _measure(self, *periods, **dimensions):
        self.env["sales.mart"]._refresh()
        scope = Scope(self.company.id, **dimensions)
        values = self.env["sales.metric"].ask(["channel_coverage"], [scope], periods)
        return [values["channel_coverage", scope, period] for period in periods]

    def _sell_in(self, region, day="2026-04-02", categ=None, **values):
        self.product.categ_id = categ or self.category
        return self._sell(1, day, sales_region_id=region.id, **values)

    def test_each_region_with_each_line_is_a_cell(self):
        plan = self._create_plan()
        self.assertEqual(plan.cell_count, 4)
        channel = {"channel_id": self.channel_agent.id}
        self.assertEqual(self._measure(YEAR, **channel), [0])
        self._sell_in(self.region_north)
        self._sell_in(self.region_north, "2026-05-02")
        self.assertEqual(self._measure(YEAR, APRIL, **channel), [25, 25])
        self._sell_in(self.region_south, "2026-06-01", partner=self.customer_north)
        self.assertEqual(self._measure(YEAR, APRIL, **channel), [50, 25])
        plan.invalidate_recordset(["coverage"])
        self.assertEqual(plan.coverage, 50)

    def test_what_is_below_covers_what_is_above(self):
        self._create_plan(region_ids=self.region_world.ids, categ_ids=self.category.ids)
        order = self._sell_in(self.region_north)
        order.order_line.product_id.categ_id = self.category_below
        self.assertEqual(self._measure(YEAR, channel_id=self.channel_agent.id), [100])

    def test_lines_alone_or_regions_alone_are_cells_too(self):
        plan = self._create_plan(region_ids=[])
        self.assertEqual(plan.cell_count, 2)
        self._sell_in(self.env["sales.region"], partner=self.customer_north)
        self.assertEqual(self._measure(YEAR, channel_id=self.channel_agent.id), [50])

    def test_without_agreed_cells_there_is_no_figure(self):
        self._create_plan(state="draft")
        self.assertEqual(self._measure(YEAR, channel_id=self.channel_agent.id), [None])
        self.assertEqual(self._measure(YEAR), [None])

    def test_what_was_approved_counts_until_a_change_is(self):
        plan = self._create_plan()
        self._sell_in(self.region_north)
        channel = {"channel_id": self.channel_agent.id}
        changed = plan.with_user(self.leader)
        changed.action_draft()
        changed.region_ids = self.region_north
        changed.categ_ids = self.category
        self.assertEqual(self._measure(YEAR, **channel), [25])
        changed.action_submit()
        self.assertEqual(self._measure(YEAR, **channel), [25])
        self.env.invalidate_all()
        plan.with_user(self.director)._validate_tier()
        self.assertEqual(plan.state, "running")
        self.assertEqual(self._measure(YEAR, **channel), [100])

    def test_what_was_agreed_counts_before_a_contract_is_renewed(self):
        member = self._create_member(stage="active")
        member.date_active = "2026-01-05"
        self._sell_in(self.region_north, partner=self.agent)
        member.contract_start = "2026-07-01"
        self.assertEqual(self._measure(APRIL, channel_member_id=member.id), [100])

    def test_a_plan_counts_in_its_year(self):
        self._create_plan()
        next_year = Period(date(2027, 1, 1), date(2027, 12, 31))
        self.assertEqual(self._measure(next_year), [None])

    def test_a_channel_includes_those_below(self):
        self._create_plan(channel_id=self.channel_shop.id)
        self._sell_in(self.region_north, sales_channel_id=self.channel_shop.id)
        for channel in (self.channel_shop, self.channel_direct):
            self.assertEqual(self._measure(YEAR, channel_id=channel.id), [25])
        self.assertEqual(self._measure(YEAR, channel_id=self.channel_agent.id), [None])

    def test_a_person_narrows_the_sales_and_a_region_the_cells(self):
        self._create_plan()
        self._sell_in(self.region_north)
        channel = {"channel_id": self.channel_agent.id}
        self.assertEqual(self._measure(YEAR, user_id=self.colleague.id, **channel), [0])
        self.assertEqual(
            self._measure(YEAR, region_id=self.region_north.id, **channel), [50]
        )

    def test_a_member_covers_what_was_agreed_with_it_by_its_orders(self):
        self._create_plan()
        member = self._create_member(stage="active", categ_ids=self.category.ids)
        member.region_ids += self.region_south
        self._sell_in(self.region_north)
        self.assertEqual(self._measure(YEAR, channel_member_id=member.id), [0])
        self._sell_in(self.region_north, partner=self.agent)
        self.assertEqual(self._measure(YEAR, channel_member_id=member.id), [50])
        # What was agreed with a member is no part of the plan.
        self.assertEqual(self._measure(YEAR, channel_id=self.channel_agent.id), [25])
        member.invalidate_recordset(["coverage"])
        self.assertEqual(member.coverage, 50)

    def test_a_prospect_has_agreed_nothing_yet(self):
        member = self._create_member()
        self.assertEqual(self._measure(YEAR, channel_member_id=member.id), [None])

    def test_many_scopes_and_periods_cost_no_query_more(self):
        self._create_plan()
        members = self.members.union(
            *(
                self._create_member(partner, stage="active")
                for partner in (self.agent, self.rival, self.customer_north)
            )
        )
        self.env["sales.mart"]._refresh()

        def count(members, periods):
            scopes = [
                *(Scope(self.company.id, channel_member_id=m.id) for m in members),
                Scope(self.company.id, channel_id=self.channel_agent.id),
            ]
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.env["sales.metric"].ask(["channel_coverage"], scopes, periods)
            return self.env.cr.sql_log_count - before

        count(members, [YEAR])
        self.assertEqual(count(members[:1], [YEAR]), count(members, [YEAR, APRIL]))

    def test_the_board_costs_the_same_for_any_number_of_channels(self):
        for channel in (self.channel_agent, self.channel_distributor):
            self._create_plan(channel_id=channel.id)
            self._create_member(channel_id=channel.id)
        channels = self.env["sales.channel"].search([]).with_user(self.leader)
        names = ["active_member_count", "coverage", "sales_amount", "plan_state"]

        def count(records):
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            records.read([*names, "sales_attainment"])
            return self.env.cr.sql_log_count - before

        count(channels)
        self.assertEqual(count(channels[:2]), count(channels))

    def test_the_board_shows_the_sales_target_of_this_year(self):
        channel = {"channel_id": self.channel_agent.id}
        self._create_target(parent_id=self.root.id, **channel, amount=1000)
        self._create_target(**channel, amount=70, metric_id=self.quantity.id)
        self._start()
        self._refresh()
        board = self.channel_agent.with_user(self.director)
        self.assertIn("1,000", board.sales_target_text)
        with freeze_time("2027-01-15"):
            board.invalidate_recordset()
            self.assertFalse(board.sales_target_text)

    def test_a_leader_sees_own_sales_of_other_teams_once(self):
        for team in (self.team_field, self.team_other):
            self._sell_in(self.region_north, user_id=self.leader.id, team_id=team.id)
        self._sell_in(self.region_north, "2026-04-03")
        self.env["sales.mart"]._refresh()
        board = self.channel_agent.with_user(self.leader)
        self.assertEqual(board.sales_amount, 300)

    def test_the_board_shows_sales_that_the_user_may_see(self):
        self._create_plan()
        self._create_member(stage="active")
        self._sell_in(self.region_north)
        self.env["sales.mart"]._refresh()
        for user, amount in (
            (self.salesperson, 100),
            (self.leader, 100),
            (self.director, 100),
            (self.outsider, 0),
        ):
            with self.subTest(user.name):
                self.env.invalidate_all()
                channel = self.channel_agent.with_user(user)
                self.assertEqual(channel.sales_amount, amount)
                members = 0 if user == self.outsider else 1
                self.assertEqual(channel.active_member_count, members)
