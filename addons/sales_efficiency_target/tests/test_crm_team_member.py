# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date, datetime

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import Form, tagged

from .common import SalesTargetCommon


@tagged("post_install", "-at_install")
class TestCrmTeamMember(SalesTargetCommon):
    """Leave reduces targets (policy 2.1.3). June 2026 has 22 weekdays."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.calendar = cls._create_calendar("Full Time", range(5))
        cls.person, cls.other = (
            cls.env["hr.employee"].create(
                {
                    "name": user.name,
                    "user_id": user.id,
                    "company_id": cls.company.id,
                    "resource_calendar_id": cls.calendar.id,
                }
            )
            for user in (cls.salesperson, cls.colleague)
        )
        cls.team = cls._create_target(
            parent_id=cls.root.id, team_id=cls.team_field.id, amount=2300
        )
        cls.members = cls.team_field.crm_team_member_ids
        cls.member = cls.members.filtered(lambda m: m.user_id == cls.salesperson)
        cls.months = cls.plan._get_months()

    def test_each_company_asks_for_what_it_may_of_who_sells_for_two(self):
        elsewhere = self.env["res.company"].create({"name": "Test Elsewhere"})
        self.env["ir.config_parameter"].set_param("sales_team.membership_multi", True)
        self.salesperson.sudo().company_ids += elsewhere
        team = self.env["crm.team"].create(
            {"name": "Test Team Elsewhere", "company_id": elsewhere.id}
        )
        self.member.sales_ability = 60
        other = self.env["crm.team.member"].create(
            {
                "crm_team_id": team.id,
                "user_id": self.salesperson.id,
                "sales_ability": 20,
            }
        )
        plan = self.plan.create(
            {"company_id": elsewhere.id, "date_from": date(2026, 1, 1)}
        )
        own, foreign = (
            self._create_target(
                plan_id=plan_.id, user_id=self.salesperson.id, amount=1
            ).with_user(self.director)
            for plan_ in (self.plan, plan)
        )
        # The first membership counts, unless it belongs to another company.
        both = (other + self.member).with_user(self.director)
        self.assertEqual(both._get_sales_membership(own), self.member)
        foreign = foreign.sudo()
        self.assertEqual(both._get_sales_membership(foreign), other)

    @classmethod
    def _create_calendar(cls, name, days):
        return cls.env["resource.calendar"].create(
            {
                "name": name,
                "tz": "UTC",
                "company_id": cls.company.id,
                "attendance_ids": [
                    Command.create(
                        {
                            "name": "Day",
                            "dayofweek": str(day),
                            "hour_from": hour,
                            "hour_to": hour + 4,
                            "day_period": period,
                        }
                    )
                    for day in days
                    for hour, period in ((8, "morning"), (13, "afternoon"))
                ],
            }
        )

    def _create_leave(self, first, last, employee=None):
        """Create leave from the start of one day to the end of another."""
        return self.env["resource.calendar.leaves"].create(
            {
                "name": "Leave",
                "calendar_id": self.calendar.id,
                "company_id": self.company.id,
                "resource_id": employee.resource_id.id if employee else False,
                "date_from": datetime(2026, *first),
                "date_to": datetime(2026, *last, 23, 59, 59),
                "time_type": "leave",
            }
        )

    def _presence(self, **kwargs):
        presences = self.members._get_sales_presences(self.months, **kwargs)
        return [round(share, 4) for share in presences[self.member]]

    def _cascade(self, user=None, **values):
        wizard = self.env["sales.target.cascade"].with_user(user or self.leader)
        form = Form(wizard.with_context(default_target_id=self.team.id))
        form.method = "weighted"
        for name, value in values.items():
            form[name] = value
        return form

    def test_half_a_month_of_leave_relieves_of_half_of_the_month(self):
        self._create_leave((6, 1), (6, 15), self.person)  # 11 of 22 weekdays
        self.assertEqual(self._presence(with_leave=True), [1] * 5 + [0.5] + [1] * 6)
        self.assertEqual(self._presence(), [1] * 12)

    def test_half_a_day_counts_half(self):
        leave = self._create_leave((6, 1), (6, 1), self.person)
        leave.date_to = datetime(2026, 6, 1, 12)
        share = self._presence(with_leave=True)[5]
        self.assertAlmostEqual(share, 1 - 0.5 / 22, places=4)

    def test_a_public_holiday_is_no_relief(self):
        self._create_leave((6, 1), (6, 15))
        self.assertEqual(self._presence(with_leave=True), [1] * 12)
        # 2 of the remaining 11 working days
        self._create_leave((6, 12), (6, 17), self.person)
        self.assertEqual(self._presence(with_leave=True)[5], round(9 / 11, 4))

    def test_part_time_counts_the_own_working_days(self):
        # Mondays and Tuesdays: 10 in June, 4 of them until the 9th
        self.calendar = self._create_calendar("Part Time", range(2))
        self.person.resource_calendar_id = self.calendar
        self._create_leave((6, 1), (6, 9), self.person)
        self.assertEqual(self._presence(with_leave=True)[5], 0.6)

    def test_leave_and_the_ramp_of_newcomers_multiply(self):
        self.member.sales_start_date = date(2026, 5, 4)
        self._create_leave((6, 1), (6, 15), self.person)
        self.assertEqual(
            self._presence(with_leave=True), [0] * 5 + [0.125, 0.5] + [1] * 5
        )

    def test_the_cascade_shows_and_considers_leave(self):
        self._create_leave((1, 1), (12, 31), self.person)
        self._create_leave((6, 1), (6, 15), self.other)
        lines = {line["user_id"]: line for line in self._cascade().line_ids._records}
        self.assertEqual(lines[self.salesperson.id]["presence"], 0)
        self.assertEqual(lines[self.salesperson.id]["amount"], 0)
        presence = lines[self.colleague.id]["presence"]
        self.assertAlmostEqual(presence, 100 * 11.5 / 12, places=1)
        form = self._cascade(considers_leave=False)
        self.assertEqual(
            [(line["presence"], line["amount"]) for line in form.line_ids._records],
            [(100, 1150), (100, 1150)],
        )

    def test_the_months_of_the_part_ask_for_less_during_leave(self):
        self._create_leave((6, 1), (6, 15), self.person)
        self._cascade().save().action_apply()
        amounts = {t.user_id: self._amounts(t) for t in self.team.child_ids}
        # 11.5 of 23.5 months of two people
        own = amounts[self.salesperson]
        self.assertAlmostEqual(sum(own), 2300 * 11.5 / 23.5, places=2)
        self.assertAlmostEqual(own[5], own[4] / 2, delta=0.01)
        self.assertAlmostEqual(sum(own) + sum(amounts[self.colleague]), 2300)
        self._cascade(considers_leave=False).save().action_apply()
        self.assertEqual(len(set(self._amounts(self.team.child_ids[0]))), 2)
        self.assertFalse(any(self.team.child_ids.mapped("considers_leave")))

    def test_a_leader_needs_no_right_on_time_off(self):
        self._create_leave((6, 1), (6, 15), self.person)
        members = self.members.with_user(self.leader)
        self.assertFalse(self.leader.has_group("hr.group_hr_user"))
        shares = members._get_sales_leave(self.months)
        self.assertEqual(shares[self.member][5], 0.5)

    def test_salespeople_see_their_team_but_not_how_people_are_rated(self):
        self.member.sales_ability = 120
        for user in (self.salesperson, self.colleague):
            member = self.member.with_user(user)
            self.assertEqual(member.user_id, self.salesperson)
            for name in ("sales_ability", "sales_experience", "sales_potential"):
                with self.subTest(name), self.assertRaises(AccessError):
                    member.read([name])
        self.assertEqual(self.member.with_user(self.leader).sales_ability, 120)

    def test_leaders_rate_people_but_do_not_choose_them(self):
        member = self.member.with_user(self.leader)
        member.write({"sales_ability": 110, "sales_start_date": date(2026, 3, 1)})
        for values in (
            {"user_id": self.outsider.id},
            {"crm_team_id": self.team_other.id},
            {"active": False},
        ):
            with self.subTest(values), self.assertRaises(AccessError):
                member.write(values)
        self.member.with_user(self.director).active = False
        self.assertFalse(self.member.active)

    def test_who_has_no_employee_is_always_there(self):
        self.person.user_id = False
        self._create_leave((6, 1), (6, 15), self.person)
        self.assertEqual(self._presence(with_leave=True), [1] * 12)

    def test_many_people_take_as_many_queries_as_few(self):
        def count_queries(members):
            self.env.flush_all()
            self.env.invalidate_all()
            members = members.browse(members.ids)
            before = self.env.cr.sql_log_count
            members._get_sales_presences(self.months, with_leave=True)
            return self.env.cr.sql_log_count - before

        users = self.salesperson.browse()
        for number in range(8):
            users |= self._create_user("salesperson", login=f"many{number}")
        self.team_field.member_ids += users
        self.env["hr.employee"].create(
            [
                {
                    "name": user.name,
                    "user_id": user.id,
                    "company_id": self.company.id,
                    "resource_calendar_id": self.calendar.id,
                }
                for user in users
            ]
        )
        members = self.team_field.crm_team_member_ids
        count_queries(members)
        self.assertEqual(count_queries(members), count_queries(self.members))
