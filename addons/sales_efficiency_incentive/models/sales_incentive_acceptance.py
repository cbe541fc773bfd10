# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import json
from datetime import timedelta
from hashlib import sha256

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import clean_context

from ..engine import PlanLetter

# Days in which a letter should be accepted
LETTER_DAYS = 7
ACTIVITY = "sales_efficiency_incentive.mail_activity_type_letter"


class SalesIncentiveAcceptance(models.Model):
    """The letter that tells a person the terms of a version, and its acceptance.

    A letter keeps its terms in words, as they were shown: what is printed, shown and
    accepted is one text, and the digest is that of this text. Only code writes it.
    """

    _name = "sales.incentive.acceptance"
    _inherit = ["sales.default.mixin", "mail.thread", "mail.activity.mixin"]
    _description = "Plan Letter"
    _order = "id desc"
    # People only read their letters, yet they ask about them.
    _mail_post_access = "read"

    assignment_id = fields.Many2one(
        comodel_name="sales.incentive.assignment",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    version_id = fields.Many2one(
        comodel_name="sales.incentive.version",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    plan_id = fields.Many2one(related="version_id.plan_id", store=True, index=True)
    company_id = fields.Many2one(related="plan_id.company_id", store=True, index=True)
    user_id = fields.Many2one(
        related="assignment_id.user_id", string="Person", store=True, index=True
    )
    partner_id = fields.Many2one(
        related="assignment_id.partner_id", string="Agent", store=True
    )
    date_from = fields.Date(related="version_id.date_from", string="Begins", store=True)
    state = fields.Selection(
        selection=[
            ("open", "To accept"),
            ("accepted", "Accepted"),
            ("replaced", "Replaced"),
        ],
        default="open",
        required=True,
        readonly=True,
        help="A letter is replaced when the terms of the person change.",
    )
    terms = fields.Json(readonly=True)
    digest = fields.Char(
        readonly=True,
        help="SHA-256 of the terms, as proof that they have not changed since.",
    )
    accepted_by_id = fields.Many2one(
        comodel_name="res.users", string="Accepted By", readonly=True
    )
    accepted_at = fields.Datetime(string="Accepted On", readonly=True)
    letter = fields.Html(compute="_compute_letter", sanitize=False)
    can_accept = fields.Boolean(compute="_compute_can_accept")

    _one_valid = models.UniqueIndex(
        "(assignment_id, version_id) WHERE state <> 'replaced'",
        "The person has a letter about these terms already. Reload the page.",
    )

    @api.depends("version_id", "assignment_id")
    def _compute_display_name(self):
        for letter in self:
            # sudo: their names are on the letter.
            names = letter.sudo()
            letter.display_name = self.env._(
                "Plan letter: %(person)s, %(version)s",
                person=names.assignment_id._get_payee_name() or "",
                version=names.version_id.display_name or "",
            )

    @api.depends("terms", "state")
    def _compute_letter(self):
        for letter in self:
            letter.letter = letter.terms and self.env["ir.qweb"]._render(
                "sales_efficiency_incentive.sales_incentive_letter_body",
                {"doc": letter},
                lang=letter._get_letter_language(),
            )

    @api.depends("state", "user_id")
    @api.depends_context("uid")
    def _compute_can_accept(self):
        for letter in self:
            letter.can_accept = letter.state == "open" and letter._is_accepted_by_user()

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def action_accept(self):
        """Accept the terms, as shown.

        :raise UserError: unless the user is the person whom they pay; letters of
            agents, who have no access, are accepted for them by an officer
        """
        for letter in self:
            letter.check_access("read")
            letter._check_can_accept()
        # sudo: people only read letters; this is their own signature.
        context = clean_context(self.env.context)
        letters = self.with_env(self.env(su=True, context=context))
        letters.write(
            {
                "state": "accepted",
                "accepted_by_id": self.env.uid,
                "accepted_at": fields.Datetime.now(),
            }
        )
        letters.activity_feedback([ACTIVITY])
        letters._release_pay()

    @api.readonly
    def action_print(self):
        return self.env.ref(
            "sales_efficiency_incentive.sales_incentive_letter_report"
        ).report_action(self)

    # ------------------------------------------------------------------
    # Business methods
    # ------------------------------------------------------------------

    @api.model
    def _issue(self, assignments, version):
        """Send letters about the present terms, in place of earlier ones."""
        letters = self.sudo()  # sudo: only code writes letters.
        earlier = letters.search(
            [
                ("assignment_id", "in", assignments.ids),
                ("version_id", "=", version.id),
                ("state", "!=", "replaced"),
            ]
        )
        earlier._withdraw()
        targets = PlanLetter.find_targets(assignments, version)
        new = letters.create(
            [self._prepare(person, version, targets) for person in assignments]
        )
        new._remind()
        return new

    def _withdraw(self):
        """Keep what was accepted. The others are no proof of anything: they vanish,
        and their to-dos with them."""
        self.filtered(lambda letter: letter.state == "open").unlink()
        self.exists().state = "replaced"
        self.flush_model(["state"])  # The index allows one valid letter.

    @api.model
    def _prepare(self, assignment, version, targets):
        language = assignment._get_payee_language()
        terms = PlanLetter(
            assignment.with_context(lang=language),
            version.with_context(lang=language),
            targets,
        ).get_terms()
        return {
            "assignment_id": assignment.id,
            "version_id": version.id,
            "terms": terms,
            "digest": self._get_digest(terms),
        }

    @api.model
    def _get_digest(self, terms):
        """:return: the SHA-256 of terms, whatever the order of their parts"""
        text = json.dumps(terms, sort_keys=True, ensure_ascii=False)
        return sha256(text.encode()).hexdigest()

    def _remind(self):
        """Give each person a to-do. It names no amounts, as mails are made of it."""
        to_dos = self.env["mail.activity"].with_context(mail_activity_quick_update=True)
        values = []
        for letter in self.filtered("user_id"):
            user = letter.user_id
            mine = letter.with_context(lang=user.lang)
            values.append(
                to_dos._prepare_sales_to_do(
                    letter,
                    user,
                    ACTIVITY,
                    summary=mine.env._("Accept your plan letter"),
                    date_deadline=user._get_sales_today() + timedelta(days=LETTER_DAYS),
                )
            )
        to_dos.create(values)

    def _release_pay(self):
        """Have what waits for the letters released."""
        assignments = self.assignment_id.filtered(
            "company_id.sales_incentive_letter_holds"
        )
        self.env["sales.incentive.change"]._note_assignments(assignments)

    def _get_letter_language(self):
        """:return: code of the language of the person who gets the letter"""
        return self.assignment_id._get_payee_language()

    def _is_accepted_by_user(self):
        """:return: whether it is the user who has to accept the letter"""
        self.ensure_one()
        if self.user_id:
            return self.user_id == self.env.user
        return self.env.user.has_group(
            "sales_efficiency_incentive.group_incentive_officer"
        )

    def _check_can_accept(self):
        self.ensure_one()
        if self.state != "open":
            raise UserError(
                self.env._("This letter is accepted or replaced. Reload the page.")
            )
        if not self._is_accepted_by_user():
            raise UserError(
                self.env._(
                    "Only %(person)s can accept this letter.",
                    person=self.user_id.name or self.env._("an incentive officer"),
                )
            )
