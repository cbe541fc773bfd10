# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date

from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import freeze_time, tagged

from .common import SalesTargetCommon
from .common_alert import SalesAlertCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-10-15 12:00:00")
class TestDirectCallsOnTargets(SalesTargetCommon):
    """Restrictions that direct calls to the server cannot bypass."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.team = cls._create_target(
            parent_id=cls.root.id, team_id=cls.team_field.id, amount=600_000
        )
        cls.mine, cls.other = (
            cls._create_target(parent_id=cls.team.id, user_id=user.id, amount=240_000)
            for user in (cls.salesperson, cls.colleague)
        )
        cls.elsewhere = cls._create_target(
            parent_id=cls.root.id, team_id=cls.team_other.id, amount=500_000
        )
        cls.team_field.user_id = cls.leader

    @classmethod
    @freeze_time("2026-01-02 12:00:00")
    def _start(cls):
        return super()._start()

    def _create_adjustment(self, user=None, **values):
        requests = self.env["sales.target.adjustment"].with_user(
            user or self.salesperson
        )
        return requests.create(
            {
                "target_id": self.mine.id,
                "ground": "market",
                "reason": "The largest customer has closed its plant.",
                **values,
            }
        )

    # Targets

    def test_names_of_what_one_may_not_see_are_not_opened(self):
        target = self.other.with_user(self.salesperson)
        for action in ("parts", "results", "alerts"):
            with self.subTest(action), self.assertRaises(AccessError):
                getattr(target, f"action_open_{action}")()

    def test_a_person_is_not_broken_down_into_others(self):
        cascade = self.env["sales.target.cascade"].with_user(self.leader)
        values = {"target_id": self.mine.id, "dimension": "user_id"}
        self.assertFalse(cascade.create(values).line_ids)

    def test_ratings_are_read_in_the_own_company(self):
        company = self.env["res.company"].create({"name": "Test Elsewhere"})
        stranger = self._create_user("director", login="stranger")
        stranger.write(
            {"company_ids": [Command.set(company.ids)], "company_id": company.id}
        )
        members = self.team_field.crm_team_member_ids
        self.team_field.company_id = False
        self.env.flush_all()
        found = self.env["crm.team.member"].with_user(stranger)
        self.assertFalse(found.search([("id", "in", members.ids)]))
        self.assertTrue(
            found.with_user(self.director).search([("id", "in", members.ids)])
        )

    # Adjustments

    def test_nobody_asks_for_the_adjustment_of_somebody_elses_target(self):
        self._start()
        with self.assertRaises(AccessError):
            self._create_adjustment(target_id=self.other.id)
        request = self._create_adjustment()
        with self.assertRaises(AccessError):
            request.target_id = self.other

    def test_a_form_shows_nothing_of_somebody_elses_target(self):
        self._start()
        requests = self.env["sales.target.adjustment"].with_user(self.salesperson)
        with self.assertRaises(AccessError):
            requests.onchange(
                {"target_id": self.other.id},
                ["target_id"],
                {
                    "target_id": {},
                    "metric_unit": {},
                    "line_ids": {"fields": {"present_amount": {}}},
                    "effect_ids": {"fields": {"amount_before": {}}},
                },
            )

    def test_nothing_in_a_form_is_divided_by_somebody_elses_target(self):
        self._start()
        names = ("difference", "difference_percent", "change_percent", "superior_id")
        line = {"month": date(2026, 11, 1), "present_amount": 0, "amount": 1_000}
        requests = self.env["sales.target.adjustment"].with_user(self.salesperson)
        for target in (self.other, self.elsewhere):
            with self.subTest(target), self.assertRaises(AccessError):
                requests.onchange(
                    {"target_id": target.id, "line_ids": [Command.create(line)]},
                    ["target_id", "line_ids"],
                    {
                        "target_id": {},
                        "line_ids": {"fields": {name: {} for name in line}},
                        **{name: {} for name in names},
                    },
                )

    def test_no_guess_of_somebody_elses_month_is_answered(self):
        self._start()
        line = {"month": date(2026, 11, 1), "amount": 1}
        for guess in (self.other.month_ids[0].amount, 1):
            with self.subTest(guess), self.assertRaises(AccessError):
                self._create_adjustment(
                    target_id=self.other.id,
                    line_ids=[Command.create({**line, "present_amount": guess})],
                )

    def test_who_sees_a_target_above_does_not_ask_for_its_adjustment(self):
        self.company.sales_target_show_above = True
        self._start()
        with self.assertRaises(AccessError):
            self._create_adjustment(target_id=self.team.id)

    def test_requesters_do_not_choose_who_approves(self):
        self._start()
        request = self._create_adjustment()
        for values in (
            {"superior_id": self.salesperson.id},
            {"change_percent": 0.0},
            {"user_id": self.colleague.id},
        ):
            with self.subTest(values), self.assertRaises(AccessError):
                request.write(values)
            with self.subTest(values), self.assertRaises(AccessError):
                self._create_adjustment(**values)

    def test_a_request_begins_as_a_draft(self):
        self._start()
        with self.assertRaises(AccessError):
            self._create_adjustment(state="requested")

    def test_what_was_there_before_is_not_written_by_hand(self):
        self._start()
        request = self._create_adjustment()
        with self.assertRaises(AccessError):
            request.line_ids[0].present_amount = 1
        with self.assertRaises(ValidationError):
            request.line_ids = [
                Command.create({"month": date(2027, 3, 1), "amount": 5})
            ]

    def test_who_only_reads_a_request_neither_sends_nor_cancels_it(self):
        self._start()
        request = self._create_adjustment(self.leader)
        concerned = request.with_user(self.salesperson)
        self.assertTrue(concerned.has_access("read"))
        with self.assertRaises(AccessError):
            concerned.action_cancel()
        with self.assertRaises(AccessError):
            concerned.action_request()

    # Wizards

    def test_a_commitment_shows_nothing_of_somebody_elses_target(self):
        commitments = self.env["sales.target.commitment"].with_user(self.salesperson)
        with self.assertRaises(AccessError):
            commitments.create({"target_id": self.other.id}).read(
                ["target_amount", "amount"]
            )
        with self.assertRaises(AccessError):
            commitments.onchange(
                {"target_id": self.other.id},
                ["target_id"],
                {"target_id": {}, "target_amount": {}, "amount": {}},
            )

    def test_who_has_lost_a_target_reads_it_no_more_in_a_wizard(self):
        commitment = self.env["sales.target.commitment"].with_user(self.salesperson)
        commitment = commitment.create({"target_id": self.mine.id})
        self.mine.write({"user_id": self.outsider.id, "parent_id": False})
        self.env.flush_all()
        self.env.invalidate_all()
        with self.assertRaises(AccessError):
            commitment.read(["metric_unit", "currency_id", "target_amount"])
        cascade = self.env["sales.target.cascade"].with_user(self.leader)
        cascade = cascade.create({"target_id": self.team.id, "dimension": "user_id"})
        self.team_department.user_id = self.team_field.user_id = self.director
        self.env.flush_all()
        self.env.invalidate_all()
        with self.assertRaises(AccessError):
            cascade.read(["metric_unit", "currency_id", "amount"])

    def test_leaders_do_not_promise_in_the_name_of_others(self):
        mine = self.mine.with_user(self.leader)
        self.assertTrue(mine.has_access("write"))
        for values in (
            {"committed_amount": 999_999},
            {"committed_date": date(2026, 1, 1), "commitment_note": "I can"},
            {"responsible_id": self.colleague.id},
        ):
            with self.subTest(values), self.assertRaises(AccessError):
                mine.write(values)

    def test_leaders_give_no_target_to_people_of_others(self):
        """Not even in combination with a team of their own."""
        targets = self.env["sales.target"].with_user(self.leader)
        values = {
            "plan_id": self.plan.id,
            "metric_id": self.ordered.id,
            "team_id": self.team_field.id,
            "amount": 10,
        }
        with self.assertRaises(AccessError):
            targets.create({**values, "user_id": self.outsider.id})
        target = targets.create(
            {**values, "user_id": self.salesperson.id, "categ_id": self.category.id}
        )
        with self.assertRaises(AccessError):
            target.user_id = self.outsider
        cascade = self.env["sales.target.cascade"].with_user(self.leader)
        cascade = cascade.create(
            {
                "target_id": self.team.id,
                "dimension": "user_id",
                "line_ids": [
                    Command.create({"user_id": self.outsider.id, "amount": 10})
                ],
            }
        )
        with self.assertRaises(UserError):
            cascade.action_apply()

    def test_leaders_break_down_only_what_they_may_change(self):
        cascades = self.env["sales.target.cascade"].with_user(self.leader)
        for target in (self.elsewhere, self.root):
            with self.subTest(target.display_name), self.assertRaises(AccessError):
                cascades.create({"target_id": target.id, "dimension": "team_id"})
            with self.subTest(target.display_name), self.assertRaises(AccessError):
                cascades.onchange(
                    {"target_id": target.id},
                    ["target_id"],
                    {"target_id": {}, "amount": {}, "line_ids": {"fields": {}}},
                )

    def test_no_spelling_of_an_id_opens_somebody_elses_target(self):
        self._start()
        spec = {"target_id": {}, "metric_unit": {}}
        for model, user, names in (
            ("sales.target.commitment", self.salesperson, ["target_amount", "amount"]),
            ("sales.target.adjustment", self.salesperson, ["difference_percent"]),
            ("sales.target.cascade", self.leader, ["amount"]),
            ("sales.target.gap", self.salesperson, ["actual"]),
        ):
            wizards = self.env[model].with_user(user)
            for id_ in (self.elsewhere.id, self.elsewhere.ids):
                with self.subTest(model, id=id_), self.assertRaises(AccessError):
                    self.env.invalidate_all()
                    wizards.onchange(
                        {"target_id": {"id": id_}},
                        ["target_id"],
                        {**spec, **{name: {} for name in names}},
                    )

    def test_no_target_is_made_up_to_see_last_year_of_others(self):
        self._create_history(
            (
                date(2025, 3, 1),
                777,
                {"user_id": self.outsider.id, "team_id": self.team_other.id},
            )
        )
        forged = {
            "plan_id": self.plan.id,
            "company_id": self.company.id,
            "metric_id": self.ordered.id,
            "team_id": self.team_other.id,
            "amount": 100,
        }
        cascades = self.env["sales.target.cascade"].with_user(self.leader)
        lines = {"fields": {"user_id": {}, "weight": {}, "amount": {}}}
        for target in (forged, {"id": self.team.id, "team_id": self.team_other.id}):
            with self.subTest(target), self.assertRaises(AccessError):
                cascades.onchange(
                    {
                        "target_id": target,
                        "dimension": "user_id",
                        "method": "last_year",
                    },
                    ["target_id"],
                    {"target_id": {}, "dimension": {}, "line_ids": lines},
                )
        with self.assertRaises(AccessError):
            cascade = cascades.new({"target_id": forged, "dimension": "user_id"})
            cascade.mapped("line_ids")

    def test_who_sees_a_target_above_does_not_analyse_its_gap(self):
        self.company.sales_target_show_above = True
        self._start()
        self.assertTrue(self.team.with_user(self.salesperson).has_access("read"))
        with self.assertRaisesRegex(AccessError, "is not yours"):
            self.team.with_user(self.salesperson).action_open_gap_analysis()
        with self.assertRaisesRegex(AccessError, "is not yours"):
            self._analyse(self.team)
        self.assertIn("deviation", self._analyse(self.mine))

    def test_whoever_may_not_analyse_a_target_has_no_buttons_of_its_rows(self):
        self._start()
        rows = self.env["sales.target.gap.line"].with_user(self.salesperson)
        row = {"section": "scope", "kind": "member", "dimension": "user_id"}
        rows = rows.with_context(default_target_id=self.elsewhere.id)
        rows = rows.with_context(
            sales_gap_row={**row, "res_id": self.outsider.id, "deviation": 1}
        )
        for name in (
            "action_open_figures",
            "action_open_last_year",
            "action_tag_cause",
        ):
            with self.subTest(name), self.assertRaises(AccessError):
                getattr(rows, name)()

    def test_no_row_is_made_up_to_read_what_others_found(self):
        self._start()
        cause = self.env["sales.target.cause"].create(
            {
                "target_id": self.elsewhere.id,
                "period": "year",
                "date_from": date(2026, 1, 1),
                "date_to": date(2026, 12, 31),
                "kind": "price",
                "cause": "competition",
            }
        )
        row = {"section": "scope", "kind": "member", "cause_id": cause.id}
        gaps = self.env["sales.target.gap"].with_user(self.salesperson)
        values = gaps.with_context(default_target_id=self.mine.id).onchange(
            {"scope_line_ids": [[0, "virtual_1", row]]},
            [],
            {"target_id": {}, "scope_line_ids": {"fields": {"cause": {}}}},
        )["value"]
        self.assertNotIn("competition", str(values))

    def _analyse(self, target):
        """:return: what the salesperson's browser gets of an analysis"""
        gaps = self.env["sales.target.gap"].with_user(self.salesperson)
        return gaps.with_context(default_target_id=target.id).onchange(
            {}, [], {"target_id": {}, "deviation": {}}
        )["value"]

    def test_the_cockpit_opens_the_figures_of_no_result(self):
        cockpit = self.env["sales.cockpit"].with_user(self.salesperson)
        with self.assertRaises(UserError):
            cockpit.get_figures_action([])

    def test_nobody_reads_the_wizards_of_others(self):
        self._start()
        gap = self.env["sales.target.gap"].with_user(self.leader)
        gap = gap.create({"target_id": self.team.id, "dimension": "user_id"})
        commitment = self.env["sales.target.commitment"].with_user(self.colleague)
        commitment = commitment.create({"target_id": self.other.id})
        for wizard, name in (
            (gap, "actual"),
            (commitment, "amount"),
        ):
            self.assertTrue(wizard.read([name]))
            peeping = wizard.with_user(self.salesperson)
            with self.subTest(wizard._name), self.assertRaises(AccessError):
                peeping.read([name])
            self.assertFalse(peeping.search([("id", "in", wizard.ids)]))

    # Targets

    def test_a_former_leader_sees_no_more_of_who_has_left_the_team(self):
        self._start()
        mine = self.mine.with_user(self.leader)
        self.assertTrue(mine.has_access("read"))
        self.env["crm.team.member"].create(
            {"user_id": self.salesperson.id, "crm_team_id": self.team_other.id}
        )
        self.assertNotIn(self.team_field, self.salesperson.crm_team_ids)
        self.env.invalidate_all()
        self.assertFalse(mine.has_access("read"))
        self.assertFalse(mine.search([("id", "=", mine.id)]))
        results = self.env["sales.target.result"]
        results._refresh(self.mine | self.other)
        seen = results.with_user(self.leader).search([]).target_id
        self.assertIn(self.other, seen)
        self.assertNotIn(self.mine, seen)

    def test_nobody_hands_anything_to_a_team_that_is_not_theirs(self):
        team = self.team.with_user(self.leader)
        with self.assertRaises(AccessError):
            team.write({"team_id": False, "region_id": self.region_north.id})
        self._start()
        causes = self.env["sales.target.cause"].with_user(self.salesperson)
        cause = causes.create(
            {
                "target_id": self.mine.id,
                "period": "month",
                "date_from": date(2026, 9, 1),
                "date_to": date(2026, 9, 30),
                "kind": "price",
                "cause": "market",
            }
        )
        with self.assertRaises(AccessError):
            cause.target_id = self.other

    def test_who_only_reads_a_target_does_not_spread_it(self):
        with self.assertRaises(AccessError):
            self.mine.with_user(self.salesperson).action_spread()

    def test_a_leader_does_not_shift_the_months_of_what_is_asked(self):
        self.root.month_ids.sorted("month")[0].amount += 100_000
        team = self.team.with_user(self.leader)
        before = self._amounts(team)
        for change in (lambda: team.write({"spread": "parent"}), team.action_spread):
            with self.assertRaisesRegex(
                AccessError, "is set by the person responsible for"
            ):
                change()
        self.assertEqual(self._amounts(team), before)

    def test_a_leader_spreads_the_parts_of_what_is_asked(self):
        self.team.month_ids.sorted("month")[0].amount *= 2
        mine = self.mine.with_user(self.leader)
        self.env.invalidate_all()
        year = mine.amount
        mine.spread = "parent"
        amounts = self._amounts(mine)
        self.assertEqual(mine.amount, year)
        self.assertAlmostEqual(amounts[0], 2 * amounts[1], places=1)

    def test_no_context_parts_the_year_from_its_months(self):
        team = self.team.with_user(self.director)
        team.with_context(sales_target_keep_months=True).amount = 720_000
        self.assertEqual(self._amounts(self.team), [60_000] * 12)

    def test_the_distribution_of_another_company_is_not_seen(self):
        other = self.env["res.company"].create({"name": "Other"})
        distribution = self.env["sales.target.distribution"].create(
            {"name": "Theirs", "company_id": other.id}
        )
        lines = self.env["sales.target.distribution.line"].with_user(self.director)
        self.assertFalse(lines.search([("id", "in", distribution.line_ids.ids)]))

    def test_changed_figures_of_another_company_are_not_seen(self):
        other = self.env["res.company"].create({"name": "Other"})
        self._create_history(
            (date(2026, 5, 1), 70, {"company_id": other.id}),
            (date(2026, 5, 1), 900, {}),
        )
        # A document that is refreshed twice has two changes of the same amount.
        self.env.cr.execute(
            "SELECT id, company_id FROM sales_target_change WHERE amount IN (70, 900)"
        )
        companies = dict(self.env.cr.fetchall())
        self.assertEqual(set(companies.values()), {other.id, self.company.id})
        changes = self.env["sales.target.change"].with_user(self.director)
        seen = changes.search([("id", "in", list(companies))])
        self.assertEqual(set(seen.mapped("company_id")), {self.company.id})

    def test_without_a_working_calendar_all_days_count(self):
        self.company.resource_calendar_id = False
        shares = self.plan._get_elapsed_shares()
        self.assertEqual(shares[date(2026, 9, 1)], 1.0)
        self.assertAlmostEqual(shares[date(2026, 10, 1)], 14 / 31, places=3)


@tagged("post_install", "-at_install")
@freeze_time("2026-07-16 12:00:00")
class TestDirectCallsOnWarnings(SalesAlertCommon):
    def test_nobody_hangs_an_action_on_a_warning_of_others(self):
        self._sell(5_000, self.colleague)
        self._sell(50_000)
        self._evaluate()
        alert = self._alert(self.other)
        self.assertTrue(alert)
        with self.assertRaises(AccessError):
            self.env["sales.action"].with_user(self.salesperson).create(
                {"name": "Peep", "alert_id": alert.id}
            )

    def test_to_dos_are_ticked_off_without_our_activity_type(self):
        self.env.ref("sales_efficiency_base.mail_activity_type_action").unlink()
        activity = self.customer_north.activity_schedule(
            "mail.mail_activity_data_todo", user_id=self.env.uid
        )
        activity.action_feedback()
        self.assertFalse(activity.active)
