# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from psycopg2 import IntegrityError

from odoo import Command
from odoo.exceptions import UserError, ValidationError
from odoo.tests import Form, tagged, users
from odoo.tools import mute_logger

from .common import SalesEfficiencyCommon


@tagged("post_install", "-at_install")
class TestSalesRegion(SalesEfficiencyCommon):
    """Regions, their mapping and their companies (policy 2.1.1, 2.1.3)."""

    @users("test_director")
    def test_director_maps_a_country(self):
        with Form(self.env["sales.region"]) as form:
            form.name = "Test East"
            form.parent_id = self.region_world
            form.country_ids.add(self.country_b)
        self.assertEqual(form.record.display_name, "Test World / Test East")
        self.assertEqual(self.customer_nowhere.sales_region_id, form.record)

    def test_two_regions_cannot_have_the_same_country(self):
        with self.assertRaises(ValidationError) as error:
            self.region_south.country_ids = self.country_a
        message = str(error.exception)
        for name in ("Test World / Test North", "Test World / Test South", "Country A"):
            self.assertIn(name, message)

    def test_two_regions_cannot_have_the_same_state(self):
        with self.assertRaises(ValidationError) as error:
            self.env["sales.region"].create(
                {"name": "Test West", "state_ids": self.state_s.ids}
            )
        message = str(error.exception)
        for name in ("Test West", "Test World / Test South", "State S"):
            self.assertIn(name, message)

    def test_the_regions_of_two_companies_may_overlap(self):
        company_b = self.env["res.company"].create({"name": "Company B"})
        self.region_world.child_ids.company_id = self.company
        region_b = self.env["sales.region"].create(
            {
                "name": "Test North of B",
                "company_id": company_b.id,
                "country_ids": self.country_a.ids,
            }
        )
        self.customer_north.company_id = company_b
        self.assertEqual(self.customer_north.sales_region_id, region_b)
        with self.assertRaises(ValidationError):
            region_b.company_id = False

    def test_an_overlap_with_a_region_that_cannot_be_seen_is_refused(self):
        company_b = self.env["res.company"].create({"name": "Company B"})
        self.region_north.company_id = company_b
        with self.assertRaisesRegex(ValidationError, "Test North"):
            self.env["sales.region"].with_user(self.director).create(
                {"name": "Test All", "country_ids": self.country_a.ids}
            )

    def test_an_archived_region_gives_its_countries_free(self):
        self.region_north.action_archive()
        self.assertFalse(self.customer_north.sales_region_id)
        other = self.env["sales.region"].create(
            {"name": "Test New North", "country_ids": self.country_a.ids}
        )
        self.assertEqual(self.customer_north.sales_region_id, other)
        with self.assertRaises(ValidationError):
            self.region_north.action_unarchive()

    def test_only_leaves_are_mapped(self):
        with self.assertRaisesRegex(ValidationError, "Test World has sub-regions"):
            self.region_world.country_ids = self.country_b
        with self.assertRaisesRegex(ValidationError, "North has sub-regions"):
            self.env["sales.region"].create(
                {"name": "Test Far North", "parent_id": self.region_north.id}
            )

    def test_a_region_cannot_be_above_itself(self):
        with self.assertRaisesRegex(
            UserError, "Test World would become its own parent"
        ):
            self.region_world.parent_id = self.region_south

    def test_a_parent_belongs_to_the_same_company(self):
        company_b = self.env["res.company"].create({"name": "Company B"})
        self.region_world.company_id = company_b
        with self.assertRaises(UserError):
            self.region_north.company_id = self.company

    def test_a_code_is_used_once(self):
        self.region_north.code = "N"
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"):
            self.region_south.code = "N"
            self.env.flush_all()

    def test_search_by_full_name_and_code(self):
        self.region_south.code = "S-1"
        for name in ("Test World / Test South", "rld / Test So", "S-1"):
            found = self.env["sales.region"].name_search(name, limit=None)
            self.assertIn(self.region_south.id, dict(found))
            self.assertNotIn(self.region_north.id, dict(found))
        exact = self.env["sales.region"].search(
            [("complete_name", "=", "Test World / Test South")]
        )
        self.assertEqual(exact, self.region_south)


