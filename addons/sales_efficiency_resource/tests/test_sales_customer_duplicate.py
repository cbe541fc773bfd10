# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.sales_efficiency_resource.engine import Duplicates

from .file_common import FileCommon


@tagged("post_install", "-at_install")
class TestSalesCustomerDuplicate(FileCommon):
    """The same customer entered twice is found, for whatever reason."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.twins = cls.env["res.partner"].create(
            [{"name": "Unlike One"}, {"name": "Unlike Two"}]
        )
        cls.one, cls.two = cls.twins
        cls.found = cls.env["sales.customer.duplicate"]

    def _find(self, user=None):
        """:return: dict of reason of the groups that have the twins"""
        env = self.env(user=user or self.director)
        return [
            group.reason
            for group in Duplicates(env).find()
            if set(self.twins.ids) & set(group.ids)
        ]

    def test_each_reason_finds_them(self):
        for reason, one, other in (
            ("vat", {"vat": "be 0477.472.701"}, {"vat": "BE0477472701"}),
            ("email", {"email": "Info@Acme.example"}, {"email": "info@acme.example"}),
            ("phone", {"phone": "+886 2 2469 4407"}, {"phone": "+886224694407"}),
            (
                "website",
                {"website": "https://www.acme.example"},
                {"website": "http://acme.example/"},
            ),
            ("name", {"name": "Zacme Co., Ltd."}, {"name": "ＺＡＣＭＥ"}),
            ("name", {"name": "測試楓葉股份有限公司"}, {"name": "測試 楓葉"}),
        ):
            with self.subTest(reason=reason), self.env.cr.savepoint() as savepoint:
                self.one.write(one)
                self.two.write(other)
                self.assertEqual(self._find(), [reason])
                savepoint.rollback()
                self.env.invalidate_all()

    def test_the_same_domain_is_no_reason(self):
        self.one.email = "a@acme.example"
        self.two.email = "b@acme.example"
        self.assertEqual(self._find(), [])

    def test_contacts_and_archived_customers_are_left_out(self):
        self.two.write({"name": "Unlike One", "active": False})
        self.north_contact.name = "Unlike One"
        self.assertEqual(self._find(), [])

    def test_two_reasons_are_one_group_with_the_stronger_one(self):
        self.twins.write({"vat": "BE0477472701", "phone": "+886 2 2469 4407"})
        self.assertEqual(self._find(), ["vat"])

    def test_dismissed_pairs_stay_dismissed(self):
        self.twins.name = "Zacme"
        found = self.found.with_user(self.director)
        found.action_find()
        group = found.search([]).filtered(lambda g: self.one in g.partner_ids)
        self.assertEqual(group.key, "zacme")
        group.action_dismiss()
        self.assertEqual(self._find(), [])
        self.env["res.partner"].create({"name": "Zacme Ltd."})
        self.assertEqual(self._find(), ["name"])
        found.action_find()

    def test_the_merge_opens_with_the_group(self):
        self.twins.name = "Zacme"
        found = self.found.with_user(self.director)
        action = found.action_find()
        self.assertEqual(action["domain"], [("create_uid", "=", self.director.id)])
        group = found.search([]).filtered(lambda g: self.one in g.partner_ids)
        action = group.action_merge()
        wizard = (
            self.env["base.partner.merge.automatic.wizard"]
            .with_user(self.director)
            .with_context(**action["context"])
            .create({})
        )
        self.assertEqual(wizard.partner_ids, self.twins)
        with mute_logger("odoo.addons.base.partner.merge"):
            wizard.action_merge()
        self.assertEqual(len(self.twins.exists()), 1)
        self.assertFalse(group.exists())

    def test_a_group_that_was_merged_elsewhere_says_so(self):
        group = self.found.create(
            {"reason": "name", "partner_ids": [(6, 0, self.one.ids)]}
        )
        with self.assertRaisesRegex(UserError, "already"):
            group.action_merge()

    def test_leaders_find_those_of_their_people_and_of_nobody(self):
        self.twins.name = "Zacme"
        self.one.user_id = self.salesperson
        self.assertEqual(self._find(self.leader), ["name"])
        self.two.user_id = self.outsider
        self.assertEqual(self._find(self.leader), [])

    def test_customers_of_another_company_are_not_found(self):
        self.twins.name = "Zacme"
        self.two.company_id = self.other_company
        self.assertEqual(self._find(), [])

    def test_salespeople_do_not_search(self):
        with self.assertRaises(AccessError):
            self.found.with_user(self.salesperson).action_find()

    def test_the_search_takes_the_same_queries_for_many(self):
        def count():
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            Duplicates(self.env(user=self.director)).find()
            return self.env.cr.sql_log_count - before

        count()
        few = count()
        self.env["res.partner"].create(
            [{"name": f"Zacme {n // 2}"} for n in range(200)]
        )
        count()
        self.assertEqual(count(), few)
