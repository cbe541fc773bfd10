# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

ACTIVITY = "sales_efficiency_team.mail_activity_type_conduct_rules"
# Days in which the rules should be read
READING_DAYS = 7


class SalesConductConfirmation(models.Model):
    """A person has read the rules of conduct. Only code writes it."""

    _name = "sales.conduct.confirmation"
    _inherit = ["sales.guard.mixin", "mail.thread", "mail.activity.mixin"]
    _description = "Confirmation of the Rules of Conduct"
    _order = "confirmed_at desc, id"

    version_id = fields.Many2one(
        comodel_name="sales.conduct.version",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(
        related="version_id.company_id", store=True, index=True
    )
    user_id = fields.Many2one(
        comodel_name="res.users",
        string="Person",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    confirmed_at = fields.Datetime(string="Confirmed On", readonly=True)
    is_mine = fields.Boolean(compute="_compute_is_mine")
    note = fields.Text(related="version_id.note")
    rule_ids = fields.One2many(related="version_id.rule_ids")

    _once = models.UniqueIndex(
        "(version_id, user_id)", "This person has been asked already."
    )

    @api.depends("version_id", "user_id")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for confirmation in self:
            confirmation.display_name = self.env._(
                "%(rules)s: %(person)s",
                rules=confirmation.version_id.display_name,
                person=confirmation.user_id.name,
            )

    @api.depends("user_id")
    @api.depends_context("uid")
    def _compute_is_mine(self):
        for confirmation in self:
            confirmation.is_mine = confirmation.user_id == self.env.user

    def action_confirm(self):
        """Confirm that one has read the rules: only the person can."""
        self.check_access("read")
        for confirmation in self:
            if confirmation.user_id != self.env.user:
                raise UserError(
                    self.env._("Everybody confirms the rules for themselves.")
                )
            if confirmation.version_id.state != "published":
                raise UserError(
                    self.env._(
                        "These rules are not in force any more. Confirm the new ones."
                    )
                )
        open_ = self.filtered(lambda confirmation: not confirmation.confirmed_at)
        # sudo: people do not write it; that it is theirs has been checked.
        open_.sudo().confirmed_at = fields.Datetime.now()
        open_.sudo().activity_feedback([ACTIVITY])

    def _remind(self):
        """Give each person a to-do."""
        to_dos = self.env["mail.activity"].with_context(mail_activity_quick_update=True)
        values = []
        for confirmation in self:
            user = confirmation.user_id
            mine = confirmation.with_context(lang=user.lang)
            values.append(
                to_dos._prepare_sales_to_do(
                    confirmation,
                    user,
                    ACTIVITY,
                    summary=mine.env._("Read and confirm the rules of conduct"),
                    date_deadline=user._get_sales_today()
                    + timedelta(days=READING_DAYS),
                )
            )
        to_dos.create(values)
