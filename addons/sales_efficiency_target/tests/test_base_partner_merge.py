# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date

from freezegun import freeze_time

from odoo import Command
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from .common import SalesTargetCommon


@freeze_time("2026-08-01 12:00:00")
@tagged("post_install", "-at_install")
class TestBasePartnerMerge(SalesTargetCommon):
    """Customer South turns out to be a duplicate of Customer North."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customers = cls.customer_north | cls.customer_south
        cls.clerk = new_test_user(
            cls.env, login="clerk", groups="base.group_user,base.group_partner_manager"
        )
        cls.root.amount = 2400
        cls.south = cls._create_target(
            parent_id=cls.root.id, partner_id=cls.customer_south.id, amount=1200
        )
        cls._create_history(
            (date(2026, 7, 1), 100, {"partner_id": cls.customer_south.id}),
            (date(2026, 7, 1), 7, {"partner_id": cls.customer_north.id}),
        )

    def _start(self):
        with freeze_time("2026-01-02 12:00:00"):
            plan = super()._start()
        self.env["sales.target.result"]._refresh_running()
        return plan

    def _merge(self, customers=None, into=None):
        """Merge as a clerk, who may not see targets."""
        customers = customers or self.customers
        wizard = self.env["base.partner.merge.automatic.wizard"].with_user(self.clerk)
        with mute_logger("odoo.addons.base.partner.merge"):
            wizard.create(
                {
                    "partner_ids": [Command.set(customers.ids)],
                    "dst_partner_id": (into or self.customer_north).id,
                }
            ).action_merge()
        self.assertFalse((customers - (into or self.customer_north)).exists())

    def _result(self, target):
        return self.env["sales.target.result"].search(
            [("target_id", "=", target.id), ("period", "=", "year")]
        )

    def _refresh(self):
        self.env["sales.mart"]._refresh()
        self.env["sales.target.result"]._refresh_running()

    def _create_both(self):
        """:return: sibling targets of the two customers, of 1,200 and 600"""
        north = self._create_target(
            parent_id=self.root.id, partner_id=self.customer_north.id, amount=600
        )
        return self.south, north

    def test_nothing_else_can_stand_in_the_way_of_a_merge(self):
        """Odoo updates customers by plain SQL: unique indexes would make this fail, and
        constraints would make it delete the rows. Models with ``_merge_partners`` join
        their rows before, see ``sales_efficiency_resource``."""
        models = [
            self.env[name]
            for name, model in self.registry.items()
            if name.startswith("sales.") and not hasattr(model, "_merge_partners")
        ]
        self.env.cr.execute(
            """
            SELECT DISTINCT con.conrelid::regclass::text, att.attname
              FROM pg_constraint con
              JOIN pg_attribute att ON att.attrelid = con.conrelid
               AND att.attnum = ANY(con.conkey)
             WHERE con.contype = 'f' AND con.confrelid = 'res_partner'::regclass
               AND con.conrelid::regclass::text = ANY(%(tables)s)
               AND (EXISTS (
                        SELECT FROM pg_index i WHERE i.indrelid = con.conrelid
                           AND i.indisunique
                           AND pg_get_indexdef(i.indexrelid) ~ att.attname)
                    OR EXISTS (
                        SELECT FROM pg_constraint c WHERE c.conrelid = con.conrelid
                           AND c.contype IN ('c', 'u') AND att.attnum = ANY(c.conkey)
                           -- Whether there is a customer, not which
                           AND pg_get_constraintdef(c.oid)
                               !~ (att.attname || ' IS (NOT )?NULL')))
            """,
            {"tables": [model._table for model in models]},
        )
        self.assertEqual(self.env.cr.fetchall(), [("sales_target", "partner_id")])

    def test_one_target_is_measured_for_the_customer_that_is_left(self):
        self._start()
        self.assertEqual(self._result(self.south).actual, 100)
        self._merge()
        for _time in ("at once", "after the figures have followed"):
            self.assertEqual(self.south.partner_id, self.customer_north)
            self.assertEqual(self._result(self.south).actual, 107)
            groups = self.env["sales.target.result"]._read_group(
                [("plan_id", "=", self.plan.id)], ["partner_id"]
            )
            names = {customer.display_name for [customer] in groups if customer}
            self.assertEqual(names, {"Customer North"})
            self._refresh()

    def test_targets_of_both_are_added_up(self):
        south, north = self._create_both()
        south.month_ids.filtered(lambda line: line.month.month == 1).amount = 40
        south.sudo().write({"committed_amount": 900, "committed_date": "2026-01-05"})
        north.sudo().write({"committed_amount": 500, "committed_date": "2026-02-05"})
        self._start()
        self._merge()
        self.assertFalse(south.exists())
        self.assertRecordValues(
            north,
            [
                {
                    "amount": 1740,
                    "original_amount": 1740,
                    "base_amount": (1140 + 600) * 0.8,
                    "challenge_amount": (1140 + 600) * 1.2,
                    "committed_amount": 1400,
                    "committed_date": date(2026, 2, 5),
                    "parent_id": self.root.id,
                }
            ],
        )
        self.assertEqual(self._amounts(north), [90, *[150] * 11])
        self.assertEqual(self.root.children_amount, 1740)
        self.assertEqual(self._result(north).actual, 107)
        self.assertEqual(self._result(north).amount, 1740)
        self.assertIn("1,140.00", north.message_ids[0].body)
        self._refresh()
        self.assertEqual(self._result(north).actual, 107)

    def test_what_is_known_about_a_target_is_kept(self):
        south, north = self._create_both()
        self._start()
        rule = self.env["sales.alert.rule"].create({"name": "Test"})
        alerts = self.env["sales.alert"].create(
            [
                {
                    "rule_id": rule.id,
                    **self.env["sales.alert"]._prepare_key(target, "month", day),
                    "plan_id": target.plan_id.id,
                    "company_id": target.company_id.id,
                    "metric_id": target.metric_id.id,
                    "partner_id": target.partner_id.id,
                    "date_to": day,
                    "severity": "warning",
                }
                for target, day in (
                    (south, "2026-06-01"),
                    (south, "2026-07-01"),
                    (north, "2026-07-01"),
                )
            ]
        )
        alerts[1].analysis = "Their plant has burnt down."
        item = self.env["sales.action"].create(
            {
                "name": "Visit",
                "alert_id": alerts[1].id,
                "user_id": self.salesperson.id,
                "date_deadline": "2026-08-20",
            }
        )
        causes = self.env["sales.target.cause"].create(
            {
                "target_id": south.id,
                "period": "month",
                "date_from": "2026-07-01",
                "date_to": "2026-07-31",
                "kind": "price",
                "cause": "market",
            }
        )
        self.env["sales.alert.milestone"].create(
            [
                {
                    "target_id": target.id,
                    "period": "month",
                    "date_from": "2026-07-01",
                    "reached": reached,
                }
                for target, reached in ((south, 90), (north, 50))
            ]
        )
        message = south.message_post(body="Their budget is safe.")
        to_do = south.activity_schedule(summary="Call", user_id=self.director.id)
        self._merge()
        kept = self.env["sales.alert"].search([("target_id", "=", north.id)])
        self.assertEqual(kept, alerts[0] | alerts[2])
        self.assertEqual(kept, north.alert_ids)
        self.assertEqual(kept.partner_id, self.customer_north)
        self.assertEqual(item.alert_id, alerts[2])
        self.assertEqual(alerts[2].analysis, "Their plant has burnt down.")
        self.assertEqual(causes.target_id, north)
        self.assertIn(message, north.message_ids)
        self.assertIn(to_do, north.activity_ids)
        milestones = self.env["sales.alert.milestone"].search(
            [("target_id", "=", north.id)]
        )
        self.assertEqual(milestones.reached, 90)

    def test_a_waiting_adjustment_asks_for_the_same_difference(self):
        south, north = self._create_both()
        self._start()
        adjustments = self.env["sales.target.adjustment"].create(
            [
                {
                    "target_id": target.id,
                    "ground": "market",
                    "reason": "Test",
                    "date_from": "2026-09-01",
                }
                for target in (south, north)
            ]
        )
        for adjustment in adjustments:
            adjustment.line_ids[0].amount += 10
        self._merge()
        self.assertEqual(adjustments.target_id, north)
        self.assertEqual(adjustments.mapped("difference"), [10, 10])
        for adjustment in adjustments:
            self.assertEqual(
                [(line.present_amount, line.amount) for line in adjustment.line_ids],
                [(150, 160), *[(150, 150)] * 3],
            )

    def test_parts_are_hung_below_the_target_that_is_left(self):
        south, north = self._create_both()
        other_line = self.env["product.category"].create({"name": "Other Line"})
        parts = self.env["sales.target"]
        for parent, category, amount in (
            (south, self.category, 800),
            (south, other_line, 400),
            (north, self.category, 600),
        ):
            parts |= self._create_target(
                parent_id=parent.id,
                partner_id=parent.partner_id.id,
                categ_id=category.id,
                amount=amount,
            )
        self._start()
        self._merge()
        left = parts.exists()
        self.assertEqual(north.child_ids, left)
        amounts = {part.categ_id: part.amount for part in left}
        self.assertEqual(amounts, {other_line: 400, self.category: 1400})
        self.assertEqual(north.children_amount, 1800)
        self.assertFalse(north.gap)
        for part in left:
            self.assertEqual(part.parent_path, f"{north.parent_path}{part.id}/")
            self.assertEqual(part.level, 2)
        self.assertEqual(left.partner_id, self.customer_north)

    def test_a_rate_is_not_added_up(self):
        rates = [
            self._create_target(
                metric_id=self.margin_rate.id, partner_id=customer.id, amount=amount
            )
            for customer, amount in (
                (self.customer_south, 30),
                (self.customer_north, 40),
            )
        ]
        self._start()
        self._merge()
        self.assertEqual(rates[1].amount, 40)
        self.assertIn("30", rates[1].message_ids[0].body)

    def test_a_closed_plan_keeps_its_sum(self):
        _south, north = self._create_both()
        self._start()
        self.plan.action_close()
        self._merge()
        self._refresh()
        self.assertEqual(self._result(north).actual, 107)
        self.assertEqual(self._result(north).amount, 1800)

    def test_parts_of_two_parents_leave_a_gap_with_a_reason(self):
        parents = self.env["sales.target"]
        parts = self.env["sales.target"]
        for region, customer in (
            (self.region_south, self.customer_south),
            (self.region_north, self.customer_north),
        ):
            parent = self._create_target(region_id=region.id, amount=600)
            parents |= parent
            parts |= self._create_target(
                parent_id=parent.id,
                partner_id=customer.id,
                channel_id=self.channel_direct.id,
                amount=600,
            )
        self._merge()
        self.assertEqual(parts.exists().amount, 1200)
        self.assertEqual(parents.mapped("children_amount"), [0, 1200])
        self.assertFalse(parents.filtered("is_gap_open"))
        self.assertIn("Customer South", parents[1].gap_reason)

    def test_a_merge_into_a_contact_counts_for_its_company(self):
        company = self.env["res.partner"].create(
            {"name": "Holding", "is_company": True}
        )
        contact = self.env["res.partner"].create(
            {"name": "Buyer", "parent_id": company.id}
        )
        # Otherwise Odoo would turn the contact into a company.
        self.customer_south.is_company = False
        self._start()
        self._merge(self.customer_south | contact, into=contact)
        self.assertEqual(self.south.partner_id, company)
        self.assertEqual(self._result(self.south).actual, 100)
        self._refresh()
        self.assertEqual(self._result(self.south).actual, 100)
