# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from itertools import cycle

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.tools import SQL

from odoo.addons.sales_efficiency_base.demo import enter_demo
from odoo.addons.sales_efficiency_base.demo.demo_company import COMPANY, choose_name

# Channel → what it costs in a month
COSTS = {
    "sales_efficiency_team.utm_source_job_site": 12_000,
    "sales_efficiency_team.utm_source_social_media": 6_000,
    "sales_efficiency_team.utm_source_campus": 8_000,
    "sales_efficiency_team.utm_source_job_fair": 20_000,
}
# Those who have applied: name, channel, days ago, stage, interviewed, who has
# referred them
APPLICANTS = (
    ("Grace Wei 魏嘉琪", "job_site", 120, 5, True, None),
    ("Leo Fang 方立人", "job_site", 100, 2, True, None),
    ("Iris Pan 潘怡文", "job_site", 40, 1, False, None),
    ("Ryan Shih 施冠廷", "job_site", 8, 0, False, None),
    ("Mia Chiu 邱美雅", "social_media", 60, 3, True, None),
    ("Oscar Yeh 葉承恩", "social_media", 20, 1, False, None),
    ("Nina Lo 羅寧", "campus", 90, 4, True, None),
    ("Kai Tseng 曾凱", "campus", 85, 2, True, None),
    ("Ruby Fan 范如玉", "job_fair", 30, 2, True, None),
    ("Peter Lai 賴柏宏", None, 110, 5, True, "amy"),
    ("Anna Su 蘇安娜", None, 15, 1, False, "tony"),
)
BOUNTY = 10_000
# What a newcomer costs in a month
MONTHLY_COST = 65_000


class SalesStaffingDemo(models.AbstractModel):
    """Plans the staff of the demo company, and fills some of its positions."""

    _name = "sales.staffing.demo"
    _description = "Staffing Demo Data"

    @api.model
    def _load(self):
        if not self.env.ref(COMPANY, raise_if_not_found=False):
            return  # A database of an earlier version, in whose demo people work
        demo = enter_demo(self, tracking_disable=True)
        if demo.env["sales.staffing.plan"].search_count([], limit=1):
            return  # Odoo can load demo data repeatedly
        demo._load_plan()
        demo._load_costs()
        demo._load_applicants()

    def _user(self, login, module="base"):
        return self.env.ref(f"sales_efficiency_{module}.user_{login}_demo")

    def _job(self):
        return self.env.ref("sales_efficiency_base.job_representative_demo")

    def _load_plan(self):
        """HR proposes the plan; the director and the HR manager approve it."""
        helen = self._user("helen", "incentive")
        self._job().write({"sales_referral_bounty": BOUNTY, "user_id": helen.id})
        plan = self.env["sales.staffing.plan"].create(
            {"user_id": helen.id, "attrition": 8.0}
        )
        plan.date_newcomers = plan.date_from + relativedelta(months=3)
        plan.action_propose()
        self._go_back_to_start(plan)
        plan.line_ids.monthly_cost = MONTHLY_COST
        plan.action_submit()
        for approver in (self._user("grace"), helen):
            self.env.invalidate_all()
            plan.with_user(approver)._validate_tier()

    def _go_back_to_start(self, plan):
        """Plan as if the year had not begun: no month is over."""
        plan.need_ids.date_newcomers = plan.date_newcomers
        plan.need_ids.month_ids.is_over = False
        plan.line_ids.unlink()
        lines = [
            plan._prepare_line(need, self._job()) for need in plan.need_ids if need.need
        ]
        self.env["sales.staffing.line"].create(lines)

    def _load_costs(self):
        today = self.env.company._get_sales_today()
        self.env["sales.recruitment.cost"].create(
            [
                {
                    "source_id": self.env.ref(source).id,
                    "month": today - relativedelta(months=months),
                    "amount": amount,
                }
                for source, amount in COSTS.items()
                for months in range(6)
            ]
        )

    def _load_applicants(self):
        now = fields.Datetime.now()
        # Several teams hire for the job: the recruiter spreads the applicants.
        lines = cycle(
            self.env["sales.staffing.line"].search([("state", "=", "approved")])
        )
        for name, source, days, stage, interviewed, referrer in APPLICANTS:
            applied = now - relativedelta(days=days)
            applicant = self._create_applicant(name, source, stage, referrer)
            applicant.sales_staffing_line_id = next(lines, False)
            self.env.flush_all()
            self.env.cr.execute(
                SQL(
                    "UPDATE hr_applicant SET create_date = %s WHERE id = %s",
                    applied,
                    applicant.id,
                )
            )
            if stage == 5:
                applicant.date_closed = applied + relativedelta(days=35)
            if interviewed:
                start = applied + relativedelta(days=9, hour=2, minute=0, second=0)
                self._create_interview(applicant, start)
        self.env["hr.applicant"].invalidate_model(["create_date"])
        self.env["sales.recruitment.referral"]._note_newcomers()

    def _create_applicant(self, name, source, stage, referrer):
        source = (
            f"sales_efficiency_team.utm_source_{source}"
            if source
            else "utm.utm_source_referral"
        )
        return self.env["hr.applicant"].create(
            {
                "partner_name": choose_name(self.env, name),
                "company_id": self.env.company.id,
                "job_id": self._job().id,
                "source_id": self.env.ref(source).id,
                "sales_referrer_id": referrer and self._user(referrer).id,
                "stage_id": self.env.ref(f"hr_recruitment.stage_job{stage}").id,
            }
        )

    def _create_interview(self, applicant, start):
        self.env["calendar.event"].with_context(no_mail_to_attendees=True).create(
            {
                "name": self.env._("Interview with %s", applicant.partner_name),
                "start": start,
                "stop": start + relativedelta(hours=1),
                "applicant_id": applicant.id,
                "partner_ids": self._user("kevin").partner_id.ids,
            }
        )
