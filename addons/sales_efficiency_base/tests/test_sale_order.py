# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from unittest.mock import patch

from psycopg2 import IntegrityError

from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import Form, tagged, users
from odoo.tools import mute_logger

from .common import SalesEfficiencyCommon

CREDIT_FIELDS = ("user_id", "team_id", "sales_region_id", "sales_channel_id")


@tagged("post_install", "-at_install")
class TestSaleOrderDimensions(SalesEfficiencyCommon):
    """Attribution of orders, kept from confirmation on (design: credit is frozen)."""

    @users("test_salesperson")
    def test_a_quotation_takes_region_and_channel_from_its_customer(self):
        with Form(self.env["sale.order"]) as form:
            form.partner_id = self.customer_north
        order = form.record
        self.assertEqual(order.sales_region_id, self.region_north)
        self.assertEqual(order.sales_channel_id, self.channel_agent)
        order.partner_id = self.customer_south
        self.assertEqual(order.sales_region_id, self.region_south)
        self.assertFalse(order.sales_channel_id)

    def test_a_contact_without_channel_takes_that_of_its_company(self):
        contact = self.env["res.partner"].create(
            {"name": "Contact", "parent_id": self.customer_north.id}
        )
        order = self._create_order(contact)
        self.assertEqual(order.sales_region_id, self.region_north)
        self.assertEqual(order.sales_channel_id, self.channel_agent)

    @users("test_salesperson")
    def test_region_and_channel_of_a_quotation_can_be_chosen(self):
        order = self._create_order().with_env(self.env)
        with Form(order) as form:
            form.sales_region_id = self.region_south
            form.sales_channel_id = self.channel_shop
        order.action_confirm()
        self.assertEqual(order.sales_region_id, self.region_south)
        self.assertEqual(order.sales_channel_id, self.channel_shop)

    def test_a_copy_asks_the_customer_again(self):
        order = self._create_order()
        order.action_confirm()
        self.customer_north.sales_region_id = self.region_south
        self.assertEqual(order.copy().sales_region_id, self.region_south)

    def test_nothing_of_a_confirmed_order_changes_with_people_and_customers(self):
        order = self._create_order(
            sales_credit_ids=[
                Command.create({"user_id": self.salesperson.id, "share": 60}),
                Command.create({"user_id": self.colleague.id, "share": 40}),
            ]
        )
        order.action_confirm()
        before = order.read(CREDIT_FIELDS), order.sales_credit_ids.read()
        self.customer_north.write(
            {
                "country_id": self.country_b.id,
                "sales_channel_id": self.channel_shop.id,
                "user_id": self.outsider.id,
            }
        )
        self.team_other.member_ids += self.colleague
        self.salesperson.action_archive()
        self.region_north.action_archive()
        self.region_south.unlink()
        self.env.flush_all()
        self.env.invalidate_all()
        after = order.read(CREDIT_FIELDS), order.sales_credit_ids.read()
        self.assertEqual(after, before)

    def test_what_counted_for_a_region_keeps_it_from_being_deleted(self):
        self._create_order(self.customer_south)
        self.env.flush_all()
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"):
            self.region_south.unlink()

    @users("test_salesperson")
    def test_a_salesperson_cannot_change_what_a_confirmed_order_counts_for(self):
        order = self._create_order().with_env(self.env)
        order.action_confirm()
        changes = (
            {"user_id": self.colleague.id},
            {"team_id": self.team_other.id},
            {"sales_region_id": self.region_south.id},
            {"sales_channel_id": False},
            {"sales_credit_ids": [
                Command.create({"user_id": self.colleague.id, "share": 100})
            ]},
        )  # fmt: skip
        for values in changes:
            with self.subTest(values), self.assertRaisesRegex(UserError, order.name):
                order.write(values)
        order.write(
            {name: order[name].id for name in CREDIT_FIELDS}
            | {"client_order_ref": "Your number"}
        )
        self.assertEqual(order.client_order_ref, "Your number")

    @users("test_salesperson")
    def test_the_form_of_a_confirmed_order_is_read_only_for_a_salesperson(self):
        order = self._create_order().with_env(self.env)
        self.assertTrue(order.can_edit_sales_credit)
        order.action_confirm()
        with Form(order) as form:
            for name in (*CREDIT_FIELDS, "sales_credit_ids"):
                with self.subTest(name), self.assertRaises(AssertionError):
                    setattr(form, name, order[name])

    @users("test_director")
    def test_a_director_corrects_a_confirmed_order_and_the_chatter_tells(self):
        order = self._create_order().with_env(self.env(context={}))
        order.action_confirm()
        self.env.cr.flush()
        with Form(order) as form:
            form.user_id = self.colleague
            form.sales_region_id = self.region_south
        self.env.cr.flush()
        tracked = order.message_ids.sudo().tracking_value_ids.field_id.mapped("name")
        self.assertIn("user_id", tracked)
        self.assertIn("sales_region_id", tracked)

    def test_the_dimensions_cost_no_query(self):
        """Creating, confirming and changing an order takes as many queries as without
        our methods."""

        def count_queries():
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            order = self._create_order()
            order.action_confirm()
            order.user_id = self.colleague
            self.env.flush_all()
            return self.env.cr.sql_log_count - before

        count_queries()
        with_dimensions = count_queries()
        model = self.registry["sale.order"]
        with (
            patch.object(model, "_compute_sales_region_id", lambda orders: None),
            patch.object(model, "_compute_sales_channel_id", lambda orders: None),
            patch.object(
                model, "_check_sales_credit_frozen", lambda orders, vals: None
            ),
        ):
            without = count_queries()
        self.assertEqual(with_dimensions, without)

    @users("test_salesperson")
    def test_orders_are_found_and_grouped_by_region(self):
        order = self._create_order().with_env(self.env)
        found = self.env["sale.order"].search(
            [("sales_region_id", "child_of", self.region_world.id)]
        )
        self.assertEqual(found, order)
        groups = self.env["sale.order"]._read_group(
            [], ["sales_region_id"], ["__count"]
        )
        self.assertEqual(groups, [(self.region_north, 1)])

    def test_a_dimension_of_another_company_is_refused(self):
        company_b = self.env["res.company"].create({"name": "Company B"})
        for record in (self.region_south, self.channel_shop):
            record.company_id = company_b
        order = self._create_order()
        for name, record in (
            ("sales_region_id", self.region_south),
            ("sales_channel_id", self.channel_shop),
        ):
            with self.assertRaisesRegex(UserError, "belongs to Company B"):
                order[name] = record
            with self.assertRaisesRegex(UserError, "belongs to Company B"):
                self._create_order(**{name: record.id})
        team_b = self.env["crm.team"].create({"name": "B", "company_id": company_b.id})
        credit = {"user_id": self.outsider.id, "share": 100}
        order.sales_credit_ids = [Command.create(credit)]
        with self.assertRaisesRegex(UserError, "belongs to Company B"):
            order.sales_credit_ids.team_id = team_b

    def test_the_invoices_of_a_corrected_order_follow_it(self):
        order = self._create_order()
        order.action_confirm()
        invoice = order._create_invoices()
        invoice.action_post()
        order.with_user(self.director).write(
            {"user_id": self.outsider.id, "team_id": self.team_other.id}
        )
        self.assertEqual(invoice.invoice_user_id, self.outsider)
        self.assertEqual(invoice.team_id, self.team_other)
        self.assertTrue(invoice.with_user(self.outsider).has_access("read"))

    def test_the_cost_behind_a_margin_is_not_written_by_hand(self):
        order = self._create_order()
        line = order.order_line[:1]
        cost = line.sales_unit_cost
        line.with_user(self.salesperson).write({"sales_unit_cost": cost + 1})
        self.assertEqual(line.sales_unit_cost, cost)
