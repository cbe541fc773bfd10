# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from collections import defaultdict
from datetime import timedelta

from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from odoo.addons.sales_efficiency_base.tools import each_alone

from .sales_appraisal_rating_line import MARKS

ACTIVITY = "sales_efficiency_team.mail_activity_type_rating"
# Days before the deadline on which those who have not answered are reminded
REMIND_DAYS = 2
MOST_LETTERS = 4000


class SalesAppraisalRating(models.Model):
    """What one rater says about a person, until the round closes.

    It is its rater's alone: HR and administrators see only how many have answered. At
    the end of the round the answers are written anew without their raters, and this
    record is deleted with all that hangs on it, see ``RatingClosing``.
    """

    _name = "sales.appraisal.rating"
    _inherit = ["sales.answer.mixin", "mail.thread", "mail.activity.mixin"]
    _description = "Rating"
    _order = "answer_state desc, answer_deadline, person_name, id"
    _answer_kind = "rating"
    _answer_template = "sales_efficiency_team.sales_appraisal_rating_questions"

    rater_id = fields.Many2one(
        comodel_name="sales.appraisal.rater",
        string="Request",
        required=True,
        readonly=True,
        ondelete="cascade",
    )
    appraisal_id = fields.Many2one(
        comodel_name="sales.appraisal",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(readonly=True)
    kind = fields.Selection(related="rater_id.kind", string="You Rate As", store=True)
    user_id = fields.Many2one(
        comodel_name="res.users",
        string="Rater",
        readonly=True,
        index="btree_not_null",
        ondelete="cascade",
    )
    person_id = fields.Many2one(related="appraisal_id.user_id", string="Person Rated")
    # What raters may know of an appraisal that they may not read
    person_name = fields.Char(string="Person", required=True, readonly=True)
    period = fields.Char(compute="_compute_period", compute_sudo=True)
    line_ids = fields.One2many(
        comodel_name="sales.appraisal.rating.line",
        inverse_name="rating_id",
        string="Criteria",
    )
    note = fields.Text(
        string="What should be kept, what should change?",
        help="Shown to the person and their superior after the round, without your"
        " name and mixed with those of others.",
    )
    is_reminded = fields.Boolean(groups=fields.NO_ACCESS, copy=False)

    _rater_uniq = models.UniqueIndex("(rater_id)", "A rater is asked once.")

    @api.depends("appraisal_id")
    @api.depends_context("lang")
    def _compute_period(self):
        for rating in self:
            rating.period = rating.appraisal_id.cycle_id.display_name

    @api.depends("person_name", "period")
    def _compute_display_name(self):
        for rating in self:
            rating.display_name = f"{rating.person_name}, {rating.period}"

    # ------------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------------

    def write(self, vals):
        if not self.env.su and self._get_content(vals):
            self._check_is_running()
        if len(vals.get("note") or "") > MOST_LETTERS:
            raise UserError(
                self.env._("A note can have at most %s letters.", MOST_LETTERS)
            )
        return super().write(vals)

    def unlink(self):
        self._drop_to_dos()
        return super().unlink()

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def action_give(self):
        """Give the rating; it can be changed until the round closes."""
        for rating in self:
            rating.check_access("write")
            if rating.user_id != self.env.user:
                raise AccessError(self.env._("Only the rater gives a rating."))
            rating._check_is_running()
            rating._check_marks(rating.line_ids.filtered("mark"))
        ratings = self.sudo()  # sudo: users do not write the status, it is they.
        ratings.answer_state = "answered"
        ratings._drop_to_dos()
        return self._get_next()

    def action_change(self):
        """Take a rating back to change it."""
        self.check_access("write")
        self._check_is_running()
        self.sudo().answer_state = "waiting"  # sudo: as above

    def _get_next(self):
        """:return: the action to open what is left to rate, or the list"""
        left = self.search(
            [("user_id", "=", self.env.uid), ("answer_state", "=", "waiting")], limit=1
        )
        action = self.env["ir.actions.actions"]._for_xml_id(
            "sales_efficiency_team.sales_appraisal_rating_action"
        )
        if left:
            action |= {"res_id": left.id, "views": [(False, "form")]}
        return {**action, "target": "main"}

    # ------------------------------------------------------------------
    # Checks
    # ------------------------------------------------------------------

    def _check_is_running(self):
        # sudo: raters may not read the appraisal.
        if any(state != "rating" for state in self.sudo().appraisal_id.mapped("state")):
            raise UserError(self.env._("This round is closed. Thank you all the same."))

    def _check_marks(self, given):
        if not given:
            raise UserError(self.env._("Rate at least one criterion, from 1 to 5."))

    # ------------------------------------------------------------------
    # Customers
    # ------------------------------------------------------------------

    def _get_answer_title(self):
        return self.env._("How do you work with %(person)s?", person=self.person_name)

    def _get_answer_subject(self):
        return self.env._(
            "%(company)s asks for your opinion", company=self.company_id.name
        )

    def _get_answer_values(self):
        return {"marks": MARKS}

    @api.model
    def _get_to_ask_domain(self):
        return super()._get_to_ask_domain() & Domain(
            "appraisal_id.state", "=", "rating"
        )

    def _is_open_for_answer(self):
        return super()._is_open_for_answer() and self.appraisal_id.state == "rating"

    def _save_answer(self, values):
        """Save the marks and the note of a customer."""
        marks = {
            line: values[f"mark_{line.id}"]
            for line in self.line_ids
            if values.get(f"mark_{line.id}")
        }
        self._check_marks(marks)
        for line, mark in marks.items():
            line.mark = mark
        self.note = (values.get("note") or "").strip()

    # ------------------------------------------------------------------
    # Opening
    # ------------------------------------------------------------------

    @api.model
    def _open(self, raters):
        """Ask raters: users by a to-do, customers by e-mail."""
        ratings = self.sudo()  # sudo: the system asks.
        ratings = ratings.with_context(
            mail_create_nosubscribe=True, mail_create_nolog=True, tracking_disable=True
        )
        new = ratings.create([rater._prepare_rating() for rater in raters.sudo()])
        new._sync_lines()
        new._give_to_dos()
        if new.answer_partner_id:
            self.env.ref("sales_efficiency_team.ir_cron_rating_mails")._trigger()
        return new

    def _sync_lines(self):
        """Ask by the criteria that appraisals have now; marks of others are kept, but
        do not count. Users who have answered already are asked for what is new."""
        lines = self.env["sales.appraisal.rating.line"]
        # A criterion that is deleted has no name any more.
        self.line_ids.filtered(lambda line: not line.criterion_id).unlink()
        reopened = self.browse()
        values = []
        for rating in self:
            asked = rating.appraisal_id.mark_ids.filtered(
                lambda mark, kind=rating.kind: mark.kind == kind
            )
            missing = asked.criterion_id - rating.line_ids.criterion_id
            if missing and rating.user_id and rating.answer_state == "answered":
                reopened |= rating
            values += (
                {
                    "rating_id": rating.id,
                    "criterion_id": mark.criterion_id.id,
                    "sequence": mark.sequence,
                }
                for mark in asked
                if mark.criterion_id in missing
            )
        lines.create(values)
        reopened.answer_state = "waiting"
        reopened._give_to_dos()

    def _give_to_dos(self):
        to_dos = self.env["mail.activity"].with_context(mail_activity_quick_update=True)
        values = []
        for rating in self.filtered("user_id"):
            mine = rating.with_context(lang=rating.user_id.lang)
            values.append(
                to_dos._prepare_sales_to_do(
                    rating,
                    rating.user_id,
                    ACTIVITY,
                    summary=mine.env._("Give your rating"),
                    date_deadline=rating.answer_deadline,
                )
            )
        to_dos.create(values)

    def _drop_to_dos(self):
        """Delete the to-dos: one that is done would say by whom and when."""
        # sudo: these are the to-dos of all raters.
        to_dos = self.env["mail.activity"].with_context(active_test=False).sudo()
        to_dos.search(
            [("res_model", "=", self._name), ("res_id", "in", self.ids)]
        ).unlink()

    # ------------------------------------------------------------------
    # Reminders
    # ------------------------------------------------------------------

    @api.model
    def _cron_remind(self):
        """Remind users of what they have not rated, each by one e-mail."""
        waiting = self._find_to_remind()
        each_alone(self.env, waiting, lambda user: waiting[user]._remind(user))

    @api.model
    def _find_to_remind(self):
        """:return: dict user → their open ratings whose deadline is near"""
        ratings = self.search(
            [
                ("answer_state", "=", "waiting"),
                ("is_reminded", "=", False),
                ("user_id.active", "=", True),
                ("appraisal_id.state", "=", "rating"),
                ("answer_deadline", "!=", False),
            ]
        )
        due = defaultdict(ratings.browse)
        for rating in ratings:
            today = rating.company_id._get_sales_today()
            if rating.answer_deadline <= today + timedelta(days=REMIND_DAYS):
                due[rating.user_id] |= rating
        return due

    def _remind(self, user):
        ratings = self.with_user(SUPERUSER_ID).with_context(lang=user.lang)
        body = ratings.env["ir.qweb"]._render(
            "sales_efficiency_team.sales_appraisal_rating_reminder",
            {
                "user": user,
                "count": len(ratings),
                "deadline": min(ratings.mapped("answer_deadline")),
                "url": f"{ratings.browse().get_base_url()}/odoo/my-ratings",
            },
        )
        company = ratings[0].company_id
        if user.email_normalized:
            # Kept with the ratings, so that it goes with them if it is still there.
            ratings.answer_mail_id = ratings.env["mail.mail"].create(
                {
                    "subject": ratings.env._("Ratings to give: %s", len(ratings)),
                    "body_html": body,
                    "email_from": company.email_formatted
                    or ratings.env.user.email_formatted,
                    "email_to": user.email_formatted,
                    "author_id": ratings.env.user.partner_id.id,
                    "auto_delete": True,
                }
            )
        ratings.is_reminded = True
