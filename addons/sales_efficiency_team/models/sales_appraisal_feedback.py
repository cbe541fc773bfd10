# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from odoo.addons.sales_efficiency_base.tools import open_records

from .sales_appraisal_cycle import STAFF


class SalesAppraisal(models.Model):
    """People are told in a talk, then agree or object; who is below the standard gets
    an improvement plan (policy 4.3.3)."""

    _inherit = "sales.appraisal"  # pylint: disable=consider-merging-classes-inherited

    talk_ids = fields.One2many(
        comodel_name="sales.appraisal.talk",
        inverse_name="appraisal_id",
        string="Talk",
        readonly=True,
    )
    talk_state = fields.Selection(related="talk_ids.state", string="Status of the Talk")
    talk_date = fields.Datetime(related="talk_ids.date", string="Talk On")
    reply = fields.Selection(
        selection=[
            ("acknowledged", "Agreed"),
            ("objected", "Objected"),
            ("silent", "No Reply"),
        ],
        readonly=True,
        copy=False,
        help="What the person says to the appraisal.",
    )
    reply_at = fields.Datetime(string="Replied On", readonly=True, copy=False)
    reply_deadline = fields.Date(string="Reply Until", readonly=True, copy=False)
    can_reply = fields.Boolean(compute="_compute_can_reply")
    can_object = fields.Boolean(compute="_compute_can_reply")
    objection_ids = fields.One2many(
        comodel_name="sales.appraisal.objection",
        inverse_name="appraisal_id",
        string="Objection",
        readonly=True,
    )
    objection_state = fields.Selection(
        related="objection_ids.state", string="Status of the Objection"
    )
    improvement_plan_ids = fields.One2many(
        comodel_name="sales.improvement.plan",
        inverse_name="appraisal_id",
        string="Improvement Plan",
        readonly=True,
    )
    improvement_state = fields.Selection(
        related="improvement_plan_ids.state", string="Status of the Plan"
    )
    is_below_standard = fields.Boolean(
        string="Below the Standard",
        compute="_compute_standard",
        help="By its grade, or by the score line of the settings.",
    )
    is_excellent = fields.Boolean(
        string="Excellent",
        compute="_compute_standard",
        help="By its grade, or by the score line of the settings.",
    )
    can_propose_plan = fields.Boolean(compute="_compute_can_propose_plan")

    # ------------------------------------------------------------------
    # Computed fields
    # ------------------------------------------------------------------

    @api.depends("told_at", "reply", "reply_deadline", "corrected_by_ids")
    @api.depends_context("uid")
    def _compute_can_reply(self):
        for appraisal in self:
            is_asked = (
                appraisal.user_id == self.env.user
                and bool(appraisal.told_at)
                and appraisal.is_current
            )
            appraisal.can_reply = is_asked and appraisal.reply in (False, "silent")
            appraisal.can_object = (
                is_asked and not appraisal.reply and appraisal._is_in_time()
            )

    @api.depends("grade_id.needs_plan", "grade_id.is_excellent", "score", "is_scored")
    def _compute_standard(self):
        for appraisal in self:
            # sudo: the settings of the company
            company = appraisal.company_id.sudo()
            line, high = company.sales_standard_score, company.sales_honour_score
            score = appraisal.score
            appraisal.is_below_standard = appraisal.is_scored and (
                appraisal.grade_id.needs_plan or score < line
            )
            appraisal.is_excellent = appraisal.is_scored and bool(
                appraisal.grade_id.is_excellent or (high and score >= high)
            )

    @api.depends("told_at", "improvement_plan_ids.state")
    @api.depends_context("uid")
    def _compute_can_propose_plan(self):
        plans = self.env["sales.improvement.plan"]
        may_create = plans.has_access("create")
        for appraisal in self:
            appraisal.can_propose_plan = (
                may_create
                and bool(appraisal.told_at)
                and appraisal.is_current
                and appraisal.user_id != self.env.user
                and not appraisal.improvement_plan_ids
            )

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def action_tell(self):
        res = super().action_tell()
        # sudo: superiors do not write appraisals; that they may tell is checked.
        told = self.sudo()
        for appraisal in told:
            company = appraisal.company_id
            today = company._get_sales_today()
            appraisal.reply_deadline = today + timedelta(days=company.sales_reply_days)
        talks = self.env["sales.appraisal.talk"]
        talks._open(told)
        told.talk_ids._hold()
        self.env["sales.improvement.plan"]._follow(told)
        return res

    def action_acknowledge(self):
        """The person agrees."""
        for appraisal in self:
            appraisal._check_may_reply()
            appraisal._reply("acknowledged")

    def action_object(self):
        """:return: action of the dialog in which the person says why"""
        self.ensure_one()
        self._check_may_object()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "sales_efficiency_team.sales_appraisal_objection_action_new"
        )
        return action | {"context": {"default_appraisal_id": self.id}}

    def action_propose_plan(self):
        """Propose an improvement plan, also to somebody who meets the standard."""
        self.ensure_one()
        self.check_access("read")
        self._check_is_other()
        plans = self.env["sales.improvement.plan"]
        plans.check_access("create")
        # sudo: only code says to which appraisal a plan belongs.
        plan = plans.sudo().create(plans._prepare_proposal(self.sudo()))
        return plan.with_env(self.env)._get_records_action()

    @api.readonly
    def action_open_talk(self):
        self.ensure_one()
        return self.talk_ids._get_records_action(name=self.user_name)

    @api.readonly
    def action_open_objection(self):
        self.ensure_one()
        return self.objection_ids._get_records_action(name=self.user_name)

    @api.readonly
    def action_open_improvement_plans(self):
        self.ensure_one()
        plans = self.improvement_plan_ids
        if len(plans) == 1:
            return plans._get_records_action()
        return open_records(
            self.env,
            "sales_efficiency_team.sales_improvement_plan_action",
            [("id", "in", plans.ids)],
            name=self.user_name,
        )

    # ------------------------------------------------------------------
    # Checks
    # ------------------------------------------------------------------

    def _is_in_time(self):
        today = self.company_id._get_sales_today()
        return bool(self.reply_deadline) and self.reply_deadline >= today

    def _check_may_reply(self):
        self.check_access("read")
        if self.user_id != self.env.user:
            raise AccessError(self.env._("Only the person replies to an appraisal."))
        if not self.told_at:
            raise UserError(self.env._("You have not been told yet."))
        if not self.is_current:
            raise UserError(
                self.env._("This appraisal has been corrected. Reply to the new one.")
            )
        if self.reply in ("acknowledged", "objected"):
            raise UserError(self.env._("You have replied already."))

    def _check_may_object(self):
        self._check_may_reply()
        if not self._is_in_time():
            raise UserError(
                self.env._(
                    "You could object until %s.",
                    fields.Date.to_string(self.reply_deadline) or "–",
                )
            )

    def _may_correct(self):
        """Whoever has upheld an objection corrects the appraisal, too."""
        # sudo: only compares people
        upheld = self.sudo().objection_ids.filtered(lambda o: o.state == "upheld")
        return super()._may_correct() or self.env.user.id in upheld.decided_by_id.ids

    # ------------------------------------------------------------------
    # Business methods
    # ------------------------------------------------------------------

    def _reply(self, reply):
        # sudo: people do not write appraisals; that they may reply is checked.
        appraisals = self.sudo()
        appraisals.write({"reply": reply, "reply_at": fields.Datetime.now()})
        for appraisal in appraisals:
            appraisal.talk_ids._drop_to_dos(appraisal.user_id)

    def _correct(self, reason):
        new = super()._correct(reason)
        # sudo: users do not write it; that they may correct has been checked.
        objection = self.sudo().objection_ids.filtered(lambda o: o.state == "upheld")
        objection.correction_id = new
        if objection:
            objection._drop_to_dos(objection.decided_by_id)
        self.env["sales.appraisal.talk"]._open(new)
        return new

    def _find_teller(self):
        """:return: who tells the person: the superior, or else the next above; HR
        managers if nobody is"""
        self.ensure_one()
        company, person = self.company_id, self.user_id
        superior = self.superior_id
        works = superior and superior != person and superior._works_in(company)
        if works and superior.has_groups(STAFF):
            return superior
        superiors = person._get_sales_superiors(company)
        others = (superiors | company._get_hr_managers()) - person
        readers = (u for u in others if self.with_user(u).has_access("read"))
        return next(readers, others.browse())

    def _get_report_language(self):
        """:return: the language of the person"""
        self.ensure_one()
        return self.user_id.sudo().lang or self.env.lang  # sudo: only the language

    @api.model
    def _cron_follow_replies(self):
        """Note who has not replied in time: the to-do goes, the appraisal stands."""
        waiting = self.search([("told_at", "!=", False), ("reply", "=", False)])
        for company, appraisals in waiting.grouped("company_id").items():
            today = company._get_sales_today()
            late = appraisals.filtered(
                lambda a, today=today: a.reply_deadline and a.reply_deadline < today
            )
            late.write({"reply": "silent"})
            for appraisal in late:
                appraisal.talk_ids._drop_to_dos(appraisal.user_id)
