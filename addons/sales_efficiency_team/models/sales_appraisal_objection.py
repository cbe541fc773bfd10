# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError


class SalesAppraisalObjection(models.Model):
    """A person objects to an appraisal; the next superior decides (policy 4.3.3).

    Nobody decides on what they have done themselves: neither the person nor whoever has
    judged, graded or told. Where nobody is above them, HR managers decide.
    """

    _name = "sales.appraisal.objection"
    _inherit = ["sales.appraisal.feedback.mixin", "sales.state.mixin"]
    _description = "Objection to an Appraisal"
    _order = "id desc"
    _fixed_fields = ("appraisal_id", "reason")

    appraisal_id = fields.Many2one(readonly=False)
    reason = fields.Text(
        required=True, help="What is wrong, and why. It does not change afterwards."
    )
    state = fields.Selection(
        selection=[
            ("open", "To Decide"),
            ("upheld", "Upheld"),
            ("overruled", "Overruled"),
        ],
        default="open",
        required=True,
        readonly=True,
        index=True,
        copy=False,
        tracking=True,
    )
    judge_id = fields.Many2one(
        comodel_name="res.users",
        string="Decides",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
        help="The next superior of those who have not judged the person before.",
    )
    deadline = fields.Date(string="Decide Until", readonly=True)
    answer = fields.Text(help="The person reads it.", copy=False)
    decided_by_id = fields.Many2one(
        comodel_name="res.users",
        string="Decided By",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
    )
    decided_at = fields.Datetime(string="Decided On", readonly=True)
    correction_id = fields.Many2one(
        comodel_name="sales.appraisal",
        string="Correction",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
        help="The new version that followed.",
    )
    can_decide = fields.Boolean(compute="_compute_can")
    can_correct = fields.Boolean(compute="_compute_can")

    _appraisal_uniq = models.UniqueIndex(
        "(appraisal_id)", "There is an objection to this appraisal already."
    )

    @api.depends("state", "decided_by_id", "correction_id")
    @api.depends_context("uid")
    def _compute_can(self):
        for objection in self:
            objection.can_decide = objection.state == "open" and (
                self.env.user in objection._get_judges()
            )
            objection.can_correct = (
                objection.state == "upheld"
                and not objection.correction_id
                and objection.user_id != self.env.user
                and objection.appraisal_id._may_correct()
            )

    # ------------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        # Whoever follows gets what others write, so the person does not.
        quiet = self.with_context(mail_create_nosubscribe=True, mail_create_nolog=True)
        objections = super(SalesAppraisalObjection, quiet).create(vals_list)
        objections = objections.with_env(self.env)
        for objection in objections:
            if not self.env.su:
                objection.appraisal_id._check_may_object()
            objection._open()
        return objections

    def write(self, vals):
        if not self.env.su and self._get_content(vals):
            self.check_access("write")
            for objection in self:
                objection._check_may_decide()
        return super().write(vals)

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def action_uphold(self):
        """Agree with the person: the appraisal is corrected by a new version."""
        self.ensure_one()
        self._decide("upheld")
        # sudo: judges do not write appraisals. What has been told is final now, and
        # its correction is a version of its own.
        appraisal = self.sudo().appraisal_id
        if appraisal.state == "told":
            appraisal.state = "closed"
        self._ask(self.env.user, "correct", self._get_deadline())
        return self.action_correct()

    def action_overrule(self):
        """Stay with the appraisal."""
        self.ensure_one()
        self._decide("overruled")

    def action_correct(self):
        """Ask for the reason of the correction: by default that of the objection."""
        self.ensure_one()
        self.check_access("read")
        self._check_state_is("upheld")
        action = self.appraisal_id.action_correct()
        reason = " ".join(self.answer.split())
        return action | {"context": action["context"] | {"default_reason": reason}}

    # ------------------------------------------------------------------
    # Deciding
    # ------------------------------------------------------------------

    def _open(self):
        """Note the objection, and ask who decides."""
        judge = self._get_judges()[:1]
        # sudo: the person writes none of it.
        self.sudo().write({"judge_id": judge.id, "deadline": self._get_deadline()})
        self.appraisal_id._reply("objected")
        self._ask(judge, "decide", self.deadline)

    def _decide(self, state):
        self.check_access("read")
        self._check_state_is("open")
        self._check_may_decide()
        if not (self.answer or "").strip():
            raise UserError(
                self.env._("Give an answer first: %s reads it.", self.user_name)
            )
        # sudo: users do not write the outcome; that they decide has been checked.
        self.sudo().write(
            {
                "state": state,
                "decided_by_id": self.env.uid,
                "decided_at": fields.Datetime.now(),
            }
        )
        self._drop_to_dos()
        self._ask(self.user_id, "read", self._get_deadline())

    def _get_judges(self):
        """:return: the users who can decide, the next superior first"""
        self.ensure_one()
        company = self.company_id
        appraisal = self.sudo().appraisal_id  # sudo: only compares people
        superior = appraisal.superior_id.with_env(self.env)
        judged = superior | (appraisal.told_by_id | appraisal.graded_by_id).with_env(
            self.env
        )
        chain = self.user_id._get_sales_superiors(company)
        if superior in chain:
            chain = chain[chain.ids.index(superior.id) + 1 :]
        others = (chain | company._get_hr_managers()) - judged - self.user_id
        return others.filtered(lambda user: self.with_user(user).has_access("write"))

    def _check_may_decide(self):
        self._check_state_is("open")
        if not self.env.su and self.env.user not in self._get_judges():
            raise AccessError(
                self.env._(
                    "Nobody decides on what they have judged themselves. This is for"
                    " the next superior."
                )
            )

    def _get_deadline(self):
        # sudo: the setting of the company
        company = self.company_id.sudo()
        return company._get_sales_today() + timedelta(days=company.sales_reply_days)

    def _text(self, user, kind):
        env = self.with_context(lang=user.lang).env
        return {
            "decide": env._("Decide on the objection of %s", self.user_name),
            "correct": env._("Correct the appraisal of %s", self.user_name),
            "read": env._("Read the answer to your objection"),
        }[kind]
