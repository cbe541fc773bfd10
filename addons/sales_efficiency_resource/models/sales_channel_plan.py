# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command, Domain
from odoo.tools import format_date

from odoo.addons.sales_efficiency_base.tools import Period, Scope, open_records
from odoo.addons.sales_efficiency_base.tools.domain import read_domain, try_domain

CUSTOMERS = Domain("parent_id", "=", False)


class SalesChannelPlan(models.Model):
    """Position, target customers, strategy and area of a channel in a year (5.2.1)."""

    _name = "sales.channel.plan"
    _inherit = [
        "sales.guard.mixin",
        "sales.coverage.mixin",
        "sales.submission.mixin",
        "sales.planned.cost.mixin",
        "mail.thread",
        "mail.activity.mixin",
    ]
    _description = "Channel Plan"
    _order = "date_from desc, channel_id, id desc"
    _check_company_auto = True
    _state_from = ["submitted"]
    _state_to = ["running"]
    _cancel_state = "draft"

    company_id = fields.Many2one(
        comodel_name="res.company",
        required=True,
        index=True,
        default=lambda self: self.env.company,
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    channel_id = fields.Many2one(
        comodel_name="sales.channel",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
        tracking=True,
    )
    user_id = fields.Many2one(
        comodel_name="res.users",
        string="Responsible",
        required=True,
        index=True,
        ondelete="restrict",
        tracking=True,
        default=lambda self: self.env.user,
        domain="[('share', '=', False), ('company_ids', 'in', company_id)]",
    )
    date_from = fields.Date(
        string="Year From",
        required=True,
        default=lambda self: self._default_year().start,
    )
    date_to = fields.Date(
        string="To", compute="_compute_date_to", store=True, precompute=True
    )
    state = fields.Selection(
        selection=[
            ("draft", "Draft"),
            ("submitted", "Submitted"),
            ("running", "Running"),
            ("closed", "Closed"),
        ],
        string="Status",
        default="draft",
        required=True,
        readonly=True,
        index=True,
        copy=False,
        tracking=True,
    )
    # What counts until a change is approved
    approved_region_ids = fields.Many2many(
        comodel_name="sales.region",
        relation="sales_channel_plan_approved_region_rel",
        string="Approved Regions",
        readonly=True,
        copy=False,
    )
    approved_categ_ids = fields.Many2many(
        comodel_name="product.category",
        relation="sales_channel_plan_approved_categ_rel",
        string="Approved Product Lines",
        readonly=True,
        copy=False,
    )
    position = fields.Text(
        help="What the channel is for, and how it differs from the others."
    )
    strategy = fields.Html(help="How the channel is to win and keep its customers.")
    target_domain = fields.Char(string="Target Customers", default="[]", required=True)
    target_count = fields.Integer(
        string="Customers Today",
        compute="_compute_target_count",
        help="Target customers of the channel today, as far as you see them.",
    )
    planned_cost = fields.Monetary(
        tracking=True, groups="sales_efficiency_base.group_sales_leader"
    )
    result_ids = fields.Many2many(
        comodel_name="sales.target.result",
        string="Targets",
        compute="_compute_result_ids",
        help="Targets of the channel in this year.",
    )
    member_count = fields.Integer(
        string="Active Members", compute="_compute_member_count"
    )

    _channel_year_uniq = models.UniqueIndex(
        "(company_id, channel_id, date_from)",
        "The channel has a plan for this year already.",
    )
    _planned_cost_positive = models.Constraint(
        "CHECK (planned_cost >= 0)", "The planned cost cannot be negative."
    )

    # ------------------------------------------------------------------
    # Computed fields and constraints
    # ------------------------------------------------------------------

    @api.model
    def _default_year(self):
        company = self.env.company
        return Period.year(company._get_sales_today(), company)

    @api.depends_context("lang")
    @api.depends("channel_id.name", "date_from", "date_to")
    def _compute_display_name(self):
        for plan in self:
            years = {day.year for day in (plan.date_from, plan.date_to) if day}
            year = "/".join(map(str, sorted(years)))
            plan.display_name = f"{plan.channel_id.name or ''} {year}".strip()

    @api.depends("date_from", "company_id")
    def _compute_date_to(self):
        for plan in self:
            year = plan.date_from and Period.year(plan.date_from, plan.company_id)
            plan.date_to = year and year.end

    @api.depends_context("uid", "allowed_company_ids")
    @api.depends("target_domain")
    def _compute_target_count(self):
        """Plans with the same target are counted together."""
        counts = {}
        for plan in self:
            text = plan.target_domain
            if text not in counts:
                counts[text] = self._count_customers(text)
            plan.target_count = counts[text]

    @api.depends("channel_id", "date_from", "date_to")
    @api.depends_context("uid", "allowed_company_ids")
    def _compute_result_ids(self):
        """Only targets that the user may see."""
        results = self.env["sales.target.result"]
        found = results
        if results.has_access("read"):
            years = self.grouped(lambda plan: (plan.company_id, plan.date_from))
            found = results.search(
                Domain.OR(plans._get_target_domain() for plans in years.values())
                & Domain("period", "=", "year")
            )
        for plan in self:
            plan.result_ids = found.filtered_domain(plan._get_target_domain())

    @api.depends_context("uid", "allowed_company_ids")
    @api.depends("channel_id")
    def _compute_member_count(self):
        groups = self.env["sales.channel.member"]._read_group(
            [
                ("channel_id", "in", self.channel_id.ids),
                ("company_id", "in", self.company_id.ids),
                ("state", "=", "active"),
            ],
            ["channel_id", "company_id"],
            ["__count"],
        )
        counts = {(channel, company): count for channel, company, count in groups}
        for plan in self:
            key = plan.channel_id._origin, plan.company_id._origin
            plan.member_count = counts.get(key, 0)

    @api.constrains("date_from", "company_id")
    def _check_date_from(self):
        for plan in self:
            year = Period.year(plan.date_from, plan.company_id)
            if plan.date_from != year.start:
                raise ValidationError(
                    self.env._(
                        "A channel plan is for a fiscal year. It starts on %s.",
                        format_date(self.env, year.start),
                    )
                )

    @api.constrains("target_domain")
    def _check_target_domain(self):
        for plan in self:
            try:
                domain = read_domain(plan.target_domain)
                try_domain(self.env["res.partner"], domain & CUSTOMERS)
            except ValueError as error:
                raise ValidationError(
                    self.env._(
                        "The target customers of %(plan)s cannot be found: %(error)s",
                        plan=plan.display_name,
                        error=error,
                    )
                ) from error

    # ------------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------------

    def write(self, vals):
        if self._get_content(vals):
            self._check_is_draft()
        res = super().write(vals)
        if vals.get("state") == "running":
            for plan in self:
                # sudo: users cannot write what was approved; it is this content.
                plan.sudo().with_context(skip_validation_check=True).write(
                    {
                        "approved_region_ids": [Command.set(plan.region_ids.ids)],
                        "approved_categ_ids": [Command.set(plan.categ_ids.ids)],
                    }
                )
        return res

    @api.ondelete(at_uninstall=False)
    def _unlink_except_approved(self):
        """What was approved counts, even while it is changed."""
        for plan in self:
            if plan.approved_region_ids or plan.approved_categ_ids:
                raise UserError(
                    self.env._(
                        "%s was approved, and its coverage counts. Close it instead.",
                        plan.display_name,
                    )
                )
        self._check_is_draft()

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def action_submit(self):
        """Send the plan to those who approve it."""
        self._check_state_is("draft")
        self.check_access("write")
        for plan in self:
            if not (plan.region_ids or plan.categ_ids) or not plan.position:
                raise UserError(
                    self.env._(
                        "Enter the position of %s, and the regions or product lines to"
                        " cover.",
                        plan.channel_id.name,
                    )
                )
        return self._submit()

    def action_draft(self):
        """Change the plan. It is approved anew; until then the former area counts."""
        for plan in self:
            if plan.state != "submitted":
                plan._check_state_is("running")
        self._set_state("draft")

    def action_close(self):
        """End the plan; what it was to cover keeps counting for its year."""
        self._check_state_is("running")
        self._set_state("closed")

    @api.readonly
    def action_open_customers(self):
        """Show the target customers."""
        self.ensure_one()
        return open_records(
            self.env,
            "base.action_partner_form",
            CUSTOMERS & read_domain(self.target_domain),
            name=self.env._("Target Customers of %s", self.display_name),
        )

    @api.readonly
    def action_open_members(self):
        """Show the members of the channel."""
        self.ensure_one()
        return self.channel_id.action_open_members()

    @api.readonly
    def action_open_targets(self):
        """Show the targets of the channel in this year."""
        self.ensure_one()
        return open_records(
            self.env,
            "sales_efficiency_target.sales_target_action",
            self._get_target_domain(),
            name=self.display_name,
            context={"default_channel_id": self.channel_id.id},
        )

    # ------------------------------------------------------------------
    # Helpers
    # ------------------------------------------------------------------

    def _get_coverage_scope(self):
        plan = self._origin
        return Scope(plan.company_id.id, channel_id=plan.channel_id.id)

    def _get_coverage_period(self):
        plan = self._origin
        today = max(plan.company_id._get_sales_today(), plan.date_from)
        return Period(plan.date_from, plan.date_to).until(today)

    def _get_target_domain(self):
        """Return the domain of the targets of plans of one company and year."""
        return (
            Domain("company_id", "=", self.company_id.id)
            & Domain("channel_id", "child_of", self.channel_id.ids)
            & Domain("plan_id.date_from", "=", self[:1].date_from)
        )

    @api.model
    def _count_customers(self, text):
        """:return: the number of customers in a domain; 0 while it is being typed"""
        partners = self.env["res.partner"]
        try:
            domain = read_domain(text) & CUSTOMERS
            try_domain(partners, domain)
        except ValueError:
            return 0
        return partners.search_count(domain)
