# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date
from unittest.mock import patch

from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import Form, tagged

from ..wizards import sales_target_cascade
from .common import SalesTargetCommon


@tagged("post_install", "-at_install")
class TestSalesTargetCascade(SalesTargetCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.team = cls._create_target(
            parent_id=cls.root.id, team_id=cls.team_field.id, amount=1000
        )

    def _cascade(self, target, user=None, **values):
        """Open the wizard as the web client does, and set its fields in order."""
        wizard = self.env["sales.target.cascade"].with_user(user or self.director)
        form = Form(wizard.with_context(default_target_id=target.id))
        for name, value in values.items():
            form[name] = value
        return form

    def _preview(self, form):
        name = form.dimension
        return {line[name]: line["amount"] for line in form.line_ids._records}

    def test_it_goes_from_company_to_regions_teams_and_people(self):
        self.team.unlink()
        self.assertEqual(self._cascade(self.root).dimension, "region_id")
        north = self._create_target(
            parent_id=self.root.id, region_id=self.region_north.id
        )
        self.assertEqual(self._cascade(north).dimension, "team_id")
        team = self._create_target(parent_id=north.id, team_id=self.team_field.id)
        self.assertEqual(self._cascade(team).dimension, "user_id")

    def test_equal_parts_add_up_to_the_cent(self):
        self.team.amount = 1000.01
        wizard = self._cascade(self.team, method="equal").save()
        self.assertEqual(wizard.line_ids.mapped("amount"), [500.01, 500])
        self.assertFalse(wizard.difference)
        wizard.action_apply()
        self.assertEqual(self.team.child_ids.user_id, self.salesperson + self.colleague)
        self.assertEqual(sum(self.team.child_ids.mapped("amount")), 1000.01)
        self.assertFalse(self.team.is_gap_open)

    def test_a_part_can_be_given_as_a_share_of_the_target(self):
        form = self._cascade(self.team, method="manual", step=10)
        with form.line_ids.edit(0) as line:
            line.share = 33.33
            self.assertEqual(line.amount, 333.3)
        with form.line_ids.edit(1) as line:
            line.amount = 500
            self.assertEqual(line.share, 50)
        wizard = form.save()
        self.assertEqual(wizard.line_ids.mapped("amount"), [333.3, 500])
        self.assertAlmostEqual(wizard.difference, -166.7)

    def test_shares_of_last_year(self):
        self._create_history(
            (date(2025, 3, 1), 300, {"user_id": self.salesperson.id,
                                     "team_id": self.team_field.id}),
            (date(2025, 9, 1), 100, {"user_id": self.colleague.id,
                                     "team_id": self.team_field.id}),
            (date(2024, 9, 1), 900, {"user_id": self.colleague.id,
                                     "team_id": self.team_field.id}),
        )  # fmt: skip
        wizard = self._cascade(self.team, method="last_year").save()
        self.assertEqual(
            {line.user_id: line.amount for line in wizard.line_ids},
            {self.salesperson: 750, self.colleague: 250},
        )

    def test_nobody_is_given_a_target_of_0(self):
        self._create_history(
            (date(2025, 3, 1), 300, {"user_id": self.salesperson.id,
                                     "team_id": self.team_field.id}),
        )  # fmt: skip
        form = self._cascade(self.team, method="last_year")
        self.assertEqual(
            self._preview(form), {self.salesperson.id: 1000, self.colleague.id: 0}
        )
        self.assertTrue(form.has_parts_left_out)
        form.save().action_apply()
        self.assertEqual(self.team.child_ids.user_id, self.salesperson)
        form = self._cascade(self.team, method="manual")
        for number in range(2):
            with form.line_ids.edit(number) as line:
                line.amount = 0 if line.user_id == self.salesperson else 1000
        self.assertFalse(form.has_parts_left_out)
        form.save().action_apply()
        self.assertEqual(
            {part.user_id: part.amount for part in self.team.child_ids},
            {self.salesperson: 0, self.colleague: 1000},
        )

    def test_parts_that_are_all_0_are_asked_for(self):
        form = self._cascade(self.team, method="equal")
        for number in range(2):
            with form.line_ids.edit(number) as line:
                line.amount = 0
        with self.assertRaisesRegex(UserError, "All parts are 0"):
            form.save().action_apply()

    def test_what_none_of_the_parts_sold_is_not_asked_of_them(self):
        team = {"team_id": self.team_field.id}
        other = self.env["product.category"].create({"name": "Test Other Line"})
        self.env["product.category"].create(
            {"name": "Test Part", "parent_id": other.id}
        )
        self._create_history(
            (date(2025, 3, 1), 600, {**team, "user_id": self.salesperson.id,
                                     "region_id": self.region_north.id,
                                     "categ_id": self.category.id}),
            (date(2025, 3, 1), 200, {**team, "user_id": self.colleague.id,
                                     "region_id": self.region_south.id,
                                     "categ_id": other.id}),
            (date(2025, 9, 1), 200, {**team, "user_id": self.outsider.id}),
        )  # fmt: skip
        for dimension, first, second in (
            ("user_id", self.salesperson, self.colleague),
            ("categ_id", self.category, other),
        ):
            form = self._cascade(self.team, dimension=dimension, method="last_year")
            preview = self._preview(form)
            self.assertEqual((preview[first.id], preview[second.id]), (600, 200))
            self.assertEqual((sum(preview.values()), form.kept_weight), (800, 200))
            form.keeps_rest = False
            preview = self._preview(form)
            self.assertEqual((preview[first.id], preview[second.id]), (750, 250))

    def test_parts_that_never_sold_anything_get_equal_parts(self):
        self._create_history((date(2025, 3, 1), 600, {"team_id": self.team_field.id}))
        form = self._cascade(self.team, dimension="user_id", method="last_year")
        self.assertEqual(list(self._preview(form).values()), [500, 500])
        self.assertFalse(form.kept_weight)

    # Parts that count the same sales

    def test_regions_beside_teams_are_warned_of(self):
        self.assertFalse(self.root.overlap)
        form = self._cascade(self.root, dimension="region_id", method="equal")
        self.assertEqual(form.other_amount, 1000)
        self.team.amount = self.root.amount
        form = self._cascade(self.root, dimension="region_id", method="equal")
        self.assertEqual((form.other_amount, form.assigned_percent), (1_200_000, 200))
        form.save().action_apply()
        self.assertEqual(self.root.overlap, "Region, Sales Team")
        self.assertEqual(self.root.gap, 1_200_000)
        form = self._cascade(self.team, dimension="user_id", method="equal")
        self.assertFalse(form.other_amount)

    def test_parts_inside_each_other_are_warned_of(self):
        for region in (self.region_north, self.region_south):
            self._create_target(parent_id=self.team.id, region_id=region.id,
                                team_id=self.team_field.id)  # fmt: skip
        self.assertFalse(self.team.overlap)
        self._create_target(parent_id=self.team.id, region_id=self.region_world.id,
                            team_id=self.team_field.id)  # fmt: skip
        self.assertEqual(self.team.overlap, "Region")

    def test_another_breakdown_is_no_double_count(self):
        self._create_target(parent_id=self.root.id, categ_id=self.category.id)
        self._create_target(parent_id=self.root.id, team_id=self.team_other.id)
        self.assertFalse(self.root.overlap)

    def test_ability_experience_and_potential_weigh(self):
        members = self.team_field.crm_team_member_ids
        member = members.filtered(lambda m: m.user_id == self.salesperson)
        member.with_user(self.leader).write(
            {"sales_ability": 150, "sales_experience": 80, "sales_potential": 125}
        )
        wizard = self._cascade(self.team, method="weighted").save()
        amounts = {line.user_id: line.amount for line in wizard.line_ids}
        self.assertEqual(amounts, {self.salesperson: 600, self.colleague: 400})

    def test_a_newcomer_is_asked_for_less_at_first(self):
        member = self.team_field.crm_team_member_ids.filtered(
            lambda m: m.user_id == self.colleague
        )
        member.sales_start_date = date(2026, 9, 15)
        months = self.plan._get_months()
        self.assertEqual(member._get_sales_presence(months), [0] * 9 + [0.25, 0.5, 1])
        self.assertEqual(
            member._get_sales_presence([date(2026, 8, 1), date(2027, 8, 1)]), [0, 1]
        )
        wizard = self._cascade(self.team, method="weighted").save()
        amounts = {line.user_id: line.amount for line in wizard.line_ids}
        # 1.75 of 12 months against 12
        self.assertEqual(amounts[self.colleague], 127.27)
        self.assertEqual(sum(amounts.values()), 1000)
        wizard.action_apply()
        target = self.team.child_ids.filtered(lambda t: t.user_id == self.colleague)
        self.assertEqual(self._amounts(target)[:9], [0] * 9)
        self.assertAlmostEqual(self._amounts(target)[-1], 127.27 / 1.75, places=2)

    def test_parts_have_the_months_of_what_they_are_part_of(self):
        months = self.team.month_ids.sorted("month")
        months[:6].amount = 50
        months[6:].amount = 150
        self._cascade(self.team, method="equal").save().action_apply()
        for part in self.team.child_ids:
            self.assertEqual(self._amounts(part), [25] * 6 + [75] * 6)

    def test_a_level_with_one_region_is_skipped(self):
        regions = self.env["sales.region"].search([("parent_id", "=", False)])
        (regions - self.region_world).active = False
        form = self._cascade(self.root, dimension="region_id")
        self.assertEqual(
            list(self._preview(form)), (self.region_north + self.region_south).ids
        )

    def test_padding_and_rounding_keep_the_sum(self):
        self.team.amount = 1_000_000
        wizard = self._cascade(
            self.team, method="equal", padding=5, step=100_000
        ).save()
        self.assertEqual(wizard.line_ids.mapped("amount"), [550_000, 500_000])
        self.assertEqual(wizard.difference, 50_000)

    def test_the_preview_can_be_edited(self):
        form = self._cascade(self.team, method="equal")
        with form.line_ids.edit(0) as line:
            line.weight = 3
        self.assertEqual(
            [line["amount"] for line in form.line_ids._records], [750, 250]
        )
        with form.line_ids.edit(1) as line:
            line.amount = 300
        self.assertEqual(form.difference, 50)
        form.save().action_apply()
        self.assertEqual(sorted(self.team.child_ids.mapped("amount")), [300, 750])
        self.assertEqual(self.team.gap, 50)

    def test_again_it_shows_what_would_change(self):
        self._cascade(self.team, method="equal").save().action_apply()
        self.team.amount = 2000
        wizard = self._cascade(self.team, method="equal").save()
        self.assertEqual(wizard.line_ids.mapped("current_amount"), [500, 500])
        self.assertEqual(wizard.line_ids.mapped("change"), [500, 500])
        children = self.team.child_ids
        wizard.action_apply()
        self.assertEqual(self.team.child_ids, children)
        self.assertEqual(children.mapped("amount"), [1000, 1000])

    def test_a_leader_breaks_down_the_target_of_the_team_only(self):
        self._cascade(self.team, self.leader, method="equal").save().action_apply()
        self.assertEqual(len(self.team.child_ids), 2)

    def test_a_rate_is_not_broken_down(self):
        rate = self._create_target(
            metric_id=self.margin_rate.id, team_id=self.team_field.id, amount=30
        )
        with self.assertRaisesRegex(UserError, "do not add up"):
            self._cascade(rate, method="equal").save().action_apply()

    def test_who_is_in_several_teams_weighs_as_in_the_team_of_the_target(self):
        self.env["ir.config_parameter"].set_param("sales_team.membership_multi", True)
        self.team_field.member_ids = self.salesperson + self.outsider
        members = self.outsider.crm_team_member_ids
        self.assertEqual(members.crm_team_id, self.team_other + self.team_field)
        members.filtered(lambda m: m.crm_team_id == self.team_field).write(
            {"sales_ability": 25, "sales_start_date": date(2026, 12, 1)}
        )
        wizard = self._cascade(self.team, method="weighted").save()
        amounts = {line.user_id: line.amount for line in wizard.line_ids}
        # A newcomer of December has no presence this year: 25 % ability times 0.
        self.assertEqual(amounts, {self.salesperson: 1000, self.outsider: 0})

    def test_customers_of_last_year_are_parts_the_largest_first(self):
        customer = {"user_id": self.salesperson.id, "team_id": self.team_field.id}
        self._create_history(
            (date(2025, 3, 1), 100, {**customer,
                                     "partner_id": self.customer_north.id}),
            (date(2025, 5, 1), 300, {**customer,
                                     "partner_id": self.customer_south.id}),
            (date(2024, 5, 1), 900, {**customer,
                                     "partner_id": self.customer_nowhere.id}),
            (date(2025, 5, 1), 900, {"team_id": self.team_other.id,
                                     "partner_id": self.customer_nowhere.id}),
        )  # fmt: skip
        wizard = self._cascade(self.team, dimension="partner_id", method="last_year")
        wizard = wizard.save()
        self.assertEqual(
            wizard.line_ids.mapped(lambda line: (line.partner_id, line.amount)),
            [(self.customer_south, 750), (self.customer_north, 250)],
        )
        wizard.action_apply()
        parts = self.team.child_ids
        self.assertEqual(set(parts.mapped("breakdown")), {"customer"})
        self.assertEqual(sum(parts.mapped("amount")), 1000)
        self.assertFalse(self.team.is_gap_open)

    def test_customers_who_are_not_listed_keep_their_share(self):
        team = {"team_id": self.team_field.id}
        self._create_history(
            *(
                (date(2025, 3, 1), amount, {**team, "partner_id": customer.id})
                for amount, customer in (
                    (500, self.customer_north),
                    (300, self.customer_south),
                    (200, self.customer_nowhere),
                )
            )
        )
        with patch.object(sales_target_cascade, "CUSTOMERS", 2):
            form = self._cascade(
                self.team, dimension="partner_id", method="last_year", padding=10
            )
            wizard = form.save()
            with form.line_ids.edit(1) as line:
                line.weight = 800
            form.padding = 0
            edited = [line["amount"] for line in form.line_ids._records]
        self.assertEqual(wizard.line_ids.mapped("amount"), [550, 330])
        self.assertEqual(wizard.difference, -120)
        # 500 and 800 of 1,500: the share of other customers is not allocated.
        self.assertEqual(edited, [333.34, 533.33])

    def test_somebody_who_has_left_is_asked_for_nothing(self):
        other = self.env["res.company"].create({"name": "Test Elsewhere"})
        self.colleague.sudo().write(
            {"company_ids": [Command.set(other.ids)], "company_id": other.id}
        )
        wizard = self._cascade(self.team, dimension="user_id", method="equal").save()
        self.assertEqual(wizard.line_ids.user_id, self.salesperson)
        wizard.action_apply()
        self.assertEqual(self.team.child_ids.amount, 1000)

    def test_the_leader_says_why_it_is_not_what_was_committed(self):
        self._cascade(self.team, method="equal").save().action_apply()
        first, second = self.team.child_ids
        self.env["sales.target.commitment"].with_user(first.user_id).create(
            {"target_id": first.id, "amount": 450, "note": "Two deals"}
        ).action_commit()
        form = self._cascade(self.team, self.leader, method="manual")
        self.assertTrue(form.has_commitments)
        parts = [row["child_id"] for row in form.line_ids._records]
        position = parts.index(first.id)
        with form.line_ids.edit(position) as line:
            self.assertEqual(line.committed_amount, 450)
            line.amount = 480
            line.comment = "The fair brings one more"
        form.save().action_apply()
        self.assertEqual((first.amount, first.committed_amount), (480, 450))
        message = first.message_ids.filtered("body")[0]
        self.assertIn("The fair brings one more", message.body)
        self.assertIn("450", message.body)
        self.assertEqual(message.notified_partner_ids, first.user_id.partner_id)
        self.assertFalse(second.message_ids.filtered("body"))
