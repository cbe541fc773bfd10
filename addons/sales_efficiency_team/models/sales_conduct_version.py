# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import UserError

SALESPERSON = "sales_efficiency_base.group_sales_person"


class SalesConductVersion(models.Model):
    """The rules of conduct of a company, as they are from a day on (policy 1.3.4).

    What is published does not change any more: cases name a rule of it, and people have
    confirmed it. Changed rules are a new version, which everybody confirms again.
    """

    _name = "sales.conduct.version"
    _inherit = ["sales.guard.mixin", "sales.state.mixin"]
    _description = "Rules of Conduct"
    _order = "number desc"

    company_id = fields.Many2one(
        comodel_name="res.company",
        required=True,
        index=True,
        default=lambda self: self.env.company,
    )
    number = fields.Integer(string="Version", readonly=True, copy=False)
    note = fields.Text(
        string="What Is New", translate=True, help="What people should look at."
    )
    rule_ids = fields.One2many(
        comodel_name="sales.conduct.rule",
        inverse_name="version_id",
        string="Rules",
        copy=True,
    )
    hearing_days = fields.Integer(
        string="Days for the Hearing",
        required=True,
        default=7,
        help="Days in which a person can say what they have to say to a report.",
    )
    appeal_days = fields.Integer(
        string="Days for an Appeal",
        required=True,
        default=14,
        help="Days in which a person can appeal against a decision, once.",
    )
    state = fields.Selection(
        selection=[
            ("draft", "Draft"),
            ("published", "Published"),
            ("superseded", "Superseded"),
        ],
        default="draft",
        required=True,
        readonly=True,
        copy=False,
    )
    date = fields.Date(string="Published On", readonly=True, copy=False)
    confirmation_ids = fields.One2many(
        comodel_name="sales.conduct.confirmation",
        inverse_name="version_id",
        string="Confirmations",
        readonly=True,
        copy=False,
    )
    asked_count = fields.Integer(
        string="People Asked", compute="_compute_confirmation_counts"
    )
    confirmed_count = fields.Integer(
        string="Confirmed By", compute="_compute_confirmation_counts"
    )

    _number_unique = models.UniqueIndex(
        "(company_id, number)", "This version of the rules exists already."
    )
    _one_published = models.UniqueIndex(
        "(company_id) WHERE state = 'published'",
        "Another version of the rules has just been published. Reload the page.",
    )
    _days_positive = models.Constraint(
        "CHECK (hearing_days BETWEEN 1 AND 365 AND appeal_days BETWEEN 1 AND 365)",
        "People have between 1 and 365 days to be heard, and to appeal.",
    )

    @api.depends("number", "state")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for version in self:
            version.display_name = self.env._(
                "Rules of Conduct, Version %s", version.number
            )

    @api.depends("confirmation_ids.confirmed_at")
    def _compute_confirmation_counts(self):
        groups = self.env["sales.conduct.confirmation"]._read_group(
            [("version_id", "in", self.ids)],
            ["version_id"],
            ["__count", "confirmed_at:count"],
        )
        counts = {version: numbers for version, *numbers in groups}
        for version in self:
            asked, confirmed = counts.get(version._origin, (0, 0))
            version.asked_count, version.confirmed_count = asked, confirmed

    @api.model_create_multi
    def create(self, vals_list):
        versions = super().create(vals_list)
        for version in versions:
            # sudo: users cannot write the number.
            version.sudo().number = version._get_next_number()
        return versions

    def write(self, vals):
        if not self.env.su:
            self.check_access("write")
            self._check_is_draft()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_published(self):
        self._check_is_draft()

    def action_publish(self):
        """Put the rules into force, and ask everybody to confirm them."""
        self.check_access("write")
        for version in self:
            version._check_state_is("draft")
            if not version.rule_ids:
                raise UserError(self.env._("Enter at least one rule."))
            earlier = self.search(
                [
                    ("company_id", "=", version.company_id.id),
                    ("state", "=", "published"),
                ]
            )
            earlier._supersede()
            # sudo: users cannot write the day.
            version.sudo().date = version.company_id._get_sales_today()
            version._set_state("published")
            version._ask_everybody()

    def action_new_version(self):
        """:return: action of the draft that continues these rules"""
        self.ensure_one()
        draft = self.search(
            [("company_id", "=", self.company_id.id), ("state", "=", "draft")], limit=1
        )
        return (draft or self.copy())._get_records_action()

    @api.readonly
    def action_open_confirmations(self):
        self.ensure_one()
        return self.confirmation_ids._get_records_action(
            view_mode="list,form",
            domain=[("version_id", "=", self.id)],
            name=self.display_name,
        )

    def _get_next_number(self):
        domain = [("company_id", "=", self.company_id.id)]
        # sudo: the number does not depend on what the user may see.
        [[latest]] = self.sudo()._read_group(domain, [], ["number:max"])
        return (latest or 0) + 1

    def _supersede(self):
        self._set_state("superseded")
        # sudo: nobody confirms what is not in force any more. See also unlink there.
        open_ = self.sudo().confirmation_ids.filtered(lambda c: not c.confirmed_at)
        open_.unlink()

    def _ask_everybody(self):
        """Ask the salespeople who have not been asked yet, newcomers too."""
        # sudo: who sells is public within the company.
        everybody = self.env.ref(SALESPERSON).sudo().all_user_ids
        values = []
        for version in self:
            people = everybody.filtered(
                lambda user, company=version.company_id: user._works_in(company)
            )
            # sudo: only code asks.
            asked = version.sudo().confirmation_ids.user_id
            values += [
                {"version_id": version.id, "user_id": user.id}
                for user in people - asked
                if not user.share
            ]
        # sudo: as above
        self.env["sales.conduct.confirmation"].sudo().create(values)._remind()

    @api.model
    def _cron_ask(self):
        """Ask newcomers to confirm the rules in force."""
        self.search([("state", "=", "published")])._ask_everybody()

    def _check_is_draft(self):
        if any(version.state != "draft" for version in self):
            raise UserError(
                self.env._(
                    "Published rules do not change: people have confirmed them. Make a"
                    " new version."
                )
            )

    def copy_data(self, default=None):
        """A copy has no note: what was new is known."""
        return [{**vals, "note": False} for vals in super().copy_data(default)]
