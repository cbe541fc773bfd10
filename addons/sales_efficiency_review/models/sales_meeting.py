# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from dateutil.relativedelta import relativedelta

from odoo import Command, api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import format_date

from odoo.addons.sales_efficiency_base.tools import Scope, format_period, open_records

from ..engine import DataPack
from .sales_meeting_line import SECTIONS

# Up to this day of the month, a meeting is about the previous month.
LAST_DAY_ABOUT_THE_MONTH_BEFORE = 15
# Hours before the meeting at which its data pack is generated
PACK_HOURS = 4


def section_lines(section):
    """Return a field with the lines of one section of the data pack."""
    return fields.One2many(
        comodel_name="sales.meeting.line",
        inverse_name="meeting_id",
        string=dict(SECTIONS)[section],
        domain=[("section", "=", section)],
        readonly=True,
        copy=False,
    )


class SalesMeeting(models.Model):
    """The monthly meeting of a sales team, or of the company (policy 2.2.1).

    Attendees see the lines of its data pack about themselves, or all lines if the
    settings of the company allow it. Only the leader of the team, leaders above and
    directors can change a meeting. Its open action items return in the next meeting of
    the same team.
    """

    _name = "sales.meeting"
    _inherit = [
        "sales.guard.mixin",
        "mail.thread",
        "mail.activity.mixin",
        "sales.state.mixin",
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
    minutes = fields.Html(copy=False)
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
    pack_date = fields.Datetime(string="Data Pack Of", readonly=True, copy=False)
    line_ids = fields.One2many(
        comodel_name="sales.meeting.line",
        inverse_name="meeting_id",
        string="Data Pack",
        readonly=True,
        copy=False,
    )
    total_line_ids = section_lines("total")
    person_line_ids = section_lines("person")
    product_line_ids = section_lines("product")
    other_line_ids = section_lines("other")
    deviation_line_ids = section_lines("deviation")
    warning_line_ids = section_lines("warning")
    problem_line_ids = section_lines("problem")
    carried_line_ids = section_lines("action")
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
                continue  # Rescheduling does not change the month to discuss
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
        """Generate the data pack from current figures."""
        self.check_access("write")
        self._check_state_is("planned")
        self._generate_pack()

    def action_hold(self):
        """Close the meeting and keep its figures and agreements."""
        self.check_access("write")
        self._check_state_is("planned")
        self._check_has_begun()
        # Data packs carry over open action items, so each meeting needs one.
        self.filtered(lambda meeting: not meeting.pack_date)._generate_pack()
        self._set_state("held")

    def action_cancel(self):
        """Cancel the meeting, in the calendar too."""
        self._check_state_is("planned")
        self._set_state("cancelled")
        # sudo: users who may cancel the meeting may cancel its event.
        self.event_id.sudo().active = False

    def action_plan(self):
        """Plan a cancelled meeting again."""
        self._check_state_is("cancelled")
        self._set_state("planned")
        self.event_id.sudo().active = True  # sudo: see action_cancel
        self.filtered(lambda meeting: not meeting.event_id)._create_events()

    def action_invite_team(self):
        """Invite new team members and uninvite former ones."""
        self.check_access("write")
        self._check_state_is("planned")
        self._invite_team()

    @api.readonly
    def action_open_actions(self):
        """Show the action items agreed in the meeting."""
        self.ensure_one()
        return open_records(
            self.env,
            "sales_efficiency_base.sales_action_action",
            [("meeting_id", "=", self.id)],
            context={"default_meeting_id": self.id},
        )

    @api.readonly
    def action_open_warnings(self):
        """Show the current state of the warnings in the data pack."""
        self.ensure_one()
        domain = [("id", "in", self.warning_line_ids.alert_id.ids)]
        return open_records(
            self.env, "sales_efficiency_base.sales_alert_action", domain
        )

    def action_send_minutes(self):
        """Send the minutes to each attendee in their own language."""
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
            # sudo: users cannot write the date; access was checked above.
            meeting.sudo().minutes_sent_date = fields.Datetime.now()

    # ------------------------------------------------------------------
    # Cron
    # ------------------------------------------------------------------

    @api.model
    def _cron_prepare(self):
        """Update the attendees of planned meetings, and generate the data packs of
        those that begin within the next hours."""
        now = fields.Datetime.now()
        meetings = self.search([("state", "=", "planned"), ("date", ">=", now)])
        meetings._invite_team()
        soon = fields.Datetime.add(now, hours=PACK_HOURS)
        meetings.filtered(
            lambda meeting: not meeting.pack_date and meeting.date <= soon
        )._generate_pack()

    # ------------------------------------------------------------------
    # Data pack
    # ------------------------------------------------------------------

    def _generate_pack(self):
        """Regenerate the data packs from current figures.

        The caller checks that the user may change the meetings.
        """
        if not self:
            return
        # sudo: a pack covers the whole team, whatever the user may read.
        meetings = self.sudo()
        # Of two concurrent runs, the later one fails and asks to try again.
        meetings.lock_for_update()
        meetings.line_ids.unlink()
        lines = meetings._prepare_pack_lines()
        meetings.env["sales.meeting.line"].create(
            [{**vals, "sequence": number} for number, vals in enumerate(lines)]
        )
        meetings.pack_date = fields.Datetime.now()
        meetings.invalidate_recordset()

    def _prepare_pack_lines(self):
        """Hook for add-ons: prepare the lines of the data packs.

        :return: list of the values of ``sales.meeting.line``
        """
        return DataPack(self).prepare_lines()

    def _shows_pack(self):
        """:return: whether a printout includes the data pack; minutes sent to all
        attendees include it only if each of them may read all of it"""
        self.ensure_one()
        is_for_all = "minutes_lang" in self.env.context
        return not is_for_all or self.company_id.sales_meeting_share_pack

    def _get_figure_sections(self):
        """:return: [(title, lines)] of the target sections that have lines"""
        self.ensure_one()
        labels = dict(self.line_ids._fields["section"]._description_selection(self.env))
        sections = self.line_ids.filtered("status").grouped("section")
        return [(labels[name], lines) for name, lines in sections.items()]

    def _get_scope_domain(self, prefix=""):
        """Return the domain of records of the companies and teams of the meetings.

        :param str prefix: path to ``company_id``, ``team_id`` and ``user_id``
        """
        domains = []
        for meeting in self:
            domain = Domain(f"{prefix}company_id", "=", meeting.company_id.id)
            if meeting.team_id:
                domain &= Domain.OR(
                    Domain(f"{prefix}{path}", "child_of", meeting.team_id.id)
                    for path in (
                        "team_id",
                        "user_id.crm_team_member_ids.crm_team_id",
                        "user_id.sales_led_team_ids",
                    )
                )
            domains.append(domain)
        return Domain.OR(domains)

    def _is_about(self, record):
        """:return: whether a record is in the scope of the meeting"""
        self.ensure_one()
        if record.company_id != self.company_id:
            return False
        user = record.user_id
        teams = record.team_id | user.crm_team_ids | user.sales_led_team_ids
        return not self.team_id or any(map(self._is_about_team, teams))

    def _follows(self, earlier):
        """:return: whether the meeting follows an earlier one of the same team"""
        self.ensure_one()
        return (earlier.company_id, earlier.team_id) == (
            self.company_id,
            self.team_id,
        ) and earlier.date < self.date

    # ------------------------------------------------------------------
    # Business methods
    # ------------------------------------------------------------------

    @api.model
    def _get_month_of(self, day):
        """:return: first day of the month to discuss in a meeting on a day"""
        first = day.replace(day=1)
        if day.day <= LAST_DAY_ABOUT_THE_MONTH_BEFORE:
            return first - relativedelta(months=1)
        return first

    def _get_scope(self):
        """:return: the :class:`Scope` of the meeting: its team, else the company"""
        self.ensure_one()
        return Scope(self.company_id.id, team_id=self.team_id.id)

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
