# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from contextlib import contextmanager

from odoo.exceptions import ValidationError
from odoo.tests import freeze_time, tagged

from .common import MemberIncentiveCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-04-15 12:00:00")
class TestChannelMemberIncentive(MemberIncentiveCommon):
    """Incentives pay for what a channel member brings (policy 5.2.2)."""

    @contextmanager
    def _refused(self, message):
        """Nothing is saved of what is refused."""
        with self.assertRaisesRegex(ValidationError, message), self.cr.savepoint():
            yield
            self.env.flush_all()

    # ------------------------------------------------------------------
    # Rules
    # ------------------------------------------------------------------

    def test_a_rule_that_names_a_member_pays_only_for_its_orders(self):
        assignment = self._start_plan(
            metric_id=self.invoiced.id, channel_member_id=self.member.id
        )
        brought = self._sell(5, "2026-04-03", partner=self.customer_south)
        other = self._sell(10, "2026-04-03")
        self.assertEqual(brought.channel_member_id, self.member)
        self.assertFalse(other.channel_member_id)
        for order in (brought, other):
            self._invoice(order, "2026-04-04")
        self._compute()
        self.assertEqual(self._get_paid(4, assignment), 50)

    def test_an_invoice_that_is_credited_earns_no_more(self):
        assignment = self._start_plan(
            metric_id=self.invoiced.id, channel_member_id=self.member.id
        )
        order = self._sell(5, "2026-04-03", partner=self.customer_south)
        invoice = self._invoice(order, "2026-04-04")
        self._compute()
        self._credit(invoice, "2026-04-10", 2)
        self._compute()
        self.assertEqual(self._get_paid(4, assignment), 30)

    def test_who_answers_for_a_member_earns_by_all_its_sales(self):
        assignment = self._start_plan(user=self.leader, credit="scope")
        assignment.channel_member_id = self.member
        self._sell(5, "2026-04-03", partner=self.customer_south)
        self._sell(10, "2026-04-03")
        self._compute()
        self.assertEqual(self._get_paid(4, assignment), 50)

    # ------------------------------------------------------------------
    # Agents
    # ------------------------------------------------------------------

    def test_an_agent_earns_by_the_orders_that_name_them(self):
        of_person = self._start_plan(metric_id=self.invoiced.id)
        of_agent = self._pay_agent(of_person.plan_id)
        self._invoice(
            self._sell(5, "2026-04-03", partner=self.customer_south), "2026-04-04"
        )
        self._invoice(self._sell(10, "2026-04-03"), "2026-04-04")
        self._compute()
        self.assertEqual(self._get_paid(4, of_agent), 50)
        self.assertEqual(self._get_paid(4, of_person), 150)

    def test_an_agent_does_not_earn_by_the_orders_of_the_channel(self):
        plan = self._start_plan().plan_id
        of_agent = self._pay_agent(plan, channel_id=self.channel_distributor.id)
        self._sell(10, "2026-04-03", sales_channel_id=self.channel_distributor.id)
        self._compute()
        self.assertEqual(self._get_paid(4, of_agent), 0)

    def test_a_rule_for_another_member_pays_an_agent_nothing(self):
        other = self._create_member(self.rival, stage="active")
        plan = self._start_plan(channel_member_id=other.id).plan_id
        of_agent = self._pay_agent(plan)
        self._sell(5, "2026-04-03", partner=self.customer_south)
        self._compute()
        self.assertEqual(self._get_paid(4, of_agent), 0)

    def test_an_agent_whose_member_is_corrected_earns_the_difference(self):
        plan = self._start_plan().plan_id
        of_agent = self._pay_agent(plan)
        order = self._sell(5, "2026-04-03", partner=self.customer_south)
        self._compute()
        order.with_user(self.director).channel_member_id = False
        self._compute()
        self.assertEqual(self._get_paid(4, of_agent), 0)

    def test_an_agent_earns_a_bonus_by_the_target_of_the_member(self):
        target = self._create_target(channel_member_id=self.member.id, amount=12_000)
        self._start()
        plan = self._start_plan(
            kind="bonus",
            metric_id=False,
            target_metric_id=target.metric_id.id,
            tier_ids=self._tiers((0, 0), (100, 100)),
        ).plan_id
        of_agent = self._pay_agent(plan, target_incentive=1_000)
        month = target.month_ids.filtered(lambda m: m.month.month == 4).amount
        self._sell(month / 200, "2026-04-03", partner=self.customer_south)
        self._sell(50, "2026-04-03")
        self._compute()
        self.assertEqual(self._get_paid(4, of_agent), 500)

    # ------------------------------------------------------------------
    # Who may be named
    # ------------------------------------------------------------------

    def test_an_agent_names_no_member_but_their_own(self):
        with self._refused("is not the channel member of Rival Lin"):
            self._pay_agent(self.incentive, self.rival)

    def test_an_agent_who_no_longer_names_a_member_needs_a_channel(self):
        of_agent = self._pay_agent(self.incentive)
        with self._refused("channel of their own"):
            of_agent.channel_member_id = False

    def test_one_agent_is_paid_for_the_orders_of_a_member(self):
        first, second = self.env["res.partner"].create(
            [{"name": name, "parent_id": self.agent.id} for name in ("Ann", "Bob")]
        )
        of_first = self._pay_agent(self.incentive, first)
        with self._refused("already pay Ann in these days"):
            self._pay_agent(self.incentive, second)
        of_first.date_to = "2026-03-31"
        self.assertTrue(self._pay_agent(self.incentive, second, date_from="2026-04-01"))

    def test_agents_of_one_channel_may_each_name_their_member(self):
        other = self._create_member(
            self.rival, stage="active", channel_id=self.channel_distributor.id
        )
        of_first = self._pay_agent(
            self.incentive, channel_id=self.channel_distributor.id
        )
        of_second = self._pay_agent(
            self.incentive,
            self.rival,
            channel_id=self.channel_distributor.id,
            channel_member_id=other.id,
        )
        self.assertEqual(of_first.channel_id, of_second.channel_id)

    # ------------------------------------------------------------------
    # Joined memberships
    # ------------------------------------------------------------------

    def test_joined_memberships_pay_on(self):
        """The orders go to the membership that is kept, and so do incentives."""
        assignment = self._start_plan(channel_member_id=self.member.id)
        of_agent = self._pay_agent(assignment.plan_id)
        self._sell(5, "2026-04-03", partner=self.customer_south)
        self._lock(1, 2, 3)
        paid = self._get_paid(4, assignment), self._get_paid(4, of_agent)
        self.assertEqual(paid, (50, 50))
        kept = self._create_member(
            self.rival, stage="active", channel_id=self.channel_distributor.id
        )
        kept._join(self.member)
        self._compute()
        rule = assignment.plan_id.version_ids.rule_ids
        self.assertEqual(rule.channel_member_id, kept)
        self.assertEqual(of_agent.channel_member_id, kept)
        self.assertEqual(
            (self._get_paid(4, assignment), self._get_paid(4, of_agent)), paid
        )
