# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain

# States of visits whose report is not complete
OPEN = ("planned", "visiting", "reporting")
LEADER = "sales_efficiency_base.group_sales_leader"
# So long afterwards, salespeople may enter a visit.
LATE = timedelta(days=14)


class SalesVisit(models.Model):
    """A visit to a customer: planned, held and reported (policy 3.1.3).

    Its content is for the salesperson, their leaders and the director. The meeting in
    the calendar, which the customer may attend, has the subject and the place only.
    """

    _name = "sales.visit"
    _inherit = [
        "sales.house.thread.mixin",
        "sales.customer.mixin",
        "sales.state.mixin",
        "mail.thread",
        "mail.activity.mixin",
    ]
    _description = "Visit"
    _order = "start desc, id desc"
    _check_company_auto = True
    _fixed_fields = ("company_id",)
    # What goes on after the report is complete
    _open_fields = frozenset(("action_ids",))
    # What does not change any more once the visit has begun
    _kept_fields = frozenset(
        ("partner_id", "user_id", "kind", "start", "duration", "address_id")
    )

    name = fields.Char(
        string="Subject",
        compute="_compute_name",
        store=True,
        readonly=False,
        precompute=True,
        required=True,
        tracking=True,
        help="Whoever is invited to the meeting reads it.",
    )
    kind = fields.Selection(
        selection=[
            ("on_site", "Visit"),
            ("online", "Online Meeting"),
            ("call", "Call"),
        ],
        required=True,
        default="on_site",
        tracking=True,
    )
    state = fields.Selection(
        selection=[
            ("planned", "Planned"),
            ("visiting", "Under Way"),
            ("reporting", "Report Due"),
            ("done", "Done"),
            ("cancelled", "Cancelled"),
        ],
        string="Status",
        required=True,
        readonly=True,
        default="planned",
        index=True,
        copy=False,
        group_expand=True,
        tracking=True,
    )
    # A customer with visits is archived, not deleted.
    partner_id = fields.Many2one(ondelete="restrict", tracking=True)
    address_id = fields.Many2one(
        comodel_name="res.partner",
        string="Address",
        compute="_compute_address_id",
        store=True,
        readonly=False,
        precompute=True,
        index="btree_not_null",
        ondelete="set null",
        check_company=True,
        domain="[('commercial_partner_id', '=', partner_id)]",
        help="Where the visit takes place.",
    )
    contact_ids = fields.Many2many(
        comodel_name="res.partner",
        relation="sales_visit_contact_rel",
        column1="visit_id",
        column2="partner_id",
        string="Whom to Meet",
        check_company=True,
        domain="[('commercial_partner_id', '=', partner_id), ('id', '!=', partner_id)]",
    )
    lead_id = fields.Many2one(
        comodel_name="crm.lead",
        string="Opportunity",
        index="btree_not_null",
        ondelete="set null",
        check_company=True,
        domain="[('partner_id.commercial_partner_id', '=', partner_id)]",
    )
    user_id = fields.Many2one(
        comodel_name="res.users",
        string="Salesperson",
        required=True,
        index=True,
        ondelete="restrict",
        default=lambda self: self.env.user,
        domain="[('share', '=', False), ('company_ids', 'in', company_id)]",
        tracking=True,
    )
    team_id = fields.Many2one(
        comodel_name="crm.team",
        string="Sales Team",
        compute="_compute_team_id",
        store=True,
        index="btree_not_null",
        ondelete="set null",
        help="Team of the salesperson at that time.",
    )
    region_id = fields.Many2one(
        comodel_name="sales.region",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
        help="Region of the customer when the visit was done.",
    )
    channel_id = fields.Many2one(
        comodel_name="sales.channel",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
        help="Channel of the customer when the visit was done.",
    )
    date = fields.Date(
        compute="_compute_date",
        store=True,
        index=True,
        help="Day of the check-in, or else the one planned.",
    )
    result = fields.Text(
        copy=False, tracking=True, help="What came of it: it completes the report."
    )
    done_at = fields.Datetime(string="Reported On", readonly=True, copy=False)
    is_overdue = fields.Boolean(
        string="Report Missing",
        compute="_compute_is_overdue",
        export_string_translation=False,
    )

    @api.depends("partner_id", "kind")
    def _compute_name(self):
        for visit in self:
            if visit.partner_id:
                visit.name = visit._get_usual_name()
            else:
                visit.name = visit.name

    def _get_usual_name(self):
        self.ensure_one()
        customer = self.partner_id.name or ""
        if self.kind == "call":
            return self.env._("Call: %s", customer)
        if self.kind == "online":
            return self.env._("Online meeting: %s", customer)
        return self.env._("Visit: %s", customer)

    @api.depends("partner_id")
    def _compute_address_id(self):
        for visit in self:
            is_own = visit.address_id.commercial_partner_id == visit.partner_id
            visit.address_id = visit.address_id if is_own else visit.partner_id

    @api.depends("user_id", "company_id")
    def _compute_team_id(self):
        for visit in self:
            # sudo: which team somebody works in, leads or serves is public.
            user, company = visit.user_id.sudo(), visit.company_id
            teams = user.crm_team_member_ids.crm_team_id | user.sales_led_team_ids
            teams |= user.sales_served_team_ids
            visit.team_id = teams.filtered(
                lambda team, company=company: team.company_id <= company
            )[:1]

    @api.depends("start", "check_in_at", "company_id")
    def _compute_date(self):
        for visit in self:
            moment = visit.check_in_at or visit.start
            local = visit.with_context(tz=visit.company_id.sales_tz)
            visit.date = moment and fields.Date.context_today(local, moment)

    @api.depends("state", "stop")
    def _compute_is_overdue(self):
        now = fields.Datetime.now()
        for visit in self:
            visit.is_overdue = (
                visit.state in OPEN and bool(visit.stop) and visit.stop < now
            )

    # ------------------------------------------------------------------
    # Constraints
    # ------------------------------------------------------------------

    @api.constrains("partner_id", "address_id", "contact_ids", "lead_id")
    def _check_customer(self):
        """A visit is to one customer: its places, people and opportunities."""
        for visit in self:
            # sudo: only whose they are, which the message does not tell.
            parts = visit.sudo().address_id | visit.sudo().contact_ids
            parts |= visit.sudo().lead_id.partner_id
            if parts.commercial_partner_id - visit.partner_id:
                raise ValidationError(
                    self.env._(
                        "Address, people and opportunity of the visit must be those"
                        " of %s.",
                        visit.partner_id.display_name,
                    )
                )

    @api.constrains("start")
    def _check_start(self):
        """Visits count on their day: nobody fills up past months by themselves."""
        user = self.env.user
        if user.id == SUPERUSER_ID or user.has_group(LEADER):
            return
        first = fields.Datetime.now() - LATE
        if any(visit.start < first and not visit.check_in_at for visit in self):
            raise ValidationError(
                self.env._(
                    "Visits are entered within %s days. Ask your team leader to enter"
                    " older ones.",
                    LATE.days,
                )
            )

    # ------------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------------

    def write(self, vals):
        if not self.env.su and self._get_content(vals) - self._open_fields:
            self._check_content_open()
            if not self._kept_fields.isdisjoint(vals):
                self._check_not_begun()
        res = super().write(vals)
        if "user_id" in vals:
            # Check again: nobody hands a visit over to somebody they do not lead.
            self.check_access("write")
        return res

    @api.ondelete(at_uninstall=False)
    def _unlink_except_held(self):
        if any(visit.state in ("visiting", "reporting", "done") for visit in self):
            raise UserError(
                self.env._("A visit that has taken place cannot be deleted.")
            )

    def _check_content_open(self):
        """Refuse changes of visits that are over, also of their lines.

        :raise UserError: if the report is complete or the visit was called off
        """
        if self.env.su:
            return
        self.check_access("write")
        if over := self.filtered(lambda visit: visit.state not in OPEN):
            raise UserError(
                self.env._(
                    "%s is done or cancelled. Take it up again to change it.",
                    over[0].name,
                )
            )

    def _check_not_begun(self):
        if begun := self.filtered(lambda visit: visit.state != "planned"):
            raise UserError(
                self.env._(
                    "%s has begun or is over: customer, salesperson and time stay as"
                    " they are.",
                    begun[0].name,
                )
            )

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def action_done(self):
        """Complete the report."""
        for visit in self:
            visit._check_report()
        self.check_access("write")
        now = fields.Datetime.now()
        # First, since a done visit is a contact of that region and channel at once
        for visit in self.sudo():  # sudo: users cannot write what follows from it.
            places = visit.address_id | visit.partner_id
            region = places.sales_region_id[:1] or visit.team_id.sales_region_id
            visit.write(
                {
                    "done_at": now,
                    "region_id": region.id,
                    "channel_id": places.sales_channel_id[:1].id,
                }
            )
        self._set_state("done")
        self._follow_up()

    def action_cancel(self):
        """Call the visit off."""
        if any(visit.state not in OPEN for visit in self):
            raise UserError(
                self.env._("Only a visit that is not done can be cancelled.")
            )
        self._set_state("cancelled")

    def action_reopen(self):
        """Take a visit up again: its report, or the plan to go there."""
        done = self.filtered(lambda visit: visit.state == "done")
        cancelled = self.filtered(lambda visit: visit.state == "cancelled")
        if self - done - cancelled:
            raise UserError(
                self.env._("Only a done or cancelled visit can be taken up again.")
            )
        done._set_state("reporting")
        for state, visits in cancelled.grouped(lambda v: v._get_resumed()).items():
            visits._set_state(state)

    def _get_resumed(self):
        """:return: the state that a cancelled visit has when it is taken up again"""
        self.ensure_one()
        if self.check_out_at:
            return "reporting"
        return "visiting" if self.check_in_at else "planned"

    def _check_report(self):
        """Refuse a report that is not complete.

        :raise UserError: saying what is missing
        """
        self.ensure_one()
        if self.state not in OPEN:
            raise UserError(
                self.env._("The visit is done or cancelled. Reload the page.")
            )
        if self.state == "planned" and self.start > fields.Datetime.now():
            raise UserError(
                self.env._("This visit is still to come. Report on it afterwards.")
            )
        if not (self.result or "").strip():
            raise UserError(
                self.env._(
                    "Write down what came of the visit, then complete the report."
                )
            )

    # ------------------------------------------------------------------
    # Business methods
    # ------------------------------------------------------------------

    @api.model
    def _get_missing_domain(self):
        """:return: the :class:`Domain` of the visits that lack their report"""
        return Domain("state", "in", OPEN) & Domain("stop", "<", fields.Datetime.now())

    def _get_last_visit(self):
        """:return: the last visit to the customer that is done, other than this one"""
        self.ensure_one()
        return self.search(
            [
                ("partner_id", "=", self.partner_id.id),
                ("company_id", "=", self.company_id.id),
                ("state", "=", "done"),
                ("id", "!=", self._origin.id),
            ],
            order="date DESC, id DESC",
            limit=1,
        )

    def _get_merge_key(self, into):
        """No two visits are the same, though their customers are merged."""
        self.ensure_one()
        return self.id
