# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date
from unittest.mock import patch

from odoo.exceptions import UserError, ValidationError
from odoo.tests import Form, freeze_time, tagged

from odoo.addons.sales_efficiency_base.engine import FactDifferences
from odoo.addons.sales_efficiency_base.tools import Period, Scope

from .channel_common import ChannelCommon


@tagged("post_install", "-at_install")
class TestChannelOrder(ChannelCommon):
    """Orders name who has brought them, and find their channel (policy 5.2.2)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.member = cls._create_member(
            stage="active", channel_id=cls.channel_distributor.id
        )
        cls.source = cls.env["utm.source"].create({"name": "Trade Fair"})

    # ------------------------------------------------------------------
    # The member
    # ------------------------------------------------------------------

    def test_a_member_brings_its_own_orders(self):
        order = self._create_order(self.agent)
        self.assertEqual(order.channel_member_id, self.member)
        self.assertEqual(order.sales_channel_id, self.channel_distributor)

    def test_a_customer_buys_through_its_agent(self):
        self.customer_south.sales_member_id = self.member
        contact = self.env["res.partner"].create(
            {"name": "Ms Chen", "parent_id": self.customer_south.id}
        )
        for partner in (self.customer_south, contact):
            order = self._create_order(partner)
            self.assertEqual(order.channel_member_id, self.member)

    def test_who_sells_to_the_customer_need_not_see_its_agent(self):
        self.customer_south.sales_member_id = self.member
        form = Form(self.env["sale.order"].with_user(self.outsider))
        form.partner_id = self.customer_south
        order = form.save()
        self.assertEqual(order.sudo().channel_member_id, self.member)
        self.assertEqual(order.sales_channel_id, self.channel_distributor)

    def test_a_member_that_is_not_active_is_not_proposed(self):
        self.customer_south.sales_member_id = self.member
        self.member.stage_id = self._stage("suspended")
        self.assertFalse(self._create_order(self.customer_south).channel_member_id)
        self.assertFalse(self._create_order(self.agent).channel_member_id)
        self.member.stage_id = self._stage("ended")
        self.assertFalse(self.agent.sales_member_id)

    def test_a_salesperson_names_another_member(self):
        other = self._create_member(self.rival, stage="active")
        with Form(self._create_order().with_user(self.salesperson)) as form:
            form.channel_member_id = other
        order = self.env["sale.order"].search([], order="id desc", limit=1)
        self.assertEqual(order.channel_member_id, other)
        self.assertEqual(order.sales_channel_id, self.channel_agent)

    def test_the_member_of_a_confirmed_order_stays(self):
        order = self._create_order(self.agent)
        order.with_user(self.salesperson).action_confirm()
        self.agent.sales_member_id = False
        with self.assertRaisesRegex(UserError, "is confirmed"):
            order.with_user(self.salesperson).channel_member_id = False
        self.assertEqual(order.channel_member_id, self.member)
        order.with_user(self.director).channel_member_id = False
        self.assertFalse(order.channel_member_id)

    def test_a_copy_is_proposed_anew(self):
        order = self._create_order(self.agent)
        self.member.stage_id = self._stage("suspended")
        self.assertFalse(order.copy().channel_member_id)

    def test_a_member_brings_its_own_orders_whoever_it_bought_through(self):
        self.rival.sales_member_id = self.member
        own = self._create_member(self.rival)
        self.assertEqual(self._create_order(self.rival).channel_member_id, self.member)
        own.stage_id = self._stage("active")
        self.assertEqual(self._create_order(self.rival).channel_member_id, own)
        self.assertIn("Agent Wu", own.message_ids[:1].body)
        # Somebody decides otherwise.
        self.rival.sales_member_id = self.member
        own.priority = "1"
        self.assertEqual(self._create_order(self.rival).channel_member_id, self.member)

    def test_another_membership_is_proposed_while_one_is_suspended(self):
        other = self._create_member(stage="active")
        self.assertEqual(self.agent.sales_member_id, self.member)
        self.member.stage_id = self._stage("suspended")
        self.assertEqual(self._create_order(self.agent).channel_member_id, other)

    def test_only_active_members_bring_new_orders(self):
        order = self._create_order()
        prospect = self._create_member(self.rival)
        ended = self._create_member(self.rival, "ended")
        values = {"partner_id": self.customer_north.id}
        orders = self.env["sale.order"].with_user(self.salesperson)
        for member in (prospect, ended):
            with self.assertRaisesRegex(ValidationError, "brings no orders"):
                order.with_user(self.salesperson).channel_member_id = member
            with self.assertRaisesRegex(ValidationError, "brings no orders"):
                orders.with_context(default_channel_member_id=member.id).create(values)
        order.action_confirm()
        # What was is corrected as it was.
        order.with_user(self.director).channel_member_id = ended

    def test_a_member_of_another_company_is_refused(self):
        company = self.env["res.company"].create({"name": "Company B"})
        foreign = self._create_member(self.rival, "active", company_id=company.id)
        with self.assertRaisesRegex(UserError, "Company B|compan"):
            self._create_order(channel_member_id=foreign.id)

    def test_a_member_with_orders_is_not_deleted(self):
        self._create_order(self.agent)
        with self.assertRaisesRegex(UserError, "End the membership"):
            self.member.with_user(self.director).unlink()

    def test_an_opportunity_hands_its_member_to_its_quotations(self):
        lead = self.env["crm.lead"].create(
            {
                "name": "Press",
                "type": "opportunity",
                "partner_id": self.customer_north.id,
                "user_id": self.salesperson.id,
                "channel_member_id": self.member.id,
            }
        )
        context = lead.with_user(self.salesperson).action_new_quotation()["context"]
        form = Form(
            self.env["sale.order"].with_user(self.salesperson).with_context(**context)
        )
        order = form.save()
        self.assertEqual(order.channel_member_id, self.member)

    def _create_lead(self, partner, **values):
        return self.env["crm.lead"].create(
            {
                "name": "Press",
                "type": "opportunity",
                "partner_id": partner.id,
                "user_id": self.salesperson.id,
                "company_id": self.company.id,
                **values,
            }
        )

    def test_an_opportunity_of_no_company_has_no_member(self):
        """E.g. one by e-mail, of a customer that companies share."""
        self.customer_south.sales_member_id = self.member
        lead = self._create_lead(
            self.customer_south, user_id=False, team_id=False, company_id=False
        )
        self.assertFalse(lead.company_id or lead.channel_member_id)
        lead.company_id = self.company
        self.assertEqual(lead.channel_member_id, self.member)
        lead.company_id = False
        self.assertFalse(lead.channel_member_id)

    def test_an_opportunity_leaves_the_agent_of_a_former_customer(self):
        other = self._create_member(self.rival, stage="active")
        self.customer_north.sales_member_id = self.member
        self.customer_south.sales_member_id = other
        lead = self._create_lead(self.customer_north)
        self.assertEqual(lead.channel_member_id, self.member)
        lead.partner_id = self.customer_south
        self.assertEqual(lead.channel_member_id, other)
        lead.partner_id = self.customer_nowhere
        self.assertFalse(lead.channel_member_id)

    def test_who_was_named_before_the_customer_was_known_stays(self):
        lead = self._create_lead(
            self.env["res.partner"], channel_member_id=self.member.id
        )
        lead.partner_id = self.customer_nowhere
        self.assertEqual(lead.channel_member_id, self.member)

    def test_a_member_that_has_ended_gets_no_more_quotations(self):
        lead = self._create_lead(
            self.customer_north, channel_member_id=self.member.id
        ).with_user(self.salesperson)
        self.member.stage_id = self._stage("ended")
        context = lead._prepare_opportunity_quotation_context()
        self.assertNotIn("default_channel_member_id", context)

    def test_a_member_that_something_names_is_not_deleted(self):
        member = self._create_member(self.rival, stage="active")
        self._create_lead(self.customer_north, channel_member_id=member.id)
        with self.assertRaisesRegex(UserError, "name Rival Lin"):
            member.with_user(self.director).unlink()
        unused = self._create_member(self.customer_south, stage="active")
        unused.with_user(self.director).unlink()
        self.assertFalse(self.customer_south.sales_member_id)

    # ------------------------------------------------------------------
    # The channel
    # ------------------------------------------------------------------

    def _rule(self, **values):
        return self.env["sales.channel.rule"].create(values)

    def test_rules_come_before_the_member_and_the_customer(self):
        order = self._create_order()
        self.assertEqual(order.sales_channel_id, self.channel_agent)
        self._rule(source_id=self.source.id, channel_id=self.channel_direct.id)
        order = self._create_order(self.agent, source_id=self.source.id)
        self.assertEqual(order.sales_channel_id, self.channel_direct)
        self.assertEqual(order.channel_member_id, self.member)

    def test_the_first_rule_that_fits_decides(self):
        team = self.salesperson.sale_team_id
        both = {"source_id": self.source.id, "team_id": self.team_other.id}
        self._rule(sequence=1, channel_id=self.channel_shop.id, **both)
        self._rule(sequence=2, channel_id=self.channel_direct.id, team_id=team.id)
        rule = self._rule(
            sequence=3, channel_id=self.channel_agent.id, source_id=self.source.id
        )
        order = self._create_order(self.customer_south, source_id=self.source.id)
        self.assertEqual(order.sales_channel_id, self.channel_direct)
        rule.sequence = 1
        (rule.search([]) - rule).active = False
        order = self._create_order(self.customer_south, source_id=self.source.id)
        self.assertEqual(order.sales_channel_id, self.channel_agent)

    def test_an_order_of_the_web_shop_comes_through_it(self):
        self._rule(source_id=self.source.id, channel_id=self.channel_direct.id)
        self.env["sales.channel"].search(
            [("kind", "=", "ecommerce"), ("id", "!=", self.channel_shop.id)]
        ).active = False
        order = self.env.registry["sale.order"]
        with patch.object(order, "_is_of_web", lambda order: True):
            found = self._create_order(self.agent, source_id=self.source.id)
        self.assertEqual(found.sales_channel_id, self.channel_shop)

    def test_a_web_shop_is_found_as_soon_as_there_is_one(self):
        rules = self.env["sales.channel.rule"]
        self.env["sales.channel"].search([("kind", "=", "ecommerce")]).active = False
        self.assertFalse(rules._find_channel(self.company.id, False, False, True))
        shop = self.env["sales.channel"].create({"name": "Web", "kind": "ecommerce"})
        found = rules._find_channel(self.company.id, False, False, True)
        self.assertEqual(found, shop.id)

    def test_a_channel_that_is_gone_takes_its_rules_with_it(self):
        channel = self.env["sales.channel"].create({"name": "Fair", "kind": "direct"})
        self._rule(source_id=self.source.id, channel_id=channel.id)
        order = self._create_order(source_id=self.source.id)
        self.assertEqual(order.sales_channel_id, channel)
        order.sales_channel_id = False
        channel.unlink()
        order = self._create_order(source_id=self.source.id)
        self.assertEqual(order.sales_channel_id, self.channel_agent)

    def test_a_rule_has_a_condition(self):
        with self.assertRaisesRegex(ValidationError, "source or a sales team"):
            self._rule(channel_id=self.channel_direct.id)

    def test_orders_without_member_cost_no_query_more(self):
        def count():
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            order = self._create_order()
            self.env.flush_all()
            created = self.env.cr.sql_log_count
            order.action_confirm()
            self.env.flush_all()
            return created - before, self.env.cr.sql_log_count - created

        count()
        with_members = count()
        model = self.env.registry["sale.order"]
        with (
            patch.object(model, "_compute_channel_member_id", lambda orders: None),
            patch.object(model, "_find_sales_channel", lambda order: False),
        ):
            without = count()
        self.assertEqual(with_members, without)

    # ------------------------------------------------------------------
    # Figures
    # ------------------------------------------------------------------

    def test_order_invoice_and_collection_have_the_member_of_the_order(self):
        order = self._create_order(self.agent)
        order.action_confirm()
        invoice = order._create_invoices()
        invoice.action_post()
        self.env["account.payment.register"].with_context(
            active_model="account.move", active_ids=invoice.ids
        ).create({})._create_payments()
        for member in (self.member, self.members):
            order.channel_member_id = member
            self.env["sales.mart"]._refresh()
            for document, source in (
                (order, "order"),
                (invoice, "invoice"),
                (invoice, "payment"),
            ):
                facts = self.env["sales.fact"].search(
                    [("res_id", "=", document.id), ("source", "=", source)]
                )
                self.assertTrue(facts)
                self.assertEqual(facts.channel_member_id, member)
        for source in self.env["sales.fact"]._get_sources():
            differences = FactDifferences(source).select()
            self.assertFalse(self.env.execute_query(differences), source._code)

    @freeze_time("2026-05-15")
    def test_a_target_of_a_member_is_measured_by_its_orders(self):
        channel = self._create_target(
            parent_id=self.root.id, channel_id=self.channel_distributor.id, amount=2400
        )
        target = self._create_target(
            parent_id=channel.id, channel_member_id=self.member.id, amount=1200
        )
        self.assertEqual(target.breakdown, "channel")
        self.assertEqual(target.responsible_id, self.salesperson)
        self._start()
        self._sell(1, "2026-04-02", partner=self.agent, price=240)
        self._sell(1, "2026-04-02", price=999)
        self._refresh()
        result = self.env["sales.target.result"].search(
            [("target_id", "=", target.id), ("period", "=", "year")]
        )
        self.assertEqual((result.actual, result.attainment), (240, 20))
        self.assertEqual(self.member.sales_amount, 240)

    def test_a_target_of_a_channel_is_broken_down_by_member(self):
        channel = self._create_target(
            parent_id=self.root.id, channel_id=self.channel_distributor.id, amount=1000
        )
        self._create_member(self.rival, stage="active")
        form = Form(
            self.env["sales.target.cascade"]
            .with_user(self.director)
            .with_context(default_target_id=channel.id)
        )
        form.dimension = "channel_member_id"
        form.method = "equal"
        form.save().action_apply()
        self.assertEqual(channel.child_ids.channel_member_id, self.member)

    def test_a_target_of_a_salesperson_is_broken_down_by_their_members(self):
        target = self._create_target(
            parent_id=self.root.id, user_id=self.salesperson.id, amount=1000
        )
        agent = self._create_member(self.rival, stage="active")
        other = self.env["res.partner"].create({"name": "Of Somebody Else"})
        self._create_member(other, stage="active", user_id=self.leader.id)
        form = Form(
            self.env["sales.target.cascade"]
            .with_user(self.director)
            .with_context(default_target_id=target.id)
        )
        form.dimension = "channel_member_id"
        form.method = "equal"
        form.save().action_apply()
        self.assertEqual(target.child_ids.channel_member_id, self.member + agent)
        self.assertEqual(target.child_ids.mapped("amount"), [500, 500])

    def test_figures_of_members_come_from_cells_and_facts_alike(self):
        self._sell(1, "2026-04-02", partner=self.agent, price=70)
        self._sell(1, "2026-04-20", partner=self.agent, price=5)
        self.env["sales.mart"]._refresh()
        scope = Scope(self.company.id, channel_member_id=self.member.id)
        month = Period.month(date(2026, 4, 1))
        part = Period(month.start, month.start.replace(day=10))
        values = self.ordered._evaluate([scope], [month, part])
        self.assertEqual(values[self.ordered.id, scope, month], 75)
        self.assertEqual(values[self.ordered.id, scope, part], 70)

    def test_cells_of_members_are_summed_anew_without_this_add_on(self):
        """Else they would clash when the column goes."""
        mart = self.env["sales.mart"]
        names = mart._get_cell_dimensions(["sales_efficiency_resource"])
        self.assertEqual(names, ["channel_member_id", "expense_kind_id"])
        self._sell(1, "2026-04-02", partner=self.agent)
        mart._refresh()
        mart._forget(["sales_efficiency_resource"])
        self.env.cr.execute("SELECT FROM sales_fact_cell LIMIT 1")
        self.assertFalse(self.env.cr.rowcount)
