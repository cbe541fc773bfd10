# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date, datetime

from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, freeze_time, tagged

from .common import SalesTargetCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-10-15 12:00:00")
class TestSalesTargetAdjustment(SalesTargetCommon):
    """Root 1,200,000 > team 600,000 > two people with 240,000 and 360,000."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.team = cls._create_target(
            parent_id=cls.root.id, team_id=cls.team_field.id, amount=600_000
        )
        cls.mine, cls.other = (
            cls._create_target(
                parent_id=cls.team.id,
                team_id=cls.team_field.id,
                user_id=user.id,
                amount=amount,
            )
            for user, amount in ((cls.salesperson, 240_000), (cls.colleague, 360_000))
        )
        cls.team_field.user_id = cls.leader
        # Exports must not reveal more than other reads.
        exports = cls.env.ref("base.group_allow_export")
        exports.user_ids += cls.salesperson + cls.leader + cls.director
        cls.root.gap_reason = "Reserve"
        with freeze_time("2026-01-02 12:00:00"):
            cls.plan.action_submit()
            cls.plan.action_start()

    def _ask(self, amount=None, user=None, target=None, **values):
        """Draft a request for new figures of future months, in the form like a user."""
        requests = self.env["sales.target.adjustment"].with_user(
            user or self.salesperson
        )
        form = Form(requests.with_context(default_target_id=(target or self.mine).id))
        form.ground = "market"
        form.reason = "The largest customer has closed its plant."
        for name, value in values.items():
            form[name] = value
        for number in range(len(form.line_ids)):
            with form.line_ids.edit(number) as line:
                line.amount = amount
        return form.save()

    def test_in_the_last_month_nothing_is_left_to_adjust(self):
        with (
            freeze_time("2026-12-15 12:00:00"),
            self.assertRaisesRegex(ValidationError, "has no future months left"),
        ):
            self._ask(10_000)

    def _request(self, *args, **kwargs):
        request = self._ask(*args, **kwargs)
        request.action_request()
        return request

    def _approve(self, request, *users):
        for user in users:
            self.env.invalidate_all()  # each decision is a separate transaction
            request.with_user(user)._validate_tier()
        self.env.invalidate_all()

    # Effect and approval

    def test_a_request_that_nobody_can_approve_is_refused(self):
        request = self._ask(18_000)
        self.patch(
            type(request),
            "_choose_reviewers",
            lambda request, people, requester: people.browse(),
        )
        with self.assertRaisesRegex(UserError, "Nobody can approve"):
            request.action_request()

    def test_the_effect_is_shown_before_sending(self):
        self.env["sales.target.result"]._refresh(self.plan.target_ids)
        request = self._ask(18_000, self.director)
        self.assertEqual(request.difference, -4_000)
        self.assertAlmostEqual(request.difference_percent, -1.67, places=2)
        self.assertAlmostEqual(request.change_percent, 1.67, places=2)
        self.assertRecordValues(
            request.effect_ids,
            [
                {"amount_before": 240_000, "amount_after": 236_000, "gap_after": 0},
                {"amount_before": 600_000, "amount_after": 596_000, "gap_after": 0},
                {
                    "amount_before": 1_200_000,
                    "amount_after": 1_196_000,
                    "gap_after": -600_000,
                },
            ],
        )
        self.assertEqual(self.mine.amount, 240_000)

    # Visibility of the effect

    def _read_effect(self, request, user):
        """Return the effect as read by a client, which must not depend on the call."""
        self.env.invalidate_all()
        names = ["name", "amount_before", "amount_after", "gap_after"]
        [values] = request.with_user(user).web_read(
            {"effect_ids": {"fields": {name: {} for name in names}}}
        )
        rows = values["effect_ids"]
        effects = self.env["sales.target.adjustment.effect"].with_user(user)
        effects = effects.search([("adjustment_id", "=", request.id)])
        self.env.invalidate_all()
        self.assertEqual(effects.read(names), rows)
        self.assertEqual(
            effects.export_data(names)["datas"],
            [[row[name] for name in names] for row in rows],
        )
        for peep in (
            lambda: effects.read(["figures"]),
            lambda: effects.search([("figures", "like", "600000")]),
            lambda: effects.search([], order="figures"),
        ):
            with self.assertRaises(AccessError):
                peep()
        with self.assertRaises(ValueError):
            effects._read_group([], ["amount_before"])
        return [row["amount_before"] for row in rows]

    def test_who_asks_sees_own_figures_and_the_share_above(self):
        request = self._request(18_000)
        for user in (self.leader, self.director):
            figures = self._read_effect(request, user)
            self.assertEqual(figures, [240_000, 600_000, 1_200_000])
        self.assertEqual(self._read_effect(request, self.salesperson), [240_000, 0, 0])
        self.env.invalidate_all()
        effects = request.with_user(self.salesperson).effect_ids
        self.assertEqual(effects.mapped("is_shown"), [True, False, False])
        shares = [round(share, 1) for share in effects.mapped("difference_percent")]
        self.assertEqual(shares, [-1.7, -0.7, -0.3])
        self.assertIn("Test Field", effects[1].name)

    def test_a_share_does_not_tell_what_it_is_a_share_of(self):
        self.plan.sudo().state = "draft"
        self.team.amount = 612_345
        self.plan.sudo().state = "running"
        request = self._ask(1_000_000)
        share = request.effect_ids[1].difference_percent
        self.assertEqual(round(request.difference / share * 100, -3), 610_000)

    def test_a_form_shows_no_figures_above_before_it_is_saved(self):
        requests = self.env["sales.target.adjustment"].with_user(self.salesperson)
        values = requests.onchange(
            {"target_id": self.mine.id},
            ["target_id"],
            {
                "target_id": {},
                "counterpart": {},
                "effect_ids": {"fields": {"name": {}, "amount_before": {}}},
            },
        )["value"]
        figures = [command[2]["amount_before"] for command in values["effect_ids"]]
        self.assertEqual(figures, [240_000, 0, 0])

    def test_a_leader_sees_what_their_own_request_does_to_their_team(self):
        request = self._request(18_000, self.leader)
        figures = self._read_effect(request, self.leader)
        self.assertEqual(figures, [240_000, 600_000, 0])
        self.assertEqual(self._read_effect(request, self.salesperson), [240_000, 0, 0])

    def test_who_may_see_the_targets_above_sees_them_in_the_effect(self):
        self.company.sales_target_show_above = True
        request = self._request(18_000)
        self.assertEqual(
            self._read_effect(request, self.salesperson),
            [240_000, 600_000, 1_200_000],
        )

    # Requests while pending, and afterwards

    def test_the_effect_follows_while_it_waits_and_stays_once_decided(self):
        request = self._request(18_000)
        self.assertEqual(request.effect_date, datetime(2026, 10, 15, 12))
        other = self._request(29_000, self.colleague, self.other)
        with freeze_time("2026-10-16 12:00:00"):
            self._approve(other, self.leader)
        effects = request.sudo().with_user(self.director).effect_ids
        self.assertEqual(effects.mapped("amount_before"), [240_000, 598_000, 1_198_000])
        self.assertEqual(request.effect_date, datetime(2026, 10, 16, 12))
        self._approve(request, self.leader)
        with freeze_time("2026-10-17 12:00:00"):
            self._approve(self._request(17_000), self.leader)
        self.env["sales.target.adjustment"]._refresh_waiting(self.plan)
        self.assertEqual(effects.mapped("amount_after"), [236_000, 594_000, 1_194_000])
        self.assertEqual(request.effect_date, datetime(2026, 10, 16, 12))

    def test_the_effect_of_a_waiting_request_follows_what_is_sold(self):
        request = self._request(18_000)
        effect = request.with_user(self.director).effect_ids[0]
        self.assertEqual(effect.attainment_before, 0)
        self._create_history(
            (date(2026, 5, 1), 24_000,
             {"user_id": self.salesperson.id, "team_id": self.team_field.id})
        )  # fmt: skip
        with self.enter_registry_test_mode():
            self.env.ref(
                "sales_efficiency_target.ir_cron_results"
            ).method_direct_trigger()
        effect = request.with_user(self.director).effect_ids[0]
        self.assertEqual(effect.attainment_before, 10)

    def test_the_change_of_what_was_decided_does_not_follow_the_target(self):
        for amount, percent in ((18_000, -1.67), (21_000, 2.54)):
            request = self._request(amount)
            self._approve(request, self.leader)
            self.assertAlmostEqual(request.difference_percent, percent, places=2)
            self.assertAlmostEqual(request.change_percent, abs(percent), places=2)

    def test_following_waiting_requests_takes_few_queries(self):
        counts = []
        for target, user in (
            (self.mine, self.salesperson),
            (self.other, self.colleague),
        ):
            self._request(18_000, user, target)
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.env["sales.target.adjustment"]._refresh_waiting(self.plan)
            self.env.flush_all()
            counts.append(self.env.cr.sql_log_count - before)
        self.assertLessEqual(counts[1] - counts[0], 3)

    # Approval

    def test_the_superior_approves_and_all_targets_above_follow(self):
        request = self._request(18_000)
        self.assertEqual(request.superior_id, self.leader)
        self.assertEqual(request.review_ids.reviewer_ids, self.leader)
        self.assertEqual(self.mine.amount, 240_000)
        self._approve(request, self.leader)
        self.assertEqual(request.state, "approved")
        self.assertEqual(self._amounts(self.mine), [20_000] * 10 + [18_000] * 2)
        self.assertEqual(self.mine.amount, 236_000)
        self.assertEqual(self.team.amount, 596_000)
        self.assertEqual(self.root.amount, 1_196_000)
        self.assertEqual(self.team.gap, 0)
        result = self.env["sales.target.result"].search(
            [("target_id", "=", self.mine.id), ("period", "=", "year")]
        )
        self.assertEqual(result.amount, 236_000)

    def test_a_leader_who_asks_for_a_person_is_answered_from_above(self):
        request = self._request(18_000, self.leader)
        self.assertEqual(request.superior_id, self.director)
        self._approve(request, self.leader, self.salesperson)
        self.assertEqual(request.state, "requested")
        self.assertFalse(request.with_user(self.salesperson).has_access("write"))
        self._approve(request, self.director)
        self.assertEqual(self.mine.amount, 236_000)

    def test_who_asked_for_it_does_not_rewrite_why(self):
        request = self._request(18_000)
        self._approve(request, self.leader)
        for values in ({"ground": "product"}, {"reason": "Something else"}):
            with self.subTest(values), self.assertRaisesRegex(UserError, "not change"):
                request.write(values)

    def test_a_copy_is_a_request_of_who_copies_it(self):
        request = self._request(18_000)
        copy = request.with_user(self.leader).copy()
        self.assertRecordValues(
            copy, [{"user_id": self.leader.id, "state": "draft", "difference": 0}]
        )
        self.assertEqual(copy.superior_id, self.director)

    def test_whoever_sends_a_request_does_not_approve_it(self):
        request = self._ask(18_000)
        self.assertEqual(request.superior_id, self.leader)
        request.with_user(self.leader).reason = "Rather this"
        request.with_user(self.leader).action_request()
        self.assertEqual(request.user_id, self.leader)
        self.assertEqual(request.superior_id, self.director)
        self.assertNotIn(self.leader, request.sudo().review_ids.reviewer_ids)

    def test_who_has_left_is_not_asked_for_approval(self):
        self.leader.active = False
        request = self._request(18_000)
        self.assertEqual(request.superior_id, self.director)
        self._approve(request, self.director)
        self.assertEqual(request.state, "approved")

    def test_the_year_of_a_rate_is_the_average_of_all_its_months(self):
        self.plan.sudo().state = "draft"
        rate = self._create_target(metric_id=self.margin_rate.id, amount=36)
        self.plan.sudo().state = "running"
        request = self._request(30, self.director, rate)
        self.assertEqual(request.difference, -1)
        self.assertAlmostEqual(request.change_percent, 2.78, places=2)
        effect = request.effect_ids
        self.assertEqual((effect.amount_before, effect.amount_after), (36, 35))
        self._approve(request, request.superior_id)
        self.assertEqual(rate.amount, 35)

    def test_the_original_stays_beside_the_revised_figure(self):
        self._approve(self._request(18_000), self.leader)
        self.assertEqual(self.mine.original_amount, 240_000)
        self.assertTrue(self.mine.is_adjusted)
        self.assertFalse(self.other.is_adjusted)
        adjusted = self.env["sales.target"].search(
            [("is_adjusted", "=", True), ("plan_id", "=", self.plan.id)]
        )
        self.assertEqual(adjusted, self.root + self.team + self.mine)
        self.env["sales.target.result"]._refresh(self.plan.target_ids)
        results = self.env["sales.target.result"].search(
            [("target_id", "=", self.mine.id), ("date_from", ">=", "2026-10-01")],
            order="date_from, period",
        )
        self.assertEqual(
            results.mapped(
                lambda r: (r.period, r.original_amount, r.amount, r.is_adjusted)
            ),
            [
                ("month", 20_000, 20_000, False),
                ("quarter", 60_000, 56_000, True),
                ("month", 20_000, 18_000, True),
                ("month", 20_000, 18_000, True),
            ],
        )
        [(original, amount)] = self.env["sales.target.report"]._read_group(
            [("target_id", "=", self.mine.id)],
            aggregates=["original_amount:sum", "amount:sum"],
        )
        self.assertEqual((original, amount), (240_000, 236_000))

    def test_what_is_put_off_to_a_later_month_counts_as_change(self):
        self.plan.sudo().state = "running"
        request = self._ask(20_000)
        with Form(request) as form:
            with form.line_ids.edit(0) as line:
                line.amount = 0
            with form.line_ids.edit(1) as line:
                line.amount = 40_000
        self.assertEqual((request.difference, request.difference_percent), (0, 0))
        self.assertAlmostEqual(request.change_percent, 8.33, places=2)

    def test_a_large_adjustment_needs_the_director_too(self):
        request = self._request(0)
        self.assertGreater(request.change_percent, 10)
        self._approve(request, self.leader)
        self.assertEqual(request.state, "requested")
        self.assertEqual(self.mine.amount, 240_000)
        self._approve(request, self.director)
        self.assertEqual(request.state, "approved")
        self.assertEqual(self.mine.amount, 200_000)

    def test_a_refused_request_changes_nothing(self):
        request = self._request(18_000)
        request.with_user(self.leader)._rejected_tier()
        self.env.invalidate_all()
        self.assertEqual(request.state, "refused")
        self.assertEqual(self.mine.amount, 240_000)
        self.assertFalse(self.mine.is_adjusted)

    # Allocation of the difference

    def test_the_others_take_the_difference_over(self):
        third = self.outsider
        self.plan.sudo().state = "draft"
        self._create_target(
            parent_id=self.team.id,
            user_id=third.id,
            team_id=self.team_field.id,
            amount=120_000,
        )
        self.plan.sudo().state = "running"
        request = self._request(19_999.99, counterpart="siblings")
        self._approve(request, self.leader)
        self.assertEqual(self.team.amount, 600_000)
        # The larger sibling gets the odd 0.01 in each of the two months.
        self.assertEqual(self.other.amount, 360_000.02)
        self.assertEqual(sum(self.team.child_ids.mapped("amount")), 720_000)

    def test_the_difference_stays_as_a_gap(self):
        self._approve(self._request(18_000, counterpart="gap"), self.leader)
        self.assertEqual(self.team.amount, 600_000)
        self.assertEqual(self.team.gap, -4_000)

    def test_nobody_beside_takes_nothing_over(self):
        with self.assertRaisesRegex(UserError, "has no sibling targets"):
            self._ask(10_000, self.director, self.team, counterpart="siblings")

    # Refused requests

    def test_months_that_have_begun_do_not_change(self):
        request = self._ask(1)
        self.assertEqual(
            request.line_ids.mapped("month"), [date(2026, 11, 1), date(2026, 12, 1)]
        )
        with self.assertRaisesRegex(ValidationError, "have begun"):
            request.date_from = date(2026, 10, 1)
        request = self._request(18_000)
        with (
            freeze_time("2026-11-02 12:00:00"),
            self.assertRaisesRegex(UserError, "has begun"),
        ):
            self._approve(request, self.leader)

    def test_a_target_with_no_months_left_is_not_adjusted(self):
        with (
            freeze_time("2026-12-02 12:00:00"),
            self.assertRaisesRegex(ValidationError, "no future months left"),
        ):
            self.env["sales.target.adjustment"].create(
                {
                    "target_id": self.mine.id,
                    "ground": "market",
                    "reason": "Late",
                    "date_from": date(2026, 12, 1),
                }
            )

    def test_two_requests_for_the_same_months_do_not_both_win(self):
        first, second = self._ask(18_000), self._ask(15_000)
        first.action_request()
        with self.assertRaisesRegex(UserError, "has already requested an adjustment"):
            second.action_request()
        above = self._request(40_000, self.director, self.team)
        self._approve(first, self.leader)
        with self.assertRaisesRegex(UserError, "has changed since"):
            self._approve(above, above.superior_id)
        self.assertEqual(self.team.amount, 596_000)

    def test_figures_that_have_changed_meanwhile_are_not_sent(self):
        stale, begun = self._ask(18_000), self._ask(19_000)
        self._approve(self._request(15_000), self.leader)
        with self.assertRaisesRegex(UserError, "has changed since"):
            stale.action_request()
        with (
            freeze_time("2026-11-02 12:00:00"),
            self.assertRaisesRegex(UserError, "has begun"),
        ):
            begun.action_request()

    def test_a_plan_that_was_closed_meanwhile_stays_as_it_is(self):
        request, draft = self._request(18_000), self._ask(19_000)
        self.plan.action_close()
        with self.assertRaisesRegex(UserError, "is no longer running"):
            self._approve(request, self.leader)
        request.action_cancel()
        with self.assertRaisesRegex(UserError, "is no longer running"):
            draft.action_request()
        self.assertEqual(self.mine.amount, 240_000)

    def test_others_do_not_give_what_they_do_not_have(self):
        # The colleague has 30,000 a month.
        with self.assertRaisesRegex(UserError, "become negative in November"):
            self._request(50_001, self.leader, counterpart="siblings")
        request = self._request(50_000, counterpart="siblings")
        self._approve(request, self.leader, self.director)
        self.assertEqual(self._amounts(self.other), [30_000] * 10 + [0, 0])

    def test_a_refusal_does_not_tell_who_asks_what_others_have(self):
        request = self._request(50_001, counterpart="siblings")
        with self.assertRaisesRegex(UserError, "become negative in November"):
            self._approve(request, self.leader, self.director)

    def test_nothing_changes_without_new_figures(self):
        with self.assertRaisesRegex(UserError, "no month has changed"):
            self._request(20_000)

    def test_a_request_that_was_sent_does_not_change(self):
        request = self._request(18_000)
        for change in (
            lambda: request.line_ids[0].write({"amount": 1}),
            lambda: request.write({"line_ids": [Command.clear()]}),
            lambda: request.write({"counterpart": "gap"}),
            lambda: request.write({"ground": "product"}),
            lambda: request.write({"reason": "Something else"}),
        ):
            with self.assertRaisesRegex(UserError, "cannot change"):
                change()
        with self.assertRaises(AccessError):
            request.state = "approved"
        with self.assertRaises(AccessError):
            request.effect_ids.write({"amount_after": 1})
        with self.assertRaises(UserError):
            request.unlink()

    def test_only_running_targets_are_adjusted(self):
        plan = self.env["sales.target.plan"].create({"date_from": date(2027, 1, 1)})
        target = self.env["sales.target"].create({"plan_id": plan.id, "amount": 1})
        with self.assertRaisesRegex(ValidationError, "running plan"):
            self.env["sales.target.adjustment"].create(
                {"target_id": target.id, "ground": "market", "reason": "Early"}
            )

    def test_who_asks_does_not_approve(self):
        request = self._request(18_000)
        with self.assertRaises(UserError):
            request.action_approve()
        self._approve(request, self.salesperson)
        self.assertEqual(request.state, "requested")

    def test_without_a_rule_the_director_approves(self):
        self.env["tier.definition"].search(
            [("model", "=", "sales.target.adjustment")]
        ).active = False
        request = self._request(18_000)
        request.with_user(self.director).action_approve()
        self.assertEqual(self.mine.amount, 236_000)
        with self.assertRaisesRegex(UserError, "already been decided"):
            request.with_user(self.director).action_approve()

    def test_another_director_approves_what_a_director_asks_for(self):
        second = self._create_user("director", login="second_director")
        request = self._request(40_000, self.director, self.team)
        self.assertNotEqual(request.superior_id, self.director)
        self._approve(request, self.director)
        self.assertEqual(request.state, "requested")
        self.assertNotIn(self.director, request.sudo().review_ids.reviewer_ids)
        self.env["tier.definition"].search(
            [("model", "=", "sales.target.adjustment")]
        ).active = False
        request.restart_validation()
        with self.assertRaisesRegex(UserError, "You requested this yourself"):
            request.with_user(self.director).action_approve()
        request.with_user(second).action_approve()
        self.assertEqual(request.state, "approved")

    def test_the_only_director_approves_their_own_request(self):
        group = self.env.ref("sales_efficiency_base.group_sales_director")
        group.user_ids = self.director
        request = self._request(40_000, self.director, self.team)
        self.assertEqual(request.superior_id, self.director)
        self._approve(request, self.director)
        self.assertEqual(request.state, "approved")

    def test_a_restart_asks_the_reviewers_anew(self):
        request = self._request(18_000)
        first = request.sudo().review_ids
        request.restart_validation()
        self.assertFalse(first.exists())
        self.assertEqual(request.state, "requested")
        self.assertEqual(request.sudo().review_ids.status, "pending")
        self.assertEqual(request.sudo().review_ids.reviewer_ids, self.leader)
        self._approve(request, self.leader)
        self.assertEqual(request.state, "approved")

    def test_each_role_sees_the_requests_of_its_people(self):
        request = self._request(18_000)
        self.assertTrue(request.with_user(self.leader).has_access("read"))
        self.assertTrue(request.with_user(self.director).has_access("read"))
        self.assertFalse(request.with_user(self.colleague).has_access("read"))
