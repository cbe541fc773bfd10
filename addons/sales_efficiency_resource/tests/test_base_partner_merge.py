# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from freezegun import freeze_time

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from .file_common import FileCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-06-15 12:00:00")
class TestBasePartnerMerge(FileCommon):
    """Customer South turns out to be a duplicate of Customer North."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.clerk = new_test_user(
            cls.env,
            login="file_clerk",
            groups="base.group_user,base.group_partner_manager",
        )

    def _merge(self, partners=None, into=None, user=None):
        """Merge as a clerk, who may not see files."""
        partners = partners or self.customer_north | self.customer_south
        into = into or self.customer_north
        wizard = self.env["base.partner.merge.automatic.wizard"]
        with mute_logger("odoo.addons.base.partner.merge"):
            wizard.with_user(user or self.clerk).create(
                {
                    "partner_ids": [Command.set(partners.ids)],
                    "dst_partner_id": into.id,
                }
            ).action_merge()
        self.env.invalidate_all()
        self.assertFalse((partners - into).exists())

    def test_models_that_hinder_a_merge_join_their_records(self):
        """Odoo updates customers by plain SQL: unique indexes would make this fail."""
        self.env.cr.execute(
            """
            SELECT DISTINCT con.conrelid::regclass::text
              FROM pg_constraint con
              JOIN pg_attribute att ON att.attrelid = con.conrelid
               AND att.attnum = ANY(con.conkey)
              JOIN pg_index i ON i.indrelid = con.conrelid AND i.indisunique
             WHERE con.contype = 'f' AND con.confrelid = 'res_partner'::regclass
               AND pg_get_indexdef(i.indexrelid) ~ att.attname
            """
        )
        hindered = {table for [table] in self.env.cr.fetchall()}
        for name, model in self.registry.items():
            is_own = model._original_module == "sales_efficiency_resource"
            if is_own and not model._abstract and model._table in hindered:
                with self.subTest(name):
                    self.assertTrue(hasattr(model, "_merge_partners"))

    def test_all_of_both_files_is_kept(self):
        north = self._create_stakeholder(self.customer_north, self.north_contact)
        south = self._create_stakeholder(self.customer_south, self.south_contact)
        need = self._create_need(self.customer_south, self.line_b, amount=7)
        self._merge()
        self.assertEqual(self.customer_north.sales_stakeholder_ids, north | south)
        self.assertEqual(need.partner_id, self.customer_north)

    def test_needs_of_the_same_line_become_one(self):
        kept = self._create_need(
            self.customer_north, self.line_a, amount=100, supplier="Rival"
        )
        other = self._create_need(
            self.customer_south, self.line_a, amount=250, share=40, note="Urgent"
        )
        self._merge()
        self.assertFalse(other.exists())
        self.assertRecordValues(
            kept, [{"amount": 100, "share": 40, "supplier": "Rival"}]
        )
        self.assertIn("250", kept.note)
        self.assertIn("Urgent", kept.note)

    def test_needs_in_particular_stay_as_many_as_they_are(self):
        for customer in (self.customer_north, self.customer_south):
            self._create_need(
                customer, self.line_a, kind="particular", name="Fewer rejects"
            )
        self._merge()
        needs = self.env["sales.need"]
        self.assertEqual(
            needs.search_count([("partner_id", "=", self.customer_north.id)]), 2
        )

    def test_needs_of_two_companies_stay_two(self):
        self._create_need(self.customer_north, self.line_a)
        self._create_need(
            self.customer_south,
            self.line_a,
            company_id=self.other_company.id,
            currency_id=self.other_company.currency_id.id,
        )
        self._merge()
        needs = self.env["sales.need"]
        self.assertEqual(
            needs.search_count([("partner_id", "=", self.customer_north.id)]), 2
        )

    def test_a_person_who_stood_there_twice_stands_there_once(self):
        """Messages, activities and the judgement after the last talk are kept."""
        twin = self.env["res.partner"].create(
            {"name": "Nora N.", "parent_id": self.customer_north.id}
        )
        kept = self._create_stakeholder(
            self.customer_north, self.north_contact, date_talk="2026-03-01"
        )
        other = self._create_stakeholder(
            self.customer_north,
            twin,
            attitude="-2",
            date_talk="2026-05-01",
            note="Angry",
        )
        other.message_post(body="Met at the fair")
        self._merge(self.north_contact | twin, self.north_contact)
        self.assertFalse(other.exists())
        self.assertRecordValues(
            kept, [{"attitude": "-2", "note": "Angry", "active": True}]
        )
        self.assertIn("Met at the fair", "".join(kept.message_ids.mapped("body")))

    def test_an_archived_stakeholder_does_not_replace_an_active_one(self):
        gone = self._create_stakeholder(self.customer_north, self.north_contact)
        gone.active = False
        self.env.flush_all()
        kept = self._create_stakeholder(self.customer_north, self.north_contact)
        self._merge()
        self.assertTrue(kept.exists())
        self.assertTrue(kept.active)

    def test_the_own_potential_wins(self):
        self.customer_north.write(
            {"sales_potential_amount": 10, "sales_potential_source": False}
        )
        self.customer_south.write(
            {"sales_potential_amount": 99, "sales_potential_source": "survey"}
        )
        self._merge()
        self.assertRecordValues(
            self.customer_north,
            [{"sales_potential": 10, "sales_potential_source": False}],
        )

    def test_else_the_potential_of_the_other_one_is_taken_as_a_whole(self):
        self.customer_north.write({"sales_potential_amount": 10})
        self.customer_north.write({"sales_potential_amount": 0})
        self.customer_south.write(
            {"sales_potential_amount": 99, "sales_potential_source": "survey"}
        )
        other = self.customer_south.with_company(self.other_company)
        other.sales_potential_amount = 5
        self._merge()
        self.assertRecordValues(
            self.customer_north,
            [
                {
                    "sales_potential": 99,
                    "sales_potential_source": "survey",
                    "sales_potential_currency_id": self.company.currency_id.id,
                }
            ],
        )
        other = self.customer_north.with_company(self.other_company)
        self.assertEqual(other.sales_potential, 5)

    def test_class_and_preferences_are_taken_where_there_are_none(self):
        key, shop = self.env["sales.customer.class"].create(
            [{"name": "Key"}, {"name": "Shop"}]
        )
        self.customer_north.sales_class_id = key
        self.customer_north.sales_class_id = False
        self.customer_north.sales_preferences = "Mine"
        self.customer_south.write(
            {"sales_class_id": shop.id, "sales_preferences": "Theirs"}
        )
        self._merge()
        self.assertEqual(self.customer_north.sales_class_id, shop)
        self.assertEqual(self.customer_north.sales_preferences, "Mine")

    def test_pairs_known_to_differ_follow(self):
        pairs = self.env["sales.customer.distinct"]
        nowhere = self.customer_nowhere
        pairs._tell_apart(self.customer_south | nowhere)
        pairs._tell_apart(self.customer_north | self.customer_south)
        self._merge()
        left = pairs.search([("partner_id", "in", (nowhere | self.customer_north).ids)])
        self.assertEqual(left.partner_id | left.other_id, self.customer_north | nowhere)
        self.assertEqual(len(left), 1)

    def test_the_file_goes_to_the_commercial_partner(self):
        """Customer South was the private address of Nora North."""
        need = self._create_need(self.customer_south, self.line_a, amount=4)
        self.customer_south.is_company = False
        self.south_contact.unlink()
        self._merge(self.customer_south | self.north_contact, self.north_contact)
        self.assertEqual(need.partner_id, self.customer_north)

    def test_leaders_merge_what_was_found_and_nothing_else(self):
        self.customer_north.email = "a@north.example"
        self.customer_south.write({"user_id": False, "email": "b@south.example"})
        both = self.customer_north | self.customer_south
        with self.assertRaisesRegex(AccessError, "duplicates"):
            self._merge(user=self.leader)
        both.phone = "+886 2 2469 4407"
        self._merge(user=self.leader)
        self.assertEqual(self.customer_north.email, "a@north.example")

    def test_leaders_do_not_merge_customers_of_other_teams(self):
        (self.customer_north | self.customer_south).phone = "+886 2 2469 4407"
        with self.assertRaisesRegex(AccessError, "duplicates"):
            self._merge(user=self.leader)
        self._merge(user=self.director)

    def test_salespeople_merge_nothing(self):
        (self.customer_north | self.customer_south).phone = "+886 2 2469 4407"
        with self.assertRaises(AccessError):
            self._merge(user=self.salesperson)
