# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date

from odoo.exceptions import AccessError
from odoo.tests import Form, tagged

from .common import SalesTargetCommon


@tagged("post_install", "-at_install")
class TestSalesTargetCascadeLevels(SalesTargetCommon):
    """Region, team and person in one preview; the company sold 1,000 last year."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        regions = cls.env["sales.region"].search([("parent_id", "=", False)])
        (regions - cls.region_world).active = False
        cls._create_history(
            *(
                (
                    date(2025, 3, 1),
                    amount,
                    {
                        "region_id": region.id,
                        "team_id": cls.team_field.id,
                        "user_id": user.id,
                    },
                )
                for amount, region, user in (
                    (300, cls.region_north, cls.salesperson),
                    (100, cls.region_north, cls.colleague),
                    (600, cls.region_south, cls.outsider),
                )
            )
        )

    def _open(self, target=None, user=None, **values):
        wizard = self.env["sales.target.cascade"].with_user(user or self.director)
        target = target or self.root
        form = Form(wizard.with_context(default_target_id=target.id))
        values = {
            "dimension": "region_id",
            "second_dimension": "team_id",
            "third_dimension": "user_id",
        } | values
        for name, value in values.items():
            if value != form[name]:
                form[name] = value
        return form

    def _preview(self, form):
        return [
            (line["depth"], line["name"].strip(), line["amount"])
            for line in form.line_ids._records
        ]

    def _edit(self, form, name, **values):
        names = [line["name"].strip() for line in form.line_ids._records]
        with form.line_ids.edit(names.index(name)) as line:
            for field, value in values.items():
                line[field] = value

    def test_the_preview_is_a_tree_whose_parts_add_up(self):
        form = self._open()
        self.assertEqual(
            self._preview(form),
            [
                (0, "Test North", 480_000),
                (1, "Test Field", 480_000),
                (2, "Test Salesperson", 360_000),
                (2, "Test Colleague", 120_000),
                (0, "Test South", 720_000),
            ],
        )
        self.assertEqual((form.total, form.difference), (1_200_000, 0))

    def test_all_levels_are_created_at_once(self):
        self._open().save().action_apply()
        north, south = self.root.child_ids
        self.assertEqual((north.amount, south.amount), (480_000, 720_000))
        team = north.child_ids
        self.assertEqual((team.team_id, team.amount), (self.team_field, 480_000))
        self.assertEqual(team.region_id, self.region_north)
        self.assertEqual(
            {part.user_id: part.amount for part in team.child_ids},
            {self.salesperson: 360_000, self.colleague: 120_000},
        )
        self.assertFalse(any(self.plan.target_ids.mapped("gap")))
        # Again, the preview shows what there is.
        form = self._open(method="manual")
        present = [line["current_amount"] for line in form.line_ids._records]
        self.assertEqual(present, [480_000, 480_000, 360_000, 120_000, 720_000])
        count = len(self.plan.target_ids)
        form.save().action_apply()
        self.assertEqual(len(self.plan.target_ids), count)

    def test_a_changed_figure_is_passed_down_by_the_same_shares(self):
        form = self._open()
        self._edit(form, "Test North", amount=240_000)
        self.assertEqual(
            [amount for _depth, _name, amount in self._preview(form)],
            [240_000, 240_000, 180_000, 60_000, 720_000],
        )
        self.assertEqual(form.difference, -240_000)
        form.passes_down = False
        self._edit(form, "Test Field", amount=100_000)
        self.assertEqual(
            [amount for _depth, _name, amount in self._preview(form)],
            [240_000, 100_000, 180_000, 60_000, 720_000],
        )

    def test_a_changed_weight_shares_out_again_below_its_whole_only(self):
        form = self._open()
        self._edit(form, "Test Colleague", weight=300)
        self.assertEqual(
            [amount for _depth, _name, amount in self._preview(form)],
            [480_000, 480_000, 240_000, 240_000, 720_000],
        )

    def test_over_assignment_is_a_reserve_of_the_whole(self):
        form = self._open(padding=10)
        self.assertEqual(
            [amount for _depth, _name, amount in self._preview(form)],
            [528_000, 528_000, 396_000, 132_000, 792_000],
        )

    def test_one_level_is_as_before(self):
        form = self._open(second_dimension=False, third_dimension=False)
        self.assertEqual([depth for depth, *_rest in self._preview(form)], [0, 0])

    def test_money_is_rounded_to_1000_where_that_is_little(self):
        self.assertEqual(self._open().step, 1000)
        small = self._create_target(team_id=self.team_field.id, amount=1000)
        form = self._open(small, second_dimension=False, third_dimension=False)
        self.assertEqual(form.step, 0.01)

    def test_the_rounding_chosen_last_is_remembered_by_user_and_unit(self):
        form = self._open(step=500)
        form.save().action_apply()
        self.assertEqual(self._open().step, 500)
        other = self._create_user("director", login="other_director")
        self.assertEqual(self._open(user=other).step, 1000)
        pieces = self._create_target(metric_id=self.quantity.id, amount=1_000_000)
        self.assertEqual(self._open(pieces).step, 0.01)

    def test_a_leader_breaks_the_own_team_down_only(self):
        with self.assertRaises(AccessError):
            self._open(user=self.leader)
        team = self._create_target(team_id=self.team_field.id, amount=1000)
        form = self._open(
            team,
            self.leader,
            dimension="user_id",
            second_dimension="categ_id",
            third_dimension=False,
            method="equal",
        )
        form.save().action_apply()
        people = team.child_ids
        self.assertEqual(people.mapped("amount"), [500, 500])
        for person in people:
            self.assertEqual(sum(person.child_ids.mapped("amount")), 500)

    def test_a_level_is_measured_at_once(self):
        metric = self.env.registry["sales.metric"]
        calls = []
        evaluate = metric._evaluate

        def count_calls(records, *args, **options):
            calls.append(args)
            return evaluate(records, *args, **options)

        self.patch(metric, "_evaluate", count_calls)
        wizard = self.env["sales.target.cascade"].create(
            {
                "target_id": self.root.id,
                "dimension": "region_id",
                "second_dimension": "team_id",
                "third_dimension": "user_id",
            }
        )
        self.assertEqual(len(wizard.line_ids), 5)
        self.assertEqual(len(calls), 3)
