# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import Command, api, fields, models
from odoo.exceptions import UserError

from .sales_background_check_item import KINDS

# What a check starts with, and rests on from then on
CONSENT = {"consent_date", "consent_file", "consent_filename"}


class SalesBackgroundCheck(models.Model):
    """What HR managers verify about an applicant, with consent (policy 4.1.3).

    Nobody else reads it, therefore nothing of it is posted anywhere: others only see
    whether a required check is missing.
    """

    _name = "sales.background.check"
    _inherit = [
        "sales.applicant.mixin",
        "sales.state.mixin",
        "mail.thread",
        "mail.activity.mixin",
    ]
    _description = "Background Check"
    _order = "id desc"

    consent_date = fields.Date(string="Consent Given On", copy=False)
    consent_file = fields.Binary(
        string="Declaration of Consent", attachment=True, copy=False
    )
    consent_filename = fields.Char(copy=False, export_string_translation=False)
    item_ids = fields.One2many(
        comodel_name="sales.background.check.item",
        inverse_name="check_id",
        string="Items",
    )
    conclusion = fields.Text(help="Why it is passed or not, if results deviate.")
    state = fields.Selection(
        selection=[
            ("draft", "Consent Missing"),
            ("running", "In Progress"),
            ("passed", "Passed"),
            ("failed", "Not Passed"),
        ],
        default="draft",
        required=True,
        readonly=True,
        index=True,
        copy=False,
    )

    _applicant_uniq = models.UniqueIndex(
        "(applicant_id)", "There is a background check of this application already."
    )

    # ------------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            if not vals.get("item_ids"):
                vals["item_ids"] = [Command.create({"kind": kind}) for kind in KINDS]
        checks = super().create(vals_list)
        for check in checks:
            for manager in check._get_hr_managers():
                check.activity_schedule(
                    "mail.mail_activity_data_todo",
                    summary=self.env._("Check the background"),
                    user_id=manager.id,
                )
        return checks

    def write(self, vals):
        if self._get_content(vals) and not self.env.su:
            self._check_is_open()
        if not CONSENT.isdisjoint(vals) and not self.env.su:
            self._check_state_is("draft")
        return super().write(vals)

    def unlink(self):
        # The ORM erases the proofs with the items.
        self.item_ids.unlink()
        return super().unlink()

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def action_start(self):
        """Start once there is consent."""
        self._check_state_is("draft")
        for check in self:
            if not (check.consent_date and check.consent_file):
                raise UserError(
                    self.env._(
                        "Nothing is checked without consent. Enter when %s has given"
                        " it, and attach the declaration.",
                        check.applicant_name,
                    )
                )
            if check.consent_date > check.company_id._get_sales_today():
                raise UserError(self.env._("The consent cannot be of a later day."))
        self._set_state("running")

    def action_pass(self):
        self._close("passed")

    def action_fail(self):
        self._close("failed")

    def action_reopen(self):
        for check in self:
            if check.state != "failed":
                check._check_state_is("passed")
        self._set_state("running")

    def _close(self, state):
        self._check_state_is("running")
        for check in self:
            check.item_ids._check_is_complete()
            deviates = "deviates" in check.item_ids.mapped("result")
            if (deviates or state == "failed") and not (check.conclusion or "").strip():
                raise UserError(
                    self.env._("Enter as conclusion why the check is passed or not.")
                )
        self._set_state(state)
        self.activity_unlink(["mail.mail_activity_data_todo"])

    def _check_is_open(self):
        if any(check.state in ("passed", "failed") for check in self):
            raise UserError(
                self.env._("This check is closed. Reopen it to change something.")
            )

    def _get_hr_managers(self):
        """:return: those of the company, who do it"""
        # sudo: who has which role is public within the company.
        group = self.env.ref("hr.group_hr_manager").sudo()
        return group.all_user_ids.filtered(
            lambda user: user._works_in(self.company_id) and user._is_internal()
        )