@tagged("post_install", "-at_install")
class TestPartnerRegion(SalesEfficiencyCommon):
    def test_the_state_decides_before_the_country(self):
        self.assertEqual(self.customer_north.sales_region_id, self.region_north)
        self.assertEqual(self.customer_south.sales_region_id, self.region_south)
        self.assertFalse(self.customer_nowhere.sales_region_id)

    def test_the_region_follows_the_address(self):
        self.customer_north.state_id = self.state_s
        self.assertEqual(self.customer_north.sales_region_id, self.region_south)
        self.customer_north.write({"state_id": False, "country_id": self.country_b.id})
        self.assertFalse(self.customer_north.sales_region_id)

    @users("test_director")
    def test_a_region_set_by_hand_stays(self):
        customer = self.customer_north.with_env(self.env)
        with Form(customer) as form:
            form.sales_region_id = self.region_south
        self.assertTrue(customer.sales_region_manual)
        customer.write({"name": "Renamed", "country_id": self.country_b.id})
        self.assertEqual(customer.sales_region_id, self.region_south)
        self.region_south.write({"state_ids": [Command.clear()]})
        self.assertEqual(customer.sales_region_id, self.region_south)

        customer.action_sales_region_follow_address()
        self.assertFalse(customer.sales_region_manual)
        self.assertFalse(customer.sales_region_id)

    def test_no_region_can_be_set_by_hand(self):
        self.customer_north.sales_region_id = False
        self.customer_north.state_id = self.state_s
        self.assertFalse(self.customer_north.sales_region_id)

    def test_the_region_of_the_address_is_no_override(self):
        customer = self.env["res.partner"].create(
            {
                "name": "Imported",
                "country_id": self.country_a.id,
                "sales_region_id": self.region_north.id,
            }
        )
        self.assertFalse(customer.sales_region_manual)
        customer.state_id = self.state_s
        self.assertEqual(customer.sales_region_id, self.region_south)

    def test_an_imported_region_is_an_override(self):
        customer = self.env["res.partner"].create(
            {
                "name": "Imported",
                "country_id": self.country_a.id,
                "sales_region_id": self.region_south.id,
            }
        )
        self.assertTrue(customer.sales_region_manual)
        self.assertEqual(customer.sales_region_id, self.region_south)

    def test_a_contact_follows_its_company_and_a_delivery_address_its_own(self):
        contact, delivery = self.env["res.partner"].create(
            [
                {"name": "Contact", "parent_id": self.customer_north.id},
                {
                    "name": "Delivery",
                    "parent_id": self.customer_north.id,
                    "type": "delivery",
                    "country_id": self.country_a.id,
                    "state_id": self.state_s.id,
                },
            ]
        )
        self.assertEqual(contact.sales_region_id, self.region_north)
        self.assertEqual(delivery.sales_region_id, self.region_south)
        self.customer_north.sales_region_id = self.region_world
        self.assertEqual(contact.sales_region_id, self.region_world)
        self.assertEqual(delivery.sales_region_id, self.region_south)

    def test_a_change_of_the_mapping_moves_all_customers_alike(self):
        """The statement after a changed mapping gives the results of the compute."""
        contact = self.env["res.partner"].create(
            {"name": "Contact", "parent_id": self.customer_north.id}
        )
        self.customer_south.sales_region_id = self.region_world
        self.region_north.write(
            {"country_ids": [Command.set(self.country_b.ids)], "state_ids": False}
        )
        partners = (
            self.customer_north + self.customer_south + self.customer_nowhere + contact
        )
        by_statement = partners.mapped(lambda partner: partner.sales_region_id.name)
        self.assertEqual(by_statement, [False, "Test World", "Test North", False])
        self.env.add_to_compute(partners._fields["sales_region_id"], partners)
        by_compute = partners.mapped(lambda partner: partner.sales_region_id.name)
        self.assertEqual(by_statement, by_compute)

    def test_a_mapping_costs_the_same_for_any_number_of_customers(self):
        def count_queries(country):
            before = self.env.cr.sql_log_count
            self.region_north.country_ids = country
            self.env.flush_all()
            return self.env.cr.sql_log_count - before

        count_queries(self.country_b)
        count_queries(self.country_a)
        few = count_queries(self.country_b)
        self.env["res.partner"].create(
            [{"name": "C", "country_id": self.country_a.id} for _i in range(50)]
        )
        count_queries(self.country_a)
        self.assertEqual(count_queries(self.country_b), few)

    def test_a_mapping_does_not_touch_orders(self):
        order = self._create_order()
        order.action_confirm()
        quotation = self._create_order()
        self.region_north.country_ids = self.country_b
        self.env.invalidate_all()
        self.assertEqual(order.sales_region_id, self.region_north)
        self.assertEqual(quotation.sales_region_id, self.region_north)

    def test_the_region_of_a_shared_customer_depends_on_the_company(self):
        self.region_north.company_id = self.company
        self.assertFalse(self.customer_north.sales_region_id)
        order = self._create_order()
        self.assertEqual(order.sales_region_id, self.region_north)

    def test_counting_sales_reads_no_region_and_a_change_is_tracked(self):
        """Odoo reads each tracked field by a query of its own."""
        partners = self.env["res.partner"].with_context(
            tracking_disable=False, mail_notrack=False
        )
        partner = partners.create({"name": "Counted"})
        self.cr.flush()
        self.env.invalidate_all()
        partner.with_context(prefetch_fields=False).customer_rank += 1
        field = partner._fields["sales_region_id"]
        self.assertNotIn(partner.id, field._get_cache(self.env))
        region = self.env["sales.region"].create({"name": "Far", "code": "FAR"})
        partner.sales_region_id = region
        self.cr.flush()
        values = partner.message_ids.tracking_value_ids
        tracked = values.filtered(lambda v: v.field_id.name == "sales_region_id")
        self.assertEqual(tracked.new_value_char, "Far")
