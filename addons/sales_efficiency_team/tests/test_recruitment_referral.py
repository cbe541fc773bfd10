# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date, datetime

from dateutil.relativedelta import relativedelta
from psycopg2.errors import CheckViolation

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import Form, freeze_time, tagged
from odoo.tools import mute_logger

from odoo.addons.sales_efficiency_incentive.tests.common import SalesIncentiveCommon

from .staffing_common import StaffingCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-06-10 12:00:00")
class TestRecruitmentReferral(StaffingCommon):
    """The salesperson has referred somebody, who was hired on 10 February. The job
    gives a bounty of 800 after three months."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.job.sales_referral_bounty = 800
        cls.applicant = cls.env["hr.applicant"].create(
            {
                "partner_name": "Test Newcomer",
                "job_id": cls.job.id,
                "company_id": cls.company.id,
                "sales_referrer_id": cls.salesperson.id,
            }
        )
        cls.applicant.date_closed = datetime(2026, 2, 10, 9)
        cls.newcomer = cls.env["hr.employee"].create(
            {"name": "Test Newcomer", "company_id": cls.company.id}
        )
        cls.applicant.employee_id = cls.newcomer
        cls.referrals = cls.env["sales.recruitment.referral"]

    def _follow(self, day):
        cron = self.env.ref("sales_efficiency_team.ir_cron_referral")
        with freeze_time(f"{day} 12:00:00"), self.enter_registry_test_mode():
            cron.method_direct_trigger()
        self.env.invalidate_all()
        return self.referrals.search([("applicant_id", "=", self.applicant.id)])

    def _pay_by_plan(self):
        invoiced = self.env.ref("sales_efficiency_base.sales_metric_invoiced_amount")
        plan = self.env["sales.incentive.plan"].create(
            {"name": "Commission", "company_id": self.company.id}
        )
        version = self.env["sales.incentive.version"].create(
            {
                "plan_id": plan.id,
                "date_from": date(2026, 1, 1),
                "rule_ids": [
                    Command.create(
                        {
                            "name": "Commission",
                            "metric_id": invoiced.id,
                            "rate_by": "month",
                            "tier_ids": SalesIncentiveCommon._tiers((0, 5)),
                        }
                    )
                ],
            }
        )
        self.env["sales.incentive.assignment"].create(
            {
                "plan_id": plan.id,
                "user_id": self.salesperson.id,
                "date_from": date(2026, 1, 1),
            }
        )
        version.action_submit()
        for user in (self.director, self.hr_manager):
            self.env.invalidate_all()
            version.with_user(user)._validate_tier()
        self.env["sales.incentive.period"]._follow()

    def test_the_bounty_waits_for_the_end_of_the_probation(self):
        referral = self._follow("2026-03-01")
        self.assertRecordValues(
            referral,
            [
                {
                    "user_id": self.salesperson.id,
                    "bounty": 800,
                    "date_due": date(2026, 5, 10),
                    "state": "waiting",
                }
            ],
        )
        self.assertEqual(self._follow("2026-05-09").state, "waiting")
        self.assertEqual(self._follow("2026-05-10").state, "earned")

    def test_it_is_paid_by_an_adjustment_that_a_director_approves(self):
        self._pay_by_plan()
        referral = self._follow("2026-06-10")
        adjustment = referral.adjustment_id
        self.assertRecordValues(
            adjustment,
            [{"amount": 800, "user_id": self.salesperson.id, "state": "submitted"}],
        )
        self.assertEqual(adjustment.review_ids.reviewer_ids, self.director)
        self.assertEqual(self._follow("2026-06-11"), referral)
        self.assertEqual(
            self.env["sales.incentive.adjustment"].search_count(
                [("user_id", "=", self.salesperson.id)]
            ),
            1,
        )

    def test_an_earned_bounty_costs_the_channel(self):
        report = self.env["sales.recruitment.channel.report"].with_user(self.hr_user)
        source = self.env.ref("utm.utm_source_referral")
        self.applicant.source_id = source
        domain = [("source_id", "=", source.id)]
        for day, costs in (("2026-05-01", 0), ("2026-06-10", 800)):
            self._follow(day)
            self.env.flush_all()
            [found] = report._read_group(
                [*domain, ("company_id", "=", self.company.id)], [], ["cost:sum"]
            )
            self.assertEqual(found, (costs,))

    def test_without_an_incentive_plan_hr_pays(self):
        referral = self._follow("2026-06-10")
        self.assertEqual(referral.state, "earned")
        self.assertFalse(referral.adjustment_id)
        self.assertEqual(referral.activity_ids.user_id, self.hr_manager)

    def test_a_plan_without_valid_terms_does_not_hold_up_the_bounty(self):
        plan = self.env["sales.incentive.plan"].create(
            {"name": "Draft", "company_id": self.company.id}
        )
        self.env["sales.incentive.assignment"].create(
            {
                "plan_id": plan.id,
                "user_id": self.salesperson.id,
                "date_from": date(2026, 1, 1),
            }
        )
        referral = self._follow("2026-06-10")
        self.assertEqual(referral.state, "earned")
        self.assertEqual(referral.activity_ids.user_id, self.hr_manager)

    def test_the_approved_bounty_is_paid_by_the_ledger(self):
        self._pay_by_plan()
        adjustment = self._follow("2026-06-10").adjustment_id
        self.env.invalidate_all()
        adjustment.with_user(self.director)._validate_tier()
        self.env["sales.incentive.period"]._follow()
        entry = self.env["sales.incentive.entry"].search(
            [("user_id", "=", self.salesperson.id), ("kind", "=", "adjustment")]
        )
        self.assertEqual(entry.amount, 800)
        self.assertIn("Referral of Test Newcomer", entry.explanation)

    def test_a_newcomer_who_left_earns_nothing(self):
        self._follow("2026-03-01")
        self.newcomer.departure_date = date(2026, 5, 1)
        self.assertEqual(self._follow("2026-06-10").state, "lapsed")

    def test_a_newcomer_who_leaves_after_the_probation_earns_it(self):
        self._follow("2026-03-01")
        self.newcomer.departure_date = date(2026, 5, 20)
        self.assertEqual(self._follow("2026-06-10").state, "earned")

    def test_the_trial_period_of_the_contract_counts(self):
        self.newcomer.write(
            {
                "contract_date_start": self.newcomer.version_id.date_version,
                "trial_date_end": date(2026, 7, 31),
            }
        )
        referral = self._follow("2026-06-10")
        self.assertEqual(referral.state, "waiting")
        self.assertEqual(referral.date_due, date(2026, 8, 1))
        self.assertEqual(self._follow("2026-08-01").state, "earned")

    def test_a_job_without_bounty_pays_none(self):
        self.job.sales_referral_bounty = 0
        self.assertFalse(self._follow("2026-06-10"))

    def test_the_referrer_reads_their_own_alone(self):
        referral = self._follow("2026-06-10")
        own = self.referrals.with_user(self.salesperson)
        self.assertEqual(own.search([]), referral)
        self.assertEqual(own.search([]).name, "Test Newcomer")
        with self.assertRaises(AccessError):
            own.search([]).read(["applicant_id"])
        with self.assertRaises(AccessError):
            own.search([]).bounty = 9000
        self.assertFalse(self.referrals.with_user(self.colleague).search([]))

    def test_the_form_of_the_applicant_chooses_the_channel(self):
        applicants = self.env["hr.applicant"].with_user(self.recruiter)
        with Form(applicants) as form:
            form.partner_name = "Test Second"
            form.job_id = self.job
            form.sales_referrer_id = self.colleague
        referral = self.env.ref("utm.utm_source_referral")
        self.assertEqual(form.record.source_id, referral)

    def test_bad_terms_are_refused(self):
        for values in ({"sales_referral_bounty": -1}, {"sales_probation_months": 99}):
            with (
                self.subTest(values),
                mute_logger("odoo.sql_db"),
                self.assertRaises(CheckViolation),
                self.cr.savepoint(),
            ):
                self.job.write(values)
                self.env.flush_all()

    def test_the_probation_starts_with_the_hire(self):
        referral = self._follow("2026-03-01")
        self.assertEqual(
            referral.date_due, referral.date_hired + relativedelta(months=3)
        )
