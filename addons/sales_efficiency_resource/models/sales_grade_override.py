# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta
from operator import methodcaller

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL, format_date

from odoo.addons.sales_efficiency_base.tools import each_alone, take_free

from ..engine.grading import GradeHistory
from .sales_grading import ACTIVITY

# What is approved
CONTENT = {"date_from", "date_to", "grade_id", "partner_id", "reason"}
# The owner of the customer is told so long before an override ends.
NOTICE_DAYS = 14
OPEN = ("draft", "submitted", "approved")


class SalesGradeOverride(models.Model):
    """Another grade than the computed one for a customer, for a while (policy 5.1.2).

    It needs a reason, an end and an approval, and ends by itself. See
    ``sales_grade_override_approval.py`` for its approval.
    """

    _name = "sales.grade.override"
    _inherit = [
        "sales.guard.mixin",
        "sales.submission.mixin",
        "mail.thread",
        "mail.activity.mixin",
    ]
    _description = "Grade Override"
    _order = "date_to desc, id desc"
    _check_company_auto = True
    _fixed_fields = ("company_id",)
    _state_from = ["submitted"]
    _state_to = ["approved"]
    _cancel_state = "draft"

    partner_id = fields.Many2one(
        comodel_name="res.partner",
        string="Customer",
        required=True,
        index=True,
        ondelete="cascade",
        check_company=True,
        domain="[('parent_id', '=', False)]",
        tracking=True,
    )
    company_id = fields.Many2one(
        comodel_name="res.company",
        required=True,
        index=True,
        default=lambda self: self.env.company,
    )
    user_id = fields.Many2one(related="partner_id.user_id", string="Salesperson")
    grade_id = fields.Many2one(
        comodel_name="sales.grade",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
        tracking=True,
        help="In force from the first to the last day, whatever the score.",
    )
    computed_grade_id = fields.Many2one(
        comodel_name="sales.grade",
        string="Computed Grade",
        compute="_compute_computed_grade_id",
        help="What the grading says.",
    )
    date_from = fields.Date(
        string="From",
        required=True,
        index=True,
        default=lambda self: self.env.company._get_sales_today(),
        tracking=True,
    )
    date_to = fields.Date(
        string="Until",
        required=True,
        index=True,
        default=lambda self: self._default_date_to(),
        tracking=True,
        help="The last day, at most 12 months later. The computed grade is in force on"
        " the next day.",
    )
    reason = fields.Text(required=True, tracking=True)
    state = fields.Selection(
        selection=[
            ("draft", "Draft"),
            ("submitted", "To Approve"),
            ("approved", "Approved"),
            ("ended", "Ended"),
            ("rejected", "Rejected"),
            ("cancelled", "Cancelled"),
        ],
        default="draft",
        required=True,
        readonly=True,
        index=True,
        copy=False,
        tracking=True,
    )
    period_ids = fields.One2many(
        comodel_name="sales.customer.grade",
        inverse_name="override_id",
        string="In Force",
        readonly=True,
    )
    is_announced = fields.Boolean(string="End Announced", readonly=True, copy=False)

    _days_order = models.Constraint(
        "CHECK (date_to >= date_from)", "An override cannot end before it begins."
    )
    _days_most = models.Constraint(
        "CHECK (date_to < date_from + interval '12 months')",
        "An override ends within 12 months.",
    )
    _reason_given = models.Constraint(
        "CHECK (TRIM(reason) <> '')", "Say why the customer gets another grade."
    )
    _days_excl = models.Constraint(
        "EXCLUDE USING gist (int4range(partner_id, partner_id, '[]'::text) WITH &&,"
        " int4range(company_id, company_id, '[]'::text) WITH &&,"
        " daterange(date_from, date_to, '[]'::text) WITH &&)"
        " WHERE (state IN ('submitted', 'approved'))",
        "Another override of this customer's grade covers some of these days.",
    )

    # ------------------------------------------------------------------
    # Computed fields
    # ------------------------------------------------------------------

    @api.model
    def _default_date_to(self):
        return self.env.company._get_sales_today() + relativedelta(months=6)

    @api.depends("partner_id", "grade_id")
    def _compute_display_name(self):
        for override in self:
            parts = (override.partner_id.name, override.grade_id.name)
            override.display_name = ": ".join(filter(None, parts))

    @api.depends("partner_id", "company_id")
    @api.depends_context("uid")
    def _compute_computed_grade_id(self):
        """The grade that the customer would have today."""
        periods = self.env["sales.customer.grade"]
        for company, overrides in self.grouped("company_id").items():
            found = {}
            if company:
                found = periods._get_periods(
                    overrides.partner_id, company._get_sales_today(), company
                )
            for override in overrides:
                period = found.get(override.partner_id._origin, periods)
                override.computed_grade_id = period.computed_grade_id

    # ------------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        return super().create(self._choose_customers(vals_list))

    def write(self, vals):
        if not CONTENT.isdisjoint(vals):
            self._check_is_draft()
        return super().write(self._choose_customers([vals])[0])

    @api.ondelete(at_uninstall=False)
    def _unlink_except_submitted(self):
        self._check_is_draft()

    @api.model
    def _choose_customers(self, vals_list):
        """A contact stands for its company, which is the customer."""
        partners = self.env["res.partner"]
        chosen = []
        for vals in vals_list:
            customer = vals.get("partner_id")
            if isinstance(customer, int) and customer:
                # sudo: only which customer it is; who may choose it is checked.
                customer = partners.sudo().browse(customer).commercial_partner_id.id
                vals = {**vals, "partner_id": customer}
            chosen.append(vals)
        return chosen

    def _check_is_draft(self):
        """:raise UserError: if the content was submitted"""
        if not self.env.su and any(override.state != "draft" for override in self):
            raise UserError(
                self.env._(
                    "A submitted override does not change. Take it back to draft."
                )
            )

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def action_draft(self):
        """Take it back to change it. It is approved anew."""
        for override in self:
            if override.state != "rejected":
                override._check_state_is("submitted")
        self._set_state("draft")

    def action_cancel(self):
        for override in self:
            if override.state != "draft":
                override._check_state_is("submitted")
        self._set_state("draft")  # which ends the approval
        self._set_state("cancelled")

    def action_end(self):
        """End it today: the computed grade is in force again.

        :raise UserError: if the user is no sales director: who may not give a customer
            another grade may not take one away either
        """
        self.check_access("write")
        if not self.env.user.has_group("sales_efficiency_base.group_sales_director"):
            raise UserError(self.env._("Only a sales director can end an override."))
        self._check_state_is("approved")
        for override in self:
            override._end()

    # ------------------------------------------------------------------
    # Cron
    # ------------------------------------------------------------------

    @api.model
    def _cron_follow(self):
        """Begin, announce the end of, and end overrides; each once."""
        found = self.search([("state", "=", "approved")], order="date_to, id")
        due = found.filtered(lambda override: override._get_step())
        each_alone(self.env, due, methodcaller("_follow"), take=take_free)

    def _follow(self):
        """Take all steps that are due today."""
        done = set()
        while (step := self._get_step()) and step.__name__ not in done:
            done.add(step.__name__)
            step()

    def _get_step(self):
        """:return: the method that is due today, if any"""
        today = self.company_id._get_sales_today()
        if self.state != "approved":
            return None
        if self.date_to < today:
            return self._end
        if self.date_from <= today and not self._is_in_force():
            return self._begin
        if (
            self.date_to <= today + timedelta(days=NOTICE_DAYS)
            and not self.is_announced
        ):
            return self._announce
        return None

    def _is_in_force(self):
        # sudo: whether it is written down already
        return bool(self.sudo().period_ids)

    # ------------------------------------------------------------------
    # Steps
    # ------------------------------------------------------------------

    def _begin(self):
        """Put it into force, from today on if its first day has passed."""
        day = self.company_id._get_sales_today()
        GradeHistory(self.company_id, day).take_overrides(self.partner_id)

    def _end(self):
        """Return to the computed grade, on the day after the last one."""
        today = self.company_id._get_sales_today()
        # sudo: that it is time, or who may end it, has been checked.
        override = self.sudo().with_context(skip_validation_check=True)
        day = min(today, self.date_to + timedelta(days=1))
        override.write({"state": "ended"})
        if override.date_to >= today:
            override.date_to = max(override.date_from, today - timedelta(days=1))
        GradeHistory(self.company_id, day).take_overrides(self.partner_id)
        override.activity_unlink([ACTIVITY])

    def _announce(self):
        """Tell the owner of the customer that the grade will change."""
        # sudo: the to-do is that of somebody else.
        override = self.sudo().with_context(skip_validation_check=True)
        override.is_announced = True
        owner = (override.user_id | override.submitted_by_id).filtered("active")[:1]
        if owner:
            env = override.with_context(lang=owner.lang).env
            to_dos = env["mail.activity"].with_context(mail_activity_quick_update=True)
            to_dos.create(
                to_dos._prepare_sales_to_do(
                    override,
                    owner,
                    ACTIVITY,
                    summary=env._(
                        "%(customer)s: grade %(grade)s ends on %(day)s",
                        customer=override.partner_id.name,
                        grade=override.grade_id.name,
                        day=format_date(env, override.date_to),
                    ),
                    date_deadline=override.date_to,
                )
            )

    # ------------------------------------------------------------------
    # Helpers
    # ------------------------------------------------------------------

    @api.model
    def _sql_approved(self, company):
        """Return the SELECT of the approved overrides, of any days."""
        return SQL(
            """
            SELECT id, partner_id, grade_id, date_from, date_to
              FROM sales_grade_override
             WHERE state = 'approved' AND company_id = %s
            """,
            company.id,
        )

    @api.model
    def _sql_in_force(self, company, day):
        """Return the SELECT of the approved overrides of a day."""
        return SQL(
            "SELECT id, partner_id, grade_id FROM (%s) AS approved"
            " WHERE %s BETWEEN date_from AND date_to",
            self._sql_approved(company),
            day,
        )

    def _overlaps(self, other):
        return (
            self != other
            and self.company_id == other.company_id
            and self.date_from <= other.date_to
            and other.date_from <= self.date_to
        )

    def _cancel_merged(self, customer):
        """Cancel the override of a duplicate that overlaps that of the customer."""
        override = self.sudo().with_context(skip_validation_check=True)
        override.state = "cancelled"
        override.message_post(
            body=self.env._(
                "Cancelled: the customer was merged with %s, whose own override covers"
                " these days.",
                customer.name,
            )
        )
