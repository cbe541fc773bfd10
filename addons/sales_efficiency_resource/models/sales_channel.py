# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models

from odoo.addons.sales_efficiency_base.tools import Period, Scope, open_records

# Others may read channels, but nothing of how they do.
PERSON = "sales_efficiency_base.group_sales_person"


class SalesChannel(models.Model):
    """How a channel stands: plan, members, coverage and sales (policy 5.2).

    Figures are those of the current company, and of what the user may see. A channel
    includes those below.
    """

    _inherit = "sales.channel"

    member_ids = fields.One2many(
        comodel_name="sales.channel.member",
        inverse_name="channel_id",
        string="Members",
        groups=PERSON,
    )
    prospect_count = fields.Integer(
        string="Prospects",
        compute="_compute_member_counts",
        groups=PERSON,
    )
    active_member_count = fields.Integer(
        string="Active Members",
        compute="_compute_member_counts",
        groups=PERSON,
    )
    suspended_count = fields.Integer(
        string="Suspended Members",
        compute="_compute_member_counts",
        groups=PERSON,
    )
    plan_id = fields.Many2one(
        comodel_name="sales.channel.plan",
        string="Plan of This Year",
        compute="_compute_plan_id",
        groups=PERSON,
    )
    plan_state = fields.Selection(
        selection=lambda self: self._selection_plan_state(),
        string="Status of the Plan",
        compute="_compute_plan_id",
        groups=PERSON,
    )
    currency_id = fields.Many2one(
        comodel_name="res.currency",
        compute="_compute_sales_amount",
        groups=PERSON,
    )
    sales_amount = fields.Monetary(
        string="Sales This Year",
        compute="_compute_sales_amount",
        groups=PERSON,
    )
    coverage = fields.Float(
        string="Coverage (%)",
        digits=(5, 1),
        compute="_compute_sales_amount",
        help="Cells (region × product line) of the approved plans with a sale this"
        " year, in percent.",
        groups=PERSON,
    )
    sales_target_text = fields.Char(
        string="Target",
        compute="_compute_sales_target",
        groups=PERSON,
    )
    sales_attainment = fields.Float(
        string="Attainment (%)",
        digits=(16, 1),
        compute="_compute_sales_target",
        groups=PERSON,
    )

    @api.model
    def _selection_plan_state(self):
        state = self.env["sales.channel.plan"]._fields["state"]
        return state._description_selection(self.env)

    @api.depends_context("uid", "company", "allowed_company_ids")
    @api.depends("member_ids.state", "member_ids.active")
    def _compute_member_counts(self):
        groups = self.env["sales.channel.member"]._read_group(
            [
                ("channel_id", "child_of", self.ids),
                ("company_id", "=", self.env.company.id),
                ("state", "!=", "ended"),
            ],
            ["channel_id", "state"],
            ["__count"],
        )
        for channel in self:
            counts = dict.fromkeys(("prospect", "active", "suspended"), 0)
            for below, state, count in groups:
                if str(channel._origin.id) in (below.parent_path or "").split("/"):
                    counts[state] += count
            channel.prospect_count = counts["prospect"]
            channel.active_member_count = counts["active"]
            channel.suspended_count = counts["suspended"]

    @api.depends_context("uid", "company", "allowed_company_ids")
    def _compute_plan_id(self):
        today = self.env.company._get_sales_today()
        plans = self.env["sales.channel.plan"].search(
            [
                ("channel_id", "in", self.ids),
                ("company_id", "=", self.env.company.id),
                ("date_from", "<=", today),
                ("date_to", ">=", today),
            ]
        )
        by_channel = {plan.channel_id: plan for plan in plans}
        for channel in self:
            channel.plan_id = by_channel.get(channel._origin, plans.browse())
            channel.plan_state = channel.plan_id.state

    @api.depends_context("uid", "company")
    def _compute_sales_amount(self):
        """Measure all channels at once: a director sees the sales of the company, a
        leader those of the teams led, a salesperson their own."""
        company = self.env.company
        today = company._get_sales_today()
        period = Period.year(today, company).until(today)
        seen = self._get_seen_sales()
        parts, wholes = {}, {}
        for channel in self.filtered("id"):
            place = {"channel_id": channel._origin.id}
            wholes[channel] = Scope(company.id, **place)
            parts[channel] = [
                (Scope(company.id, **place, **dimensions), sign)
                for dimensions, sign in seen
            ]
        asked = [scope for own in parts.values() for scope, _sign in own]
        metrics = self.env["sales.metric"]
        sales = metrics.ask(["ordered_amount"], asked, [period])
        cells = metrics.ask(["channel_coverage"], list(wholes.values()), [period])
        for channel in self:
            channel.currency_id = company.currency_id
            channel.sales_amount = sum(
                sign * (sales["ordered_amount", scope, period] or 0)
                for scope, sign in parts.get(channel, ())
            )
            whole = wholes.get(channel)
            covered = cells["channel_coverage", whole, period] if whole else 0
            channel.coverage = covered or 0

    @api.depends_context("uid", "company", "allowed_company_ids")
    def _compute_sales_target(self):
        """Show the sales target of this year with the widest scope that the user may
        see."""
        today = self.env.company._get_sales_today()
        results = self.env["sales.target.result"]
        found = results
        if results.has_access("read"):
            found = results.search(
                [
                    ("channel_id", "in", self.ids),
                    ("channel_member_id", "=", False),
                    ("company_id", "=", self.env.company.id),
                    ("metric_id.code", "=", "ordered_amount"),
                    ("period", "=", "year"),
                    ("date_from", "<=", today),
                    ("date_to", ">=", today),
                    ("plan_id.state", "=", "running"),
                ]
            ).sorted(
                # The widest one comes last.
                lambda result: (
                    -len(result._get_scope().dimensions),
                    -result.level,
                    -result.id,
                )
            )
        by_channel = {result.channel_id: result for result in found}
        for channel in self:
            result = by_channel.get(channel._origin, results)
            channel.sales_attainment = result.attainment
            channel.sales_target_text = (
                result._format_figure(result.amount) if result else False
            )

    def _get_seen_sales(self):
        """Return the sales that the user may see, as sums and differences.

        A leader sees those of the teams led and their own; own ones of these teams are
        not counted twice.

        :return: list of (dict of dimension → ids, sign)
        """
        user = self.env.user
        if user.has_group("sales_efficiency_base.group_sales_director"):
            return [({}, 1)]
        own, teams = {"user_id": user.ids}, {"team_id": user.sales_led_team_ids.ids}
        if not teams["team_id"] or not user.has_group(
            "sales_efficiency_base.group_sales_leader"
        ):
            return [(own, 1)]
        return [(teams, 1), (own, 1), (teams | own, -1)]

    # ------------------------------------------------------------------
    # CRUD and actions
    # ------------------------------------------------------------------

    # The caches are those of the rules for channels, see ``_get_conditions``.

    @api.model_create_multi
    def create(self, vals_list):
        channels = super().create(vals_list)
        self.env.registry.clear_cache()
        return channels

    def write(self, vals):
        res = super().write(vals)
        if not {"active", "kind", "company_id"}.isdisjoint(vals):
            self.env.registry.clear_cache()
        return res

    def unlink(self):
        """Rules for the channel are deleted with it."""
        res = super().unlink()
        self.env.registry.clear_cache()
        return res

    @api.readonly
    def action_open_members(self):
        """Show the members of the channel."""
        self.ensure_one()
        return open_records(
            self.env,
            "sales_efficiency_resource.sales_channel_member_action",
            [("channel_id", "child_of", self.ids)],
            name=self.env._("Members of %s", self.display_name),
            context={"default_channel_id": self.id},
        )

    @api.readonly
    def action_open_plans(self):
        """Show the plans of the channel."""
        self.ensure_one()
        return open_records(
            self.env,
            "sales_efficiency_resource.sales_channel_plan_action",
            [("channel_id", "=", self.id)],
            name=self.env._("Plans of %s", self.display_name),
            context={"default_channel_id": self.id},
        )

    @api.readonly
    def action_open_figures(self):
        """Show the figures of the channel, as far as the user may see them."""
        self.ensure_one()
        return open_records(
            self.env,
            "sales_efficiency_base.sales_fact_action",
            [("channel_id", "child_of", self.ids)],
            name=self.display_name,
        )
