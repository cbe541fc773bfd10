# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from collections import defaultdict

from odoo import Command, api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import float_compare

from odoo.addons.sales_efficiency_base.tools import format_period

from ..engine.fiscal_calendar import last_day
from ..engine.terms_reader import read_calendar, to_decimal
from ..tools import WHOLE


class SalesIncentivePoolDivision(models.Model):
    """Who gets how much of a pool that is shared by hand, in one interval.

    Nobody decides on a pool that pays them.
    """

    _name = "sales.incentive.pool.division"
    _inherit = "sales.guard.mixin"
    _description = "Pool Shared by Hand"
    _order = "interval_start desc, id desc"
    _fixed_fields = ("rule_id", "month")

    rule_id = fields.Many2one(
        comodel_name="sales.incentive.rule",
        string="Pool",
        required=True,
        index=True,
        ondelete="cascade",
        domain="[('kind', '=', 'pool'), ('pool_split', '=', 'hand')]",
    )
    # The pool as it goes on through the versions of the plan
    root_id = fields.Integer(
        related="rule_id.root_id",
        store=True,
        index=True,
        aggregator=None,
        string="First Rule",
    )
    plan_id = fields.Many2one(related="rule_id.version_id.plan_id", store=True)
    company_id = fields.Many2one(related="rule_id.company_id", store=True, index=True)
    month = fields.Date(
        required=True,
        default=lambda self: self._default_month(),
        help="Any day of the interval whose pool is shared.",
    )
    interval_start = fields.Date(
        string="Interval from",
        compute="_compute_interval",
        store=True,
        precompute=True,
    )
    interval_end = fields.Date(
        string="Interval to",
        compute="_compute_interval",
        store=True,
        precompute=True,
    )
    share_ids = fields.One2many(
        comodel_name="sales.incentive.pool.share",
        inverse_name="division_id",
        string="Shares",
        compute="_compute_share_ids",
        store=True,
        readonly=False,
    )
    total = fields.Float(string="Total (%)", compute="_compute_total", digits=(16, 2))

    _interval_uniq = models.UniqueIndex(
        "(root_id, interval_start)",
        "This pool is shared by hand for that interval already. Change that division.",
    )

    # ------------------------------------------------------------------
    # Computed fields and constraints
    # ------------------------------------------------------------------

    @api.model
    def _default_month(self):
        return self.env.company._get_sales_today().replace(day=1)

    @api.depends("rule_id.name", "interval_start", "interval_end")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for division in self:
            end = division.interval_end
            division.display_name = end and self.env._(
                "%(pool)s to %(month)s",
                pool=division.rule_id.name or "",
                month=format_period(self.env, end.replace(day=1)),
            )

    @api.depends("rule_id.interval", "month")
    def _compute_interval(self):
        for division in self:
            months = division._get_months()
            division.interval_start = months[0] if months else False
            division.interval_end = last_day(months[-1]) if months else False

    @api.depends("rule_id", "month")
    def _compute_share_ids(self):
        """Propose equal shares for the people of the team in these days."""
        for division in self:
            people = division._find_assignments()._filter_in_team(
                division.rule_id.team_id
            )
            shares = [round(100 / len(people), 2) for _person in people]
            if shares:
                shares[0] = round(100 - sum(shares[1:]), 2)
            division.share_ids = [
                Command.clear(),
                *(
                    Command.create({"assignment_id": person.id, "share": share})
                    for person, share in zip(people, shares, strict=True)
                ),
            ]

    @api.depends("share_ids.share")
    def _compute_total(self):
        for division in self:
            division.total = sum(division.share_ids.mapped("share"))

    def _check_total(self):
        """:raise ValidationError: unless the whole pool is shared"""
        for division in self:
            total = sum(division.share_ids.mapped("share"))
            if float_compare(total, 100, precision_digits=2):
                raise ValidationError(
                    self.env._(
                        "The shares of %(pool)s add up to %(total)s %%. Change them"
                        " until they are 100 %%.",
                        pool=division.rule_id.name,
                        total=f"{total:.2f}",
                    )
                )

    @api.constrains("rule_id")
    def _check_rule(self):
        for division in self:
            if division.rule_id.pool_split != "hand":
                raise ValidationError(
                    self.env._(
                        "%s is not shared by hand. Choose a pool that is.",
                        division.rule_id.name,
                    )
                )

    # ------------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        whole = self.with_context(sales_incentive_shares=WHOLE)
        divisions = super(SalesIncentivePoolDivision, whole).create(vals_list)
        divisions = divisions.with_env(self.env)
        divisions._decide()
        return divisions

    def write(self, vals):
        self._check_can_decide()
        whole = self.with_context(sales_incentive_shares=WHOLE)
        res = super(SalesIncentivePoolDivision, whole).write(vals)
        self._decide()
        return res

    @api.ondelete(at_uninstall=False)
    def _unlink_except_paid(self):
        self._check_can_decide()
        self._note()

    def _decide(self):
        """Check new shares, and have the pools computed by them."""
        self._check_can_decide()
        self._check_total()
        self._note()

    # ------------------------------------------------------------------
    # Business methods
    # ------------------------------------------------------------------

    @api.model
    def _get_shares(self, roots):
        """:return: dict (root, start of the interval) → dict assignment id → share"""
        shares = defaultdict(dict)
        if roots:
            for line in self.env["sales.incentive.pool.share"].search(
                [("division_id.root_id", "in", roots)]
            ):
                division = line.division_id
                share = to_decimal(line.share)
                key = division.root_id, division.interval_start
                shares[key][line.assignment_id.id] = share
        return shares

    def _get_months(self):
        """:return: first days of the months of the interval, if it is known"""
        if not (self.rule_id and self.month):
            return []
        # sudo: the fiscal year of the company
        calendar = read_calendar(self.rule_id.company_id.sudo())
        return calendar.months(self.rule_id.interval, self.month.replace(day=1))

    def _find_assignments(self):
        """:return: the people of the plan with days in the interval"""
        if not self.interval_start:
            return self.env["sales.incentive.assignment"]
        return self.env["sales.incentive.assignment"].search(
            [
                ("plan_id", "=", self.rule_id.version_id.plan_id.id),
                ("date_from", "<=", self.interval_end),
                "|",
                ("date_to", "=", False),
                ("date_to", ">=", self.interval_start),
            ],
            order="id",
        )

    def _check_can_decide(self):
        """:raise UserError: if the pool pays the user, or is paid already"""
        for division in self:
            people = division.share_ids.assignment_id
            if not self.env.su and self.env.user in people._get_paid_users():
                raise UserError(
                    self.env._(
                        "Nobody decides on their own pay. Ask a colleague to do it."
                    )
                )
            # sudo: whoever asks, the month is locked or not.
            locked = (
                self.env["sales.incentive.period"]
                .sudo()
                .search_count(
                    [
                        ("company_id", "=", division.company_id.id),
                        ("month", "=", division.interval_end.replace(day=1)),
                        ("state", "not in", ("open", "published")),
                    ],
                    limit=1,
                )
            )
            if locked:
                raise UserError(
                    self.env._(
                        "%s is approved or locked, so its shares do not change any"
                        " more.",
                        division.display_name,
                    )
                )

    def _note(self):
        """Have the pools computed again."""
        self.env["sales.incentive.change"]._note_plans(self.plan_id)
