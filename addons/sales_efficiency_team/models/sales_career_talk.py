# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ..engine import CareerProgress

# What people write before their own talk
OWN = {"goal_ids", "wishes"}
# What stays as it was once the talk was held; goals are followed further
FINAL = {
    "date_due",
    "date_start",
    "duration",
    "level_id",
    "location",
    "summary",
    "superior_id",
    "wishes",
}
# What the calendar shows
PLANNED = {"date_start", "duration", "location", "superior_id"}
DAYS = 30


class SalesCareerTalk(models.Model):
    """The yearly talk on a person's career (policy 4.2.3): wishes, the level aimed at,
    and goals, which are action items.

    It is held by the superior. The person reads it, and prepares it with wishes and
    goals of their own.
    """

    _name = "sales.career.talk"
    _inherit = [
        "sales.guard.mixin",
        "sales.talk.escalation.mixin",
        "mail.thread",
        "mail.activity.mixin",
    ]
    _description = "Career Talk"
    _order = "date_due desc, id desc"
    _check_company_auto = True
    _fixed_fields = ("company_id", "user_id")

    company_id = fields.Many2one(
        comodel_name="res.company",
        required=True,
        index=True,
        default=lambda self: self.env.company,
    )
    user_id = fields.Many2one(
        comodel_name="res.users",
        string="Person",
        required=True,
        index=True,
        ondelete="restrict",
        domain="[('share', '=', False), ('company_ids', 'in', company_id)]",
    )
    superior_id = fields.Many2one(
        comodel_name="res.users",
        string="Held By",
        compute="_compute_superior_id",
        store=True,
        readonly=False,
        precompute=True,
        index="btree_not_null",
        ondelete="restrict",
        domain="[('share', '=', False), ('company_ids', 'in', company_id),"
        " ('id', '!=', user_id)]",
        tracking=True,
    )
    date_due = fields.Date(
        string="Until",
        required=True,
        default=lambda self: self._default_date_due(),
        tracking=True,
    )
    event_id = fields.Many2one(
        comodel_name="calendar.event",
        string="Meeting",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
    )
    date_start = fields.Datetime(
        string="Date",
        compute="_compute_dates",
        store=True,
        readonly=False,
        copy=False,
        tracking=True,
        help="Moved together with the meeting in the calendar.",
    )
    duration = fields.Float(
        string="Duration (Hours)",
        compute="_compute_dates",
        store=True,
        readonly=False,
        default=1.0,
    )
    location = fields.Char()
    wishes = fields.Text(help="What the person wants to achieve, and what for.")
    level_id = fields.Many2one(
        comodel_name="sales.career.level",
        string="Aims At",
        index="btree_not_null",
        ondelete="set null",
        check_company=True,
        help="Level that the person wants to reach next.",
    )
    conditions = fields.Html(
        string="What the Next Level Asks For", compute="_compute_conditions"
    )
    summary = fields.Text(string="Agreed", help="What both have agreed on.")
    goal_ids = fields.One2many(
        comodel_name="sales.action",
        inverse_name="career_talk_id",
        string="Goals",
        groups="sales_efficiency_base.group_sales_person",
    )
    goal_count = fields.Integer(
        string="Number of Goals", compute="_compute_goals", compute_sudo=True
    )
    goals_done_count = fields.Integer(
        string="Goals Reached", compute="_compute_goals", compute_sudo=True
    )
    goal_names = fields.Text(
        string="Goals in Words", compute="_compute_goals", compute_sudo=True
    )
    is_held = fields.Boolean(string="Held", readonly=True, copy=False)
    is_cancelled = fields.Boolean(string="Cancelled", readonly=True, copy=False)
    state = fields.Selection(
        selection=[
            ("to_plan", "To Plan"),
            ("planned", "Planned"),
            ("held", "Held"),
            ("cancelled", "Cancelled"),
        ],
        compute="_compute_state",
        store=True,
        index=True,
        tracking=True,
    )
    can_edit = fields.Boolean(
        compute="_compute_can_edit", export_string_translation=False
    )

    _open_uniq = models.UniqueIndex(
        "(company_id, user_id) WHERE is_held IS NOT TRUE AND is_cancelled IS NOT TRUE",
        "Another career talk with this person is still to be held.",
    )
    _duration_range = models.Constraint(
        "CHECK (duration > 0 AND duration <= 24)",
        "A talk takes more than 0 and at most 24 hours.",
    )

    # ------------------------------------------------------------------
    # Computed fields
    # ------------------------------------------------------------------

    @api.model
    def _default_date_due(self):
        today = self.env.company._get_sales_today()
        return today + relativedelta(days=DAYS)

    @api.depends("user_id", "date_due")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for talk in self:
            talk.display_name = talk.user_id and self.env._(
                "Career talk with %(person)s, %(year)s",
                person=talk.user_id.name,
                year=talk.date_due.year if talk.date_due else "",
            )

    @api.depends("user_id", "company_id")
    def _compute_superior_id(self):
        """The nearest superior of the day; whoever follows them takes the talk over by
        hand."""
        for talk in self:
            superiors = talk.user_id and talk.user_id._get_sales_superiors(
                talk.company_id
            )
            talk.superior_id = superiors[:1] if superiors else False

    @api.depends("event_id.start", "event_id.duration")
    def _compute_dates(self):
        for talk in self:
            event = talk.event_id
            talk.date_start = event.start or talk.date_start
            talk.duration = event.duration or talk.duration

    @api.depends("date_start", "is_held", "is_cancelled")
    def _compute_state(self):
        for talk in self:
            if talk.is_cancelled:
                talk.state = "cancelled"
            elif talk.is_held:
                talk.state = "held"
            else:
                talk.state = "planned" if talk.date_start else "to_plan"

    @api.depends("user_id", "company_id", "state")
    @api.depends_context("lang", "uid")
    def _compute_conditions(self):
        # Whoever holds the talk sees the standing of its person until then. Access to a
        # new one is checked only once it is saved, so it shows nothing yet.
        talks = self._origin.filtered(lambda t: t.state in ("to_plan", "planned"))
        # sudo: see above; levels go by employees, whom salespeople do not read.
        employees = self.env["hr.employee"].sudo()
        employees = employees.search([("user_id", "in", talks.user_id.ids)])
        found = CareerProgress(self.env).get(employees)
        by_person = {(e.user_id.id, e.company_id.id): found[e] for e in employees}
        for talk in self:
            saved = talk._origin & talks
            standings = by_person.get((saved.user_id.id, saved.company_id.id), [])
            talk.conditions = standings and self.env["ir.qweb"]._render(
                "sales_efficiency_team.sales_career_standings",
                {"standings": standings},
            )

    @api.depends("goal_ids.name", "goal_ids.state")
    def _compute_goals(self):
        for talk in self:
            goals = talk.goal_ids.filtered(lambda goal: goal.state != "cancelled")
            done = goals.filtered(lambda goal: goal.state == "done")
            talk.goal_count = len(goals)
            talk.goals_done_count = len(done)
            talk.goal_names = "\n".join(
                f"{'✓' if goal in done else '·'} {goal.name}" for goal in goals
            )

    @api.depends("is_held", "is_cancelled", "user_id")
    @api.depends_context("uid")
    def _compute_can_edit(self):
        for talk in self:
            is_open = not talk.is_held and not talk.is_cancelled
            talk.can_edit = is_open and talk.user_id != self.env.user

    # ------------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su and self.env.uid in [v.get("user_id") for v in vals_list]:
            raise UserError(
                self.env._("Your superior plans your career talk. Ask for it.")
            )
        talks = super().create(vals_list)
        talks._follow_date()
        return talks

    def write(self, vals):
        self._check_may_write(vals)
        res = super().write(vals)
        if not PLANNED.isdisjoint(vals):
            self._follow_date()
        return res

    @api.ondelete(at_uninstall=False)
    def _unlink_except_held(self):
        if any(talk.is_held for talk in self):
            raise UserError(self.env._("Talks that were held are kept."))

    def unlink(self):
        self.check_access("unlink")
        # sudo: the meeting is private, and whoever deletes need not take part.
        self.sudo().event_id.unlink()
        return super().unlink()

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def action_hold(self):
        """Close the talk: what was agreed stays, the goals are followed."""
        self._check_may_close()
        for talk in self:
            if not talk.date_start or talk.date_start > fields.Datetime.now():
                raise UserError(self.env._("Enter when the talk was held first."))
            if not (talk.summary or "").strip() or not talk.goal_count:
                raise UserError(
                    self.env._("Enter what you have agreed on, and at least one goal.")
                )
        # sudo: users do not write it, the action does.
        self.sudo().is_held = True
        self._withdraw_to_dos()

    def action_cancel(self):
        self._check_may_close()
        self._cancel()

    def _cancel(self):
        # sudo: users do not write it; whether they may has been checked.
        talks = self.sudo()
        talks.is_cancelled = True
        talks.event_id.unlink()
        talks._withdraw_to_dos()

    # ------------------------------------------------------------------
    # Checks
    # ------------------------------------------------------------------

    def _check_may_write(self, vals):
        """:raise UserError: if people write more than their part, or too late"""
        if self.env.su:
            return
        self.check_access("write")
        names = self._get_content(vals)
        for talk in self:
            if talk.user_id == self.env.user and names - OWN:
                raise AccessError(
                    self.env._(
                        "Your superior enters these fields: %s.",
                        talk._label_fields(names - OWN),
                    )
                )
            if (talk.is_held or talk.is_cancelled) and names & FINAL:
                raise UserError(
                    self.env._(
                        "%s is closed. Only its goals change.", talk.display_name
                    )
                )
        if vals.get("superior_id") and vals["superior_id"] in self.user_id.ids:
            raise UserError(self.env._("Nobody holds their own talk."))

    def _check_may_close(self):
        self.check_access("write")
        for talk in self:
            if talk.user_id == self.env.user:
                raise AccessError(self.env._("Your superior closes the talk."))
            if talk.is_held or talk.is_cancelled:
                raise UserError(self.env._("%s is closed already.", talk.display_name))
