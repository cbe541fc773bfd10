# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.fields import Domain

from ..tools import get_monday


class ResUsers(models.Model):
    _inherit = "res.users"

    sales_led_team_ids = fields.One2many(
        comodel_name="crm.team",
        inverse_name="user_id",
        string="Teams Led",
        readonly=True,
    )
    sales_served_team_ids = fields.Many2many(
        comodel_name="crm.team",
        relation="crm_team_sales_support_rel",
        column1="user_id",
        column2="team_id",
        string="Teams Served",
        readonly=True,
        copy=False,
        groups="base.group_user",
        help="The sales teams for which the person works as sales support.",
    )
    is_in_led_team = fields.Boolean(
        string="In a Team of Mine",
        compute="_compute_is_in_led_team",
        search="_search_is_in_led_team",
        groups="base.group_user",
    )
    sales_alert_digest_date = fields.Date(
        string="Last Digest of Warnings",
        readonly=True,
        copy=False,
        groups="sales_efficiency_base.group_sales_director",
    )

    sales_role_id = fields.Many2one(
        comodel_name="res.groups",
        string="Sales Role",
        compute="_compute_sales_role_id",
        groups="base.group_user",
        help="The highest role of the suite.",
    )

    @api.depends("group_ids")
    def _compute_sales_role_id(self):
        roles = [
            self.env.ref(f"sales_efficiency_base.group_sales_{role}")
            for role in ("director", "leader", "support", "person")
        ]
        for user in self:
            groups = user.all_group_ids
            user.sales_role_id = next((r for r in roles if r in groups), False)

    @api.depends_context("uid")
    @api.depends("crm_team_member_ids.crm_team_id")
    def _compute_is_in_led_team(self):
        users = self.with_context(active_test=False)
        led = users.search([("id", "in", self.ids), ("is_in_led_team", "=", True)])
        for user in self:
            user.is_in_led_team = user._origin in led

    @api.model
    def _search_is_in_led_team(self, operator, value):
        """Find the members of the teams that the user leads, and of teams below."""
        if operator != "in":
            return NotImplemented
        return Domain(
            "crm_team_member_ids",
            "any",
            Domain("active", "=", True)
            & self.env.user._get_led_domain(team="crm_team_id"),
        )

    @api.model_create_multi
    def create(self, vals_list):
        users = super().create(vals_list)
        users._clear_support_rules(*vals_list)
        return users

    def write(self, vals):
        res = super().write(vals)
        self._clear_support_rules(vals)
        return res

    @api.model
    def _clear_support_rules(self, *vals_list):
        """See ``_clear_leader_rules`` of teams."""
        if any("sales_served_team_ids" in vals for vals in vals_list):
            self.env.registry.clear_cache()

    def _get_led_domain(self, team=None, user=None):
        """Return the domain of what is of the teams that the user leads, of those
        below, or of their members.

        Record rules call it for their user. Teams may be named, since rules are
        evaluated anew when leaders change; members are asked for in each search.

        :param str team: path to the team
        :param str user: path to the salesperson; only of the current user
        """
        led = self.sales_led_team_ids.ids
        domains = [Domain(team, "child_of", led)] if team else []
        if user:
            domains.append(Domain(f"{user}.is_in_led_team", "=", True))
        return Domain.OR(domains)

    @api.model
    def review_user_count(self):
        """Leave out the documents whose reviewers have to-dos: they count already."""
        counted = set(self.env["tier.definition"]._get_sales_approval_model_names())
        return [
            group
            for group in super().review_user_count()
            if group["model"] not in counted
        ]

    def _is_sales_support(self):
        """Return whether sales support is the highest role of the user.

        It costs no query, unlike ``sales_role_id``: orders ask for it.
        """
        self.ensure_one()
        support, leader = (
            self._has_group(f"sales_efficiency_base.group_sales_{role}")
            for role in ("support", "leader")
        )
        return support and not leader

    def _get_served_teams(self, company):
        """:return: the teams in a company for which the user works as sales support"""
        return self.sales_served_team_ids.filtered(
            lambda team: team.active and team.company_id in (company, company.browse())
        )

    def _get_sales_today(self):
        """:return: today's date in the user's time zone, or else in that of the
        company's figures"""
        self.ensure_one()
        tz = self.tz or self.company_id.sales_tz
        return fields.Date.context_today(self.with_context(tz=tz))

    def _get_sales_week(self):
        """:return: the Monday of the current ISO week in the user's time zone"""
        return get_monday(self._get_sales_today())

    def _works_in(self, company):
        """Return whether the user is active and has access to a company, and so may be
        notified about it."""
        self.ensure_one()
        return self.active and company in self.company_ids

    @api.ondelete(at_uninstall=False)
    def _unlink_except_with_figures(self):
        self.env["sales.fact"]._check_no_figures_of(self, "user_id")
