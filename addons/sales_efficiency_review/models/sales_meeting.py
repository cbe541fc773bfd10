# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from dateutil.relativedelta import relativedelta

from odoo import Command, api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date

from odoo.addons.sales_efficiency_base.tools import format_period

# Until this day of a month a meeting is about the month before.
LAST_DAY_ABOUT_THE_MONTH_BEFORE = 15
# The data pack is made so many hours before the meeting begins.
PACK_HOURS = 4


class SalesMeeting(models.Model):
    """The monthly meeting of a sales team, or of the company (policy 2.2.1).

    Attendees read of its data pack what is about themselves, or all of it if the
    company says so (Settings). Only the leader of the team, those above and directors
    change a meeting. What is still open of its action items comes back in the next
    one of the same team.
    """

    _name = "sales.meeting"
    _inherit = [
        "sales.guard.mixin",
        "mail.thread",
        "mail.activity.mixin",
        "sales.state.mixin",
        "sales.meeting.calendar",
        "sales.meeting.pack",
    ]
    _description = "Sales Meeting"
    _order = "date desc, id desc"
    _check_company_auto = True

    name = fields.Char(
        compute="_compute_name",
        store=True,
        readonly=False,
        precompute=True,
        required=True,
        copy=False,
    )
    company_id = fields.Many2one(
        comodel_name="res.company",
        required=True,
        index=True,
        default=lambda self: self.env.company,
    )
    month = fields.Date(
        compute="_compute_month",
        store=True,
        readonly=False,
        precompute=True,
        required=True,
        copy=False,
        help="Month to discuss: the previous one for a meeting in the first half of"
        " a month, else the current one.",
    )
    state = fields.Selection(
        selection=[
            ("planned", "Planned"),
            ("held", "Held"),
            ("cancelled", "Cancelled"),
        ],
        default="planned",
        required=True,
        readonly=True,
        copy=False,
        tracking=True,
    )
    agenda = fields.Html(default=lambda self: self._default_agenda())
    minutes = fields.Html(copy=False, help="Minutes of the discussion.")
    decisions = fields.Html(copy=False)
    minutes_sent_date = fields.Datetime(
        string="Minutes Sent", readonly=True, copy=False
    )
    action_ids = fields.One2many(
        comodel_name="sales.action",
        inverse_name="meeting_id",
        string="Action Items",
    )
    action_count = fields.Integer(
        string="Number of Action Items", compute="_compute_action_count"
    )
    warning_count = fields.Integer(
        string="Number of Warnings", compute="_compute_warning_count"
    )
    can_edit = fields.Boolean(
        compute="_compute_can_edit",
        help="The user leads the team, or those above, or is a director.",
    )

    _month_uniq = models.UniqueIndex(
        "(company_id, COALESCE(team_id, 0), month) WHERE state != 'cancelled'",
        "A meeting about this month already exists. Open it, or choose another month.",
    )
    _first_of_month = models.Constraint(
        "CHECK (EXTRACT(day FROM month) = 1)",
        "Choose the first day of the month to discuss.",
    )

    # ------------------------------------------------------------------
    # Defaults and computed fields
    # ------------------------------------------------------------------

    @api.model
    def _default_agenda(self):
        return self.env["ir.qweb"]._render(
            "sales_efficiency_review.sales_meeting_agenda"
        )

    @api.depends("team_id", "company_id", "month")
    def _compute_name(self):
        for meeting in self:
            meeting.name = self.env._(
                "Sales Meeting %(month)s: %(team)s",
                month=format_period(self.env, meeting.month),
                team=meeting.team_id.name or meeting.company_id.name or "",
            )

    @api.depends("date")
    def _compute_month(self):
        for meeting in self:
            if meeting._origin and meeting.month:
                continue  # Another day does not make it a meeting about another month
            meeting.month = meeting.date and self._get_month_of(meeting._get_day())

    def _compute_action_count(self):
        counts = dict(
            self.env["sales.action"]._read_group(
                [("meeting_id", "in", self.ids)], ["meeting_id"], ["__count"]
            )
        )
        for meeting in self:
            meeting.action_count = counts.get(meeting._origin, 0)

    def _compute_warning_count(self):
        counts = dict(
            self.env["sales.meeting.line"]._read_group(
                [("meeting_id", "in", self.ids), ("section", "=", "warning")],
                ["meeting_id"],
                ["__count"],
            )
        )
        for meeting in self:
            meeting.warning_count = counts.get(meeting._origin, 0)

    @api.depends_context("uid")
    def _compute_can_edit(self):
        editable = self._origin._filtered_access("write")
        for meeting in self:
            meeting.can_edit = not meeting._origin or meeting._origin in editable

    # ------------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------------

    @api.ondelete(at_uninstall=False)
    def _unlink_except_held(self):
        if any(meeting.state == "held" for meeting in self):
            raise UserError(
                self.env._("A meeting that has been held cannot be deleted.")
            )

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def action_generate_pack(self):
        """Take the figures of now into the data pack."""
        self.check_access("write")
        self._check_state_is("planned")
        self._generate_pack()

    def action_hold(self):
        """Close the meeting: its figures, and what was agreed, are kept."""
        self.check_access("write")
        self._check_state_is("planned")
        self._check_has_begun()
        # What is still open is handed on by data packs: so there is always one.
        self.filtered(lambda meeting: not meeting.pack_date)._generate_pack()
        self._set_state("held")

    def action_cancel(self):
        """Call the meeting off, in the calendar too."""
        self._check_state_is("planned")
        self._set_state("cancelled")
        # Whoever may cancel the meeting may cancel its event.
        self.event_id.sudo().active = False

    def action_plan(self):
        """Let a cancelled meeting take place after all."""
        self._check_state_is("cancelled")
        self._set_state("planned")
        self.event_id.sudo().active = True  # see action_cancel
        self.filtered(lambda meeting: not meeting.event_id)._create_events()

    def action_invite_team(self):
        """Invite who has joined the team, and no more who has left it."""
        self.check_access("write")
        self._check_state_is("planned")
        self._invite_team()

    def action_open_actions(self):
        """Show what was agreed in the meeting."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "sales_efficiency_target.sales_action_action"
        )
        return action | {
            "domain": [("meeting_id", "=", self.id)],
            "context": {"default_meeting_id": self.id},
        }

    def action_open_warnings(self):
        """Show what has become of the warnings of the data pack."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "sales_efficiency_target.sales_alert_action"
        )
        alerts = self.warning_line_ids.alert_id
        return action | {"domain": [("id", "in", alerts.ids)], "context": {}}

    def action_send_minutes(self):
        """Send the minutes to the attendees, to each in their own language."""
        self.check_access("write")
        self._check_state_is("held")
        template = self.env.ref("sales_efficiency_review.mail_template_minutes")
        for meeting in self:
            people = meeting.partner_ids.filtered("email")
            if not people:
                raise UserError(
                    self.env._("No attendee has an e-mail address. Enter one first.")
                )
            for lang, partners in people.grouped("lang").items():
                template.with_context(minutes_lang=lang).send_mail(
                    meeting.id,
                    email_values={"recipient_ids": [Command.set(partners.ids)]},
                    email_layout_xmlid="mail.mail_notification_light",
                )
            meeting.minutes_sent_date = fields.Datetime.now()

    # ------------------------------------------------------------------
    # Cron
    # ------------------------------------------------------------------

    @api.model
    def _cron_prepare(self):
        """Keep planned meetings in step with their teams, and make the data packs of
        those that begin within the next hours."""
        now = fields.Datetime.now()
        meetings = self.search([("state", "=", "planned"), ("date", ">=", now)])
        meetings._invite_team()
        soon = fields.Datetime.add(now, hours=PACK_HOURS)
        meetings.filtered(
            lambda meeting: not meeting.pack_date and meeting.date <= soon
        )._generate_pack()

    # ------------------------------------------------------------------
    # Business methods
    # ------------------------------------------------------------------

    @api.model
    def _get_month_of(self, day):
        """:return: first day of the month that a meeting on a day is about"""
        first = day.replace(day=1)
        if day.day <= LAST_DAY_ABOUT_THE_MONTH_BEFORE:
            return first - relativedelta(months=1)
        return first

    def _check_has_begun(self):
        for meeting in self:
            if meeting._get_day() > meeting.company_id._get_sales_today():
                raise UserError(
                    self.env._(
                        "%(meeting)s is on %(day)s. If it took place earlier, correct"
                        " its date first.",
                        meeting=meeting.name,
                        day=format_date(self.env, meeting._get_day()),
                    )
                )
