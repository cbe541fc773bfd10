# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..engine import CleaningProposals
from .quality_common import QualityCommon

PHONE, CLEAN_PHONE = "02-2469-4407", "+886 2 2469 4407"


@tagged("post_install", "-at_install")
class TestSalesDataCleaning(QualityCommon):
    """What is proposed is applied by a person, and can be undone."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cleanings = cls.env["sales.data.cleaning"]
        cls.taiwan = cls.env.ref("base.tw")
        cls.customers.country_id = cls.taiwan
        cls.customer_north.phone = PHONE

    @classmethod
    def _propose(cls, records=None):
        records = records or cls.customers
        CleaningProposals(cls.env).propose(records._name, records.ids)
        return cls.cleanings.search(
            [
                ("res_model", "=", records._name),
                ("res_id", "in", records.ids),
                ("state", "=", "proposed"),
            ]
        )

    def test_each_kind_is_proposed_with_before_and_after(self):
        self.customer_north.write(
            {"name": "harvest  moon", "email": "Info@X.EXAMPLE", "vat": "04 59 52 57"}
        )
        self.assertEqual(
            {c.kind: (c.before, c.after) for c in self._propose()},
            {
                "name": ("harvest  moon", "Harvest Moon"),
                "email": ("Info@X.EXAMPLE", "info@x.example"),
                "phone": (PHONE, CLEAN_PHONE),
                "tax_id": ("04 59 52 57", "04595257"),
            },
        )

    def test_the_state_is_that_of_other_customers_of_the_zip(self):
        state = self.env.ref("base.state_tw_tpc")
        self.customer_north.write({"zip": "99114", "phone": False})
        for customer in self.customer_south | self.customer_nowhere:
            self.assertFalse(self._propose(self.customer_north))
            customer.write({"zip": "99114 ", "state_id": state.id})
        cleaning = self._propose(self.customer_north)
        self.assertEqual((cleaning.before, cleaning.after), ("", state.name))
        cleaning.with_user(self.salesperson).action_apply()
        self.assertEqual(self.customer_north.state_id, state)
        cleaning.with_user(self.salesperson).action_undo()
        self.assertFalse(self.customer_north.state_id)

    def test_the_state_is_told_by_the_city(self):
        state = self.env.ref("base.state_tw_tpc")
        self.customer_north.write({"city": state.name.upper(), "phone": False})
        self.assertEqual(self._propose(self.customer_north).after, state.name)

    def test_leads_are_cleaned_too(self):
        lead = self.env["crm.lead"].create(
            {
                "name": "Lead",
                "user_id": self.salesperson.id,
                "email_from": "Info@X.EXAMPLE",
                "country_id": self.taiwan.id,
            }
        )
        cleaning = self._propose(lead)
        self.assertEqual((cleaning.kind, cleaning.after), ("email", "info@x.example"))
        cleaning.with_user(self.salesperson).action_apply()
        self.assertEqual(lead.email_from, "info@x.example")

    def test_it_is_applied_as_the_user_and_undone(self):
        cleaning = self._propose().with_user(self.salesperson)
        cleaning.action_apply()
        self.assertEqual(self.customer_north.phone, CLEAN_PHONE)
        self.assertEqual(self.customer_north.write_uid, self.salesperson)
        self.assertRecordValues(
            cleaning, [{"state": "applied", "applied_by_id": self.salesperson.id}]
        )
        self.assertFalse(self._propose())
        cleaning.action_undo()
        self.assertEqual(self.customer_north.phone, PHONE)
        self.assertEqual(cleaning.state, "undone")
        self.assertFalse(self._propose(), "It is not proposed again.")

    def test_a_field_of_an_addon_that_has_gone_is_left_alone(self):
        cleaning = self._propose()
        cleaning.sudo().field_name = "x_gone"
        done = cleaning.with_user(self.salesperson).action_apply()
        self.assertIn("Left as they are", done["params"]["message"])
        self.assertEqual(cleaning.state, "outdated")

    def test_nothing_is_applied_where_the_record_has_changed(self):
        cleaning = self._propose()
        self.customer_north.phone = "02 1234 5678"
        done = cleaning.with_user(self.salesperson).action_apply()
        self.assertIn("have changed since: 1", done["params"]["message"])
        self.assertEqual(self.customer_north.phone, "02 1234 5678")
        self.assertEqual(cleaning.state, "outdated")

    def test_nothing_is_undone_where_the_record_has_changed(self):
        cleaning = self._propose()
        cleaning.action_apply()
        self.customer_north.phone = "+886 2 1234 5678"
        cleaning.action_undo()
        self.assertEqual(self.customer_north.phone, "+886 2 1234 5678")
        self.assertEqual(cleaning.state, "applied")

    def test_a_deleted_record_is_left(self):
        partner = self.env["res.partner"].create(
            {"name": "Gone", "email": "A@X.EXAMPLE", "user_id": self.salesperson.id}
        )
        cleaning = self._propose(partner)
        partner.unlink()
        cleaning.action_apply()
        self.assertEqual(cleaning.state, "outdated")
        self.assertEqual(cleaning.record_name, "Deleted record")

    def test_it_needs_the_right_to_edit_the_record(self):
        cleaning = self._propose()
        self.env.ref("base.group_partner_manager").user_ids -= self.salesperson
        rule = self.env["ir.rule"].create(
            {
                "name": "Closed",
                "model_id": self.env.ref("base.model_res_partner").id,
                "perm_read": False,
                "domain_force": f"[('id', '!=', {self.customer_north.id})]",
            }
        )
        for name in ("action_apply", "action_dismiss"):
            with self.subTest(name), self.assertRaises(AccessError):
                getattr(cleaning.with_user(self.salesperson), name)()
        rule.unlink()
        self.assertEqual(self.customer_north.phone, PHONE)
        self.assertEqual(cleaning.state, "proposed")

    def test_everybody_sees_what_concerns_their_records(self):
        cleaning = self._propose()
        for user, is_seen in (
            (self.salesperson, True),
            (self.outsider, False),
            (self.leader, True),
            (self.director, True),
        ):
            with self.subTest(user.name):
                found = self.cleanings.with_user(user).search(
                    [("id", "=", cleaning.id)]
                )
                self.assertEqual(bool(found), is_seen)
        with self.assertRaises(AccessError):
            cleaning.with_user(self.outsider).action_apply()

    def test_users_cannot_say_what_is_proposed(self):
        cleaning = self._propose().with_user(self.director)
        with self.assertRaises(AccessError):
            cleaning.new = {"value": "1"}
        with self.assertRaises(AccessError):
            cleaning.field_name = "comment"
        with self.assertRaises(AccessError):
            self.cleanings.with_user(self.director).create({"kind": "phone"})

    def test_what_is_dismissed_is_not_proposed_again(self):
        cleaning = self._propose()
        cleaning.with_user(self.salesperson).action_dismiss()
        self.assertFalse(self._propose())
        self.customer_north.phone = "02-2469-4408"
        self.assertEqual(self._propose().after, "+886 2 2469 4408")

    def test_what_is_right_by_now_is_proposed_no_more(self):
        cleaning = self._propose()
        self.assertEqual(self._propose(), cleaning)
        self.customer_north.phone = CLEAN_PHONE
        self.assertFalse(self._propose())
        self.assertFalse(cleaning.exists())

    def test_it_follows_the_customer_to_another_salesperson(self):
        cleaning = self._propose()
        self.customer_north.user_id = self.colleague
        self._propose()
        self.assertEqual(cleaning.user_id, self.colleague)

    def test_several_are_applied_at_once(self):
        self.customer_south.phone = "02-2469-4409"
        cleanings = self._propose()
        done = cleanings.with_user(self.director).action_apply()
        self.assertEqual(done["params"]["message"], "Applied: 2.")
        self.assertEqual(self.customer_south.phone, "+886 2 2469 4409")

    # ------------------------------------------------------------------
    # Duplicates
    # ------------------------------------------------------------------

    def _propose_merge(self):
        self.customer_south.write({"name": "Customer North Co., Ltd."})
        CleaningProposals(self.env).propose_duplicates()
        return self.cleanings.search(
            [
                ("kind", "=", "duplicate"),
                ("res_id", "in", self.customers.ids),
                ("state", "=", "proposed"),
            ]
        )

    @mute_logger("odoo.addons.base.partner.merge")
    def test_duplicates_are_merged_by_odoo_and_stay_merged(self):
        cleaning = self._propose_merge()
        self.assertEqual(cleaning.before, "Customer North · Customer North Co., Ltd.")
        self.assertEqual(self._propose_merge(), cleaning)
        action = cleaning.with_user(self.director).action_apply()
        self.assertEqual(
            action["context"]["active_ids"],
            (self.customer_north | self.customer_south).ids,
        )
        self.env["base.partner.merge.automatic.wizard"].with_user(self.director).create(
            {
                "partner_ids": [
                    Command.set((self.customer_north | self.customer_south).ids)
                ],
                "dst_partner_id": self.customer_north.id,
            }
        ).action_merge()
        self.env.invalidate_all()
        self.assertRecordValues(
            cleaning, [{"state": "applied", "res_id": self.customer_north.id}]
        )
        with self.assertRaisesRegex(UserError, "stay merged"):
            cleaning.with_user(self.director).action_undo()

    def test_duplicates_are_merged_one_at_a_time(self):
        cleanings = self._propose_merge() | self._propose()
        with self.assertRaisesRegex(UserError, "one at a time"):
            cleanings.with_user(self.director).action_apply()
        self.assertEqual(self.customer_north.phone, PHONE)

    def test_dismissed_duplicates_are_known_to_differ(self):
        self._propose_merge().with_user(self.director).action_dismiss()
        self.assertFalse(self._propose_merge())

    def test_salespeople_do_not_merge(self):
        self.customer_south.user_id = self.salesperson
        cleaning = self._propose_merge().with_user(self.salesperson)
        self.assertEqual(cleaning.user_id, self.salesperson)
        with self.assertRaises(AccessError):
            cleaning.action_apply()

    # ------------------------------------------------------------------
    # Job
    # ------------------------------------------------------------------

    def test_the_job_finds_customers_their_contacts_and_leads(self):
        contact, stranger = self.env["res.partner"].create(
            [
                {"name": "Contact", "parent_id": self.customer_north.id},
                {"name": "Stranger"},
            ]
        )
        found = CleaningProposals(self.env).find_records()
        partner_ids = set(found["res.partner"])
        self.assertLessEqual({*self.customers.ids, contact.id}, partner_ids)
        self.assertNotIn(stranger.id, partner_ids)

    def test_queries_do_not_depend_on_records(self):
        def count(partners):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            CleaningProposals(self.env).propose("res.partner", partners.ids)
            self.env.flush_all()
            return self.env.cr.sql_log_count - before

        count(self.customers)
        few = count(self.customers)
        partners = self.env["res.partner"].create(
            [{"name": f"Many {number}", "is_company": True} for number in range(50)]
        )
        self.assertLessEqual(count(partners), few)

    def test_the_job_proposes(self):
        with self.enter_registry_test_mode():
            self.env.ref(
                "sales_efficiency_analytics.ir_cron_data_cleaning"
            ).method_direct_trigger()
        self.assertTrue(
            self.cleanings.search(
                [("res_id", "=", self.customer_north.id), ("kind", "=", "phone")]
            )
        )

    def test_only_directors_start_the_job(self):
        self.cleanings.with_user(self.director).action_propose_soon()
        with self.assertRaises(UserError):
            self.cleanings.with_user(self.leader).action_propose_soon()
