# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from operator import methodcaller

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models

from odoo.addons.sales_efficiency_base.tools import each_alone


class SalesRecruitmentReferral(models.Model):
    """A newcomer whom a colleague has referred (policy 4.1.2).

    The bounty is earned once the newcomer has passed the probation. It is paid by an
    adjustment of incentives, which a director approves; whoever has no incentive plan
    is paid by HR.
    """

    _name = "sales.recruitment.referral"
    _inherit = ["sales.default.mixin", "mail.thread", "mail.activity.mixin"]
    _description = "Referral of a Newcomer"
    _order = "date_due desc, id desc"
    _check_company_auto = True

    # The referrer reads it, without access to applicants.
    name = fields.Char(string="Newcomer", required=True, readonly=True)
    applicant_id = fields.Many2one(
        comodel_name="hr.applicant",
        index="btree_not_null",
        ondelete="set null",
        readonly=True,
        groups="hr_recruitment.group_hr_recruitment_user",
    )
    user_id = fields.Many2one(
        comodel_name="res.users",
        string="Referred By",
        required=True,
        index=True,
        ondelete="restrict",
        readonly=True,
    )
    job_id = fields.Many2one(
        comodel_name="hr.job", string="Job", ondelete="restrict", readonly=True
    )
    company_id = fields.Many2one(
        comodel_name="res.company", required=True, index=True, readonly=True
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    bounty = fields.Monetary(readonly=True)
    date_hired = fields.Date(string="Hired", readonly=True)
    date_due = fields.Date(
        string="End of Probation", readonly=True, help="When the bounty is earned."
    )
    state = fields.Selection(
        selection=[
            ("waiting", "In probation"),
            ("earned", "Earned"),
            ("lapsed", "Lapsed"),
        ],
        string="Status",
        required=True,
        readonly=True,
        index=True,
        default="waiting",
        tracking=True,
    )
    adjustment_id = fields.Many2one(
        comodel_name="sales.incentive.adjustment",
        string="Paid By",
        index="btree_not_null",
        ondelete="set null",
        readonly=True,
        help="Adjustment of incentives. Empty: HR pays it.",
    )

    _applicant_uniq = models.Constraint(
        "UNIQUE (applicant_id)", "A newcomer is referred once."
    )

    # ------------------------------------------------------------------
    # Following the newcomers
    # ------------------------------------------------------------------

    @api.model
    def _cron_follow(self):
        """Note newcomers who were referred, and settle those whose probation is over,
        each on its own: a bounty that cannot be paid does not stop the others."""
        self._note_newcomers()
        due = self.search(
            [("state", "=", "waiting"), ("date_due", "<=", fields.Date.today())]
        )
        each_alone(self.env, due, methodcaller("_settle"))

    @api.model
    def _note_newcomers(self):
        known = self._search([("applicant_id", "!=", False)])
        hired = (
            self.env["hr.applicant"]
            .with_context(active_test=False)
            .search(
                [
                    ("sales_referrer_id", "!=", False),
                    ("date_closed", "!=", False),
                    ("refuse_reason_id", "=", False),
                    ("job_id.sales_referral_bounty", ">", 0),
                    ("id", "not in", known.subselect("applicant_id")),
                ]
            )
        )
        self.create([self._prepare(applicant) for applicant in hired])

    @api.model
    def _prepare(self, applicant):
        """:return: the values of the referral of somebody who was hired"""
        company = applicant.company_id or applicant.job_id.company_id
        hired = applicant.date_closed.date()
        months = applicant.job_id.sales_probation_months
        return {
            "name": applicant.partner_name or applicant.display_name,
            "applicant_id": applicant.id,
            "user_id": applicant.sales_referrer_id.id,
            "job_id": applicant.job_id.id,
            "company_id": (company or self.env.company).id,
            "bounty": applicant.job_id.sales_referral_bounty,
            "date_hired": hired,
            "date_due": hired + relativedelta(months=months),
        }

    def _settle(self):
        """Pay the bounty if the newcomer is still here after the probation."""
        self.ensure_one()
        employee = self.applicant_id.employee_id
        if not employee:
            return  # HR has not made one yet.
        trial = employee.version_id.trial_date_end
        due = trial + relativedelta(days=1) if trial else self.date_due
        left = employee.departure_date
        if left and left <= due or not left and not employee.active:
            self.state = "lapsed"
        elif due <= fields.Date.today():
            self.state = "earned"
            self._pay()
        self.date_due = due

    def _pay(self):
        """Ask for an adjustment of the referrer's incentives, or have HR pay."""
        adjustments = self.env["sales.incentive.adjustment"]
        period = adjustments.with_company(self.company_id)._default_period_id()
        assignment = (
            self.env["sales.incentive.assignment"]
            ._find_paying(self.user_id, period)
            .get(self.user_id)
        )
        if not assignment:
            self._tell_hr()
            return
        self.adjustment_id = adjustments.create(
            {
                "assignment_id": assignment.id,
                "period_id": period.id,
                "amount": self.bounty,
                "reason": self.env._("Referral of %s", self.name),
            }
        )
        self.adjustment_id.action_submit()

    def _tell_hr(self):
        """Leave a to-do for those who pay what is not an incentive."""
        managers = self.env.ref("hr.group_hr_manager").all_user_ids
        manager = managers.filtered(lambda user: user._works_in(self.company_id))[:1]
        if manager:
            self.activity_schedule(
                "mail.mail_activity_data_todo",
                summary=self.env._(
                    "Pay the bounty for referring %(newcomer)s to %(person)s",
                    newcomer=self.name,
                    person=self.user_id.name,
                ),
                user_id=manager.id,
            )
