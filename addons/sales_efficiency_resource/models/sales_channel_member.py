# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import SQL

from odoo.addons.sales_efficiency_base.engine import find_used
from odoo.addons.sales_efficiency_base.tools import Period, Scope, open_records


class SalesChannelMember(models.Model):
    """A business partner through whom a channel sells (policy 5.2.2).

    Winning a member is no opportunity: it has its own stages, so that the conversion of
    opportunities does not move.
    """

    _name = "sales.channel.member"
    _inherit = [
        "sales.guard.mixin",
        "sales.coverage.mixin",
        "mail.tracking.duration.mixin",
        "mail.activity.mixin",
    ]
    _description = "Channel Member"
    _rec_name = "partner_id"
    _rec_names_search = ["partner_id.name"]
    _order = "priority desc, id desc"
    _check_company_auto = True
    _track_duration_field = "stage_id"
    # Orders name the member: its figures stay where they are.
    _fixed_fields = ("channel_id", "company_id", "partner_id")

    # Scopes name their records so.
    name = fields.Char(related="partner_id.name")
    partner_id = fields.Many2one(
        comodel_name="res.partner",
        required=True,
        index=True,
        ondelete="restrict",
        tracking=True,
        check_company=True,
        domain="[('parent_id', '=', False)]",
    )
    channel_id = fields.Many2one(
        comodel_name="sales.channel",
        required=True,
        index=True,
        ondelete="restrict",
        tracking=True,
        check_company=True,
    )
    company_id = fields.Many2one(
        comodel_name="res.company",
        required=True,
        index=True,
        default=lambda self: self.env.company,
    )
    user_id = fields.Many2one(
        comodel_name="res.users",
        string="Salesperson",
        index="btree_not_null",
        ondelete="restrict",
        tracking=True,
        default=lambda self: self.env.user,
        domain="[('share', '=', False), ('company_ids', 'in', company_id)]",
        help="Looks after the member.",
    )
    active = fields.Boolean(default=True)
    priority = fields.Selection(
        selection=[("0", "Normal"), ("1", "Important"), ("2", "Very important")],
        default="0",
    )
    stage_id = fields.Many2one(
        comodel_name="sales.channel.stage",
        required=True,
        index=True,
        ondelete="restrict",
        tracking=True,
        copy=False,
        default=lambda self: self._default_stage(),
        group_expand="_read_group_stage_id",
        domain="[('company_id', 'in', [False, company_id])]",
    )
    state = fields.Selection(
        related="stage_id.kind", string="Status", store=True, index=True
    )
    date_last_stage_update = fields.Datetime(
        string="In This Stage Since",
        compute="_compute_date_last_stage_update",
        store=True,
        copy=False,
    )
    date_active = fields.Date(
        string="Active Since", compute="_compute_stage_dates", store=True, copy=False
    )
    date_ended = fields.Date(
        string="Ended On", compute="_compute_stage_dates", store=True, copy=False
    )
    days_in_stage = fields.Integer(
        compute="_compute_days_in_stage", string="Days in Stage", aggregator=None
    )
    is_exclusive = fields.Boolean(
        string="Exclusive",
        tracking=True,
        help="No other member of the channel sells the agreed product lines in the"
        " agreed regions. Without regions or lines: in all of them.",
    )
    contract_start = fields.Date(tracking=True)
    contract_end = fields.Date(tracking=True)
    notice_days = fields.Integer(
        string="Remind Before (Days)",
        default=30,
        aggregator=None,
        help="So many days before the contract ends, the salesperson gets a to-do.",
    )
    document_ids = fields.Many2many(
        comodel_name="ir.attachment", string="Contract and Papers", copy=False
    )
    review_date = fields.Date(
        tracking=True,
        help="The salesperson gets a to-do a week before.",
    )
    review_months = fields.Integer(
        string="Reviewed Every (Months)", default=6, aggregator=None
    )
    reason = fields.Text(
        string="Why in This Stage", help="E.g. why the member is suspended."
    )
    item_ids = fields.Many2many(
        comodel_name="sales.channel.stage.item",
        string="Done",
        copy=False,
        tracking=True,
    )
    note = fields.Html(string="Notes")
    order_count = fields.Integer(compute="_compute_order_count", string="Orders")
    sales_amount = fields.Monetary(
        string="Sales This Year",
        compute="_compute_sales_amount",
        help="Ordered amount of the year that the member has brought.",
    )
    currency_id = fields.Many2one(related="company_id.currency_id")

    _partner_channel_uniq = models.UniqueIndex(
        "(partner_id, channel_id, company_id) WHERE active AND state <> 'ended'",
        "The partner is a member of this channel already. Open that one, or end it"
        " first.",
    )
    _notice_days_range = models.Constraint(
        "CHECK (notice_days BETWEEN 0 AND 365)",
        "Remind between 0 and 365 days before the contract ends.",
    )
    _review_months_range = models.Constraint(
        "CHECK (review_months BETWEEN 1 AND 60)",
        "Review a member every 1 to 60 months.",
    )
    _contract_order = models.Constraint(
        "CHECK (contract_end >= contract_start)",
        "The contract cannot end before it starts.",
    )

    # ------------------------------------------------------------------
    # Defaults, computed fields and constraints
    # ------------------------------------------------------------------

    @api.model
    def _default_stage(self):
        companies = (False, self.env.company.id)
        domain = [("company_id", "in", companies), ("kind", "=", "prospect")]
        return self.env["sales.channel.stage"].search(domain, limit=1)

    @api.model
    def _read_group_stage_id(self, stages, _domain):
        """Show the empty columns of the board, too."""
        companies = [False, *self.env.companies.ids]
        return stages.search([("company_id", "in", companies)]) | stages

    @api.depends_context("lang")
    @api.depends("partner_id.name", "channel_id.name")
    def _compute_display_name(self):
        # sudo: the names of members are no secret to whoever sees an order or a
        # target of theirs.
        for member in self.sudo():
            names = (member.partner_id.name, member.channel_id.name)
            partner, channel = (name or "" for name in names)
            member.display_name = f"{partner} ({channel})" if channel else partner

    @api.depends("stage_id")
    def _compute_date_last_stage_update(self):
        self.date_last_stage_update = self.env.cr.now()

    @api.depends("stage_id")
    def _compute_stage_dates(self):
        for member in self:
            today = (member.company_id or self.env.company)._get_sales_today()
            kind = member.stage_id.kind
            first = today if kind == "active" else False
            member.date_active = member.date_active or first
            is_over = kind == "ended"
            member.date_ended = is_over and (member.date_ended or today)

    @api.depends("date_last_stage_update")
    def _compute_days_in_stage(self):
        now = self.env.cr.now()
        for member in self:
            since = member.date_last_stage_update or now
            member.days_in_stage = max((now - since).days, 0)

    @api.depends_context("uid", "allowed_company_ids")
    def _compute_order_count(self):
        orders = self.env["sale.order"]
        counts = {}
        if orders.has_access("read"):
            counts = dict(
                orders._read_group(
                    [("channel_member_id", "in", self.ids), ("state", "=", "sale")],
                    ["channel_member_id"],
                    ["__count"],
                )
            )
        for member in self:
            member.order_count = counts.get(member._origin, 0)

    def _compute_sales_amount(self):
        """Whoever sees a member sees what it brings, whoever has booked the order."""
        asked = {
            member: (member._get_coverage_scope(), member._get_coverage_period())
            for member in self
            if member._origin
        }
        values = self._ask_of("ordered_amount", asked)
        for member in self:
            member.sales_amount = values.get(member) or 0

    def _get_coverage_scope(self):
        member = self._origin
        return Scope(member.company_id.id, channel_member_id=member.id)

    def _get_coverage_period(self):
        today = self.company_id._get_sales_today()
        return Period.year(today, self.company_id).until(today)

    @api.constrains("partner_id")
    def _check_partner(self):
        for member in self:
            if member.partner_id.commercial_partner_id != member.partner_id:
                raise ValidationError(
                    self.env._(
                        "%(contact)s is a contact of %(company)s: make the company the"
                        " member.",
                        contact=member.partner_id.name,
                        company=member.partner_id.commercial_partner_id.name,
                    )
                )

    # ------------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        members = super().create(vals_list)
        members._keep_documents()
        return members

    def write(self, vals):
        res = super().write(vals)
        if "document_ids" in vals:
            self._keep_documents()
        return res

    @api.ondelete(at_uninstall=False)
    def _unlink_except_in_use(self):
        """What has figures is ended, never deleted."""
        self._release_partner()
        # sudo: orders of others count, too.
        orders = self.env["sale.order"].sudo()
        if order := orders.search([("channel_member_id", "in", self.ids)], limit=1):
            raise UserError(
                self.env._(
                    "%(member)s has brought orders such as %(order)s. End the"
                    " membership instead.",
                    member=order.channel_member_id.display_name,
                    order=order.name,
                )
            )
        if used := find_used(self.sudo()):
            raise UserError(
                self.env._(
                    "Opportunities, targets or scores name %s. End the membership"
                    " instead.",
                    used[0].display_name,
                )
            )

    def _keep_documents(self):
        """Attach new papers to the member: whoever sees it reads them. Before, only
        who has uploaded them does."""
        for member in self:
            # sudo: they were just uploaded for the member, by the user themselves or
            # by code; references to papers of others are refused.
            papers = member.document_ids.sudo()
            papers.filtered(
                lambda paper: (
                    not paper.res_id
                    and paper.res_model in (False, self._name)
                    and (self.env.su or paper.create_uid == self.env.user)
                )
            ).write({"res_model": self._name, "res_id": member.id})

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def action_review_done(self):
        """Agree on the next review, and close the to-do of this one."""
        self.check_access("write")
        for member in self:
            today = member.company_id._get_sales_today()
            member.review_date = fields.Date.add(today, months=member.review_months)
        self._close_reminders("review")

    @api.readonly
    def action_open_orders(self):
        """Show the orders that the member has brought."""
        self.ensure_one()
        return open_records(
            self.env,
            "sale.action_orders",
            [("channel_member_id", "=", self.id)],
            name=self.display_name,
        )

    @api.readonly
    def action_open_figures(self):
        """Show the figures of the member."""
        self.ensure_one()
        return open_records(
            self.env,
            "sales_efficiency_base.sales_fact_action",
            [("channel_member_id", "=", self.id)],
            name=self.display_name,
        )

    # ------------------------------------------------------------------
    # Areas
    # ------------------------------------------------------------------

    def _get_areas(self):
        """Read regions and lines of many members at once.

        :return: list of (member id, path of a region, path of a line); an empty path
            is that of all
        """
        self.flush_model(["region_ids", "categ_ids"])
        region, line = self._fields["region_ids"], self._fields["categ_ids"]
        return self.env.execute_query(
            SQL(
                """
                SELECT member.id, COALESCE(node.parent_path, ''),
                       COALESCE(categ.parent_path, '')
                  FROM sales_channel_member member
             LEFT JOIN %(regions)s r ON r.%(region_owner)s = member.id
             LEFT JOIN sales_region node ON node.id = r.%(region)s
             LEFT JOIN %(lines)s l ON l.%(line_owner)s = member.id
             LEFT JOIN product_category categ ON categ.id = l.%(line)s
                 WHERE member.id = ANY(%(ids)s)
                """,
                regions=SQL.identifier(region.relation),
                region_owner=SQL.identifier(region.column1),
                region=SQL.identifier(region.column2),
                lines=SQL.identifier(line.relation),
                line_owner=SQL.identifier(line.column1),
                line=SQL.identifier(line.column2),
                ids=self.ids,
            )
        )
