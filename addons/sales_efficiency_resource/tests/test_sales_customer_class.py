# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from unittest.mock import patch

from odoo.exceptions import ValidationError
from odoo.tests import freeze_time, tagged

from .grading_common import GradingCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-10-15 12:00:00")
class TestSalesCustomerClass(GradingCommon):
    """Customers get the first class whose rule they match, or one by hand."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["sales.customer.class"].search([]).active = False
        cls.agents, cls.firms, cls.partners = cls.env["sales.customer.class"].create(
            [
                {
                    "name": "Agents",
                    "sequence": 1,
                    "is_automatic": True,
                    "domain": f"[('sales_channel_id', '=', {cls.channel_agent.id})]",
                },
                {
                    "name": "Firms",
                    "sequence": 2,
                    "is_automatic": True,
                    "domain": "[('is_company', '=', True)]",
                },
                {"name": "Partners", "sequence": 0},
            ]
        )

    def _assign(self):
        self.env["sales.customer.class"].with_user(self.director).action_assign()
        self.env.invalidate_all()

    def test_the_first_match_wins(self):
        self._assign()
        self.assertEqual(self.customer_north.sales_class_id, self.agents)
        self.assertEqual(self.customer_south.sales_class_id, self.firms)
        self.agents.sequence = 5
        self._assign()
        self.assertEqual(self.customer_north.sales_class_id, self.firms)

    def test_a_class_set_by_hand_stays_until_it_is_emptied(self):
        south = self.customer_south.with_user(self.director)
        south.sales_class_id = self.partners
        self.assertTrue(south.sales_class_manual)
        self._assign()
        self.assertEqual(south.sales_class_id, self.partners)
        south.sales_class_id = False
        self._assign()
        self.assertEqual(south.sales_class_id, self.firms)

    def test_who_matches_no_more_has_no_class(self):
        self._assign()
        self.customer_south.is_company = False
        self._assign()
        self.assertFalse(self.customer_south.sales_class_id)

    def test_each_company_has_its_own(self):
        other = self.env["res.company"].create({"name": "Company B"})
        self.firms.company_id = False
        with self.enter_registry_test_mode():
            self.env.ref(
                "sales_efficiency_resource.ir_cron_customer_classes"
            ).method_direct_trigger()
        self.env.invalidate_all()
        north = self.customer_north
        self.assertEqual(north.sales_class_id, self.agents)
        self.assertEqual(north.with_company(other).sales_class_id, self.firms)

    def test_no_company_is_left_out_when_time_is_up(self):
        other = self.env["res.company"].create({"name": "Company B"})
        self.firms.company_id = False
        with patch.object(
            type(self.env["ir.cron"]), "_commit_progress", lambda *_args, **_kwargs: 0
        ):
            self.env["sales.customer.class"]._cron_assign()
        self.env.invalidate_all()
        north = self.customer_north
        self.assertEqual(north.with_company(other).sales_class_id, self.firms)

    def test_filters_that_make_no_sense_are_refused(self):
        for domain in ("[('no_field', '=', 1)]", "is_company", "[("):
            with self.assertRaisesRegex(ValidationError, "filter of Firms"):
                self.firms.domain = domain

    def test_queries_do_not_depend_on_the_number_of_customers(self):
        self._assign()
        counts = []
        for number in (1, 20):
            self._create_customers(number)
            self.env.flush_all()
            before = self.env.cr.sql_log_count
            self._assign()
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(*counts)
