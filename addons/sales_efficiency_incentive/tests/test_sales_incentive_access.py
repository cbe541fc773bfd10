# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.exceptions import AccessError
from odoo.tests import freeze_time, new_test_user, tagged

from .common import SalesIncentiveCommon

TERMS = (
    "sales.incentive.plan",
    "sales.incentive.version",
    "sales.incentive.rule",
    "sales.incentive.tier",
    "sales.incentive.return.step",
)


@tagged("post_install", "-at_install")
@freeze_time("2026-10-15 12:00:00")
class TestSalesIncentiveAccess(SalesIncentiveCommon):
    """Who sees which terms and whose pay."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.version.return_step_ids = [(0, 0, {"days": 90})]
        cls._assign(cls.outsider)

    def _found(self, model, user):
        return self.env[model].with_user(user).search([])

    def test_people_see_approved_terms_of_their_plans(self):
        for model in TERMS:
            with self.subTest(model):
                self.assertFalse(self._found(model, self.salesperson), "a draft")
        self._approve()
        self._create_version(self.incentive, "2027-01-01")
        for model in TERMS:
            with self.subTest(model):
                found = self._found(model, self.salesperson)
                self.assertEqual(found, self._of_version(model))
                self.assertFalse(self._found(model, self.colleague), "not assigned")

    def _of_version(self, model):
        return {
            "sales.incentive.plan": self.incentive,
            "sales.incentive.version": self.version,
            "sales.incentive.rule": self.rule,
            "sales.incentive.tier": self.rule.tier_ids,
            "sales.incentive.return.step": self.version.return_step_ids,
        }[model]

    def test_people_see_their_own_pay_once_it_is_approved(self):
        self.assertFalse(self._found("sales.incentive.assignment", self.salesperson))
        self._approve()
        for model in ("sales.incentive.assignment", "sales.incentive.acceptance"):
            found = self._found(model, self.salesperson)
            self.assertEqual(found.user_id, self.salesperson)
            self.assertEqual(len(found), 1)

    def test_people_read_their_terms_on_the_screen(self):
        self._approve()
        version = self.version.with_user(self.salesperson)
        [values] = version.web_read(
            {
                "display_name": {},
                "rule_ids": {
                    "fields": {
                        "summary": {},
                        "metric_id": {"fields": {"display_name": {}}},
                        "chart": {},
                        "trial_earned": {},
                    }
                },
                "assignment_count": {},
                "open_letter_count": {},
            }
        )
        self.assertEqual(values["assignment_count"], 1)
        self.assertIn("5", values["rule_ids"][0]["summary"])

    def test_leaders_see_who_is_in_which_plan_but_no_pay(self):
        self._approve()
        for model in TERMS:
            with self.subTest(model):
                found = self._found(model, self.leader)
                self.assertEqual(found, self._of_version(model))
        for model in ("sales.incentive.assignment", "sales.incentive.acceptance"):
            self.assertFalse(self._found(model, self.leader))
            with self.assertRaises(AccessError):
                self.assignment.with_user(self.leader).read(["target_incentive"])
        self.env.flush_all()
        people = self._found("sales.incentive.participant", self.leader)
        self.assertRecordValues(
            people,
            [
                {
                    "user_id": self.salesperson.id,
                    "plan_id": self.incentive.id,
                    "letter_state": "open",
                }
            ],
        )

    def test_leaders_see_pay_where_the_company_shows_it(self):
        self._approve()
        self.company.sales_incentive_show_pay = True
        for model in ("sales.incentive.assignment", "sales.incentive.acceptance"):
            self.assertEqual(self._found(model, self.leader).user_id, self.salesperson)

    def test_leaders_do_not_see_pay_by_grouping_and_export(self):
        self._approve()
        assignments = self.env["sales.incentive.assignment"].with_user(self.leader)
        groups = assignments.formatted_read_group(
            [], ["user_id"], ["target_incentive:sum"]
        )
        self.assertFalse(groups)
        with self.assertRaises(AccessError):
            self.assignment.with_user(self.leader).export_data(["target_incentive"])

    def test_director_and_officer_see_and_write_all(self):
        for user in (self.director, self.officer):
            for model in (*TERMS, "sales.incentive.assignment"):
                records = self._found(model, user)
                with self.subTest(model, user=user.login):
                    self.assertTrue(records)
                    self.assertTrue(records.has_access("write"))

    def test_hr_and_finance_only_read(self):
        self._approve()
        for user in (self.hr_manager, self.finance):
            for model in (
                *TERMS,
                "sales.incentive.assignment",
                "sales.incentive.acceptance",
            ):
                records = self._found(model, user)
                with self.subTest(model, user=user.login):
                    self.assertTrue(records)
                    self.assertFalse(records.has_access("write"))

    def test_who_is_also_a_salesperson_reads_all_as_hr_or_finance(self):
        self._approve()
        person = self.env.ref("sales_efficiency_base.group_sales_person")
        for user in (self.hr_manager, self.finance):
            user.group_ids += person
            found = self._found("sales.incentive.assignment", user)
            self.assertEqual(len(found), 2)

    def test_other_companies_see_nothing(self):
        self._approve()
        company = self.env["res.company"].create({"name": "Elsewhere"})
        for role in ("officer", "director", "hr"):
            group = {
                "officer": "sales_efficiency_incentive.group_incentive_officer",
                "director": "sales_efficiency_base.group_sales_director",
                "hr": "hr.group_hr_manager",
            }[role]
            user = new_test_user(
                self.env,
                login=f"elsewhere_{role}",
                groups=group,
                company_id=company.id,
                company_ids=company.ids,
            )
            for model in (
                *TERMS,
                "sales.incentive.assignment",
                "sales.incentive.acceptance",
            ):
                with self.subTest(model, role=role):
                    self.assertFalse(self._found(model, user))

    def test_the_officer_finds_the_menus_and_others_only_theirs(self):
        plans = self.env.ref("sales_efficiency_incentive.sales_incentive_plan_menu")
        mine = self.env.ref(
            "sales_efficiency_incentive.sales_incentive_acceptance_my_menu"
        )
        for user, sees_plans in (
            (self.officer, True),
            (self.director, True),
            (self.salesperson, False),
            (self.leader, False),
        ):
            seen = self.env["ir.ui.menu"].with_user(user).load_menus(False)
            self.assertIn(mine.id, seen)
            self.assertEqual(plans.id in seen, sees_plans)

    def test_finance_and_hr_find_what_they_work_with_and_nothing_of_sales(self):
        shown = ("sales_incentive_period_menu", "sales_incentive_plan_menu")
        hidden = (
            "sales_efficiency_base.sales_cockpit_menu",
            "sales_efficiency_incentive.sales_incentive_acceptance_my_menu",
            "sales_efficiency_target.menu_sales_target",
        )
        for user in (self.finance, self.hr_manager):
            seen = self.env["ir.ui.menu"].with_user(user).load_menus(False)
            for name in shown:
                menu = self.env.ref(f"sales_efficiency_incentive.{name}")
                self.assertIn(menu.id, seen, name)
            for name in hidden:
                self.assertNotIn(self.env.ref(name).id, seen, name)
