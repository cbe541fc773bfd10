# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models

from ..engine import RuleText
from ..tools import WHOLE
from .sales_incentive_limit_mixin import CAP_MODES

# Kinds that pay by the attainment of a target alone
BY_TARGET = ("bonus", "pool")
# Tables of which one rate is that of the whole line
LINE_RATES = ("margin", "collection_days")


class SalesIncentiveRule(models.Model):
    """What is paid, for what and to whom: a line of a version (policy 4.4.1).

    The scope narrows what counts; empty dimensions are all.
    """

    _name = "sales.incentive.rule"
    _inherit = [
        "sales.scope.mixin",
        "sales.incentive.terms.mixin",
        "sales.incentive.limit.mixin",
    ]
    _description = "Incentive Rule"
    _order = "sequence, id"
    _check_company_auto = True
    _fixed_fields = ("version_id",)

    version_id = fields.Many2one(
        comodel_name="sales.incentive.version",
        required=True,
        index=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(
        related="version_id.company_id", store=True, index=True
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    # No foreign key: the ledger finds by it what was booked, whatever was deleted
    root_id = fields.Integer(
        string="First Rule",
        readonly=True,
        copy=False,
        index=True,
        aggregator=None,
        help="ID of the rule that this one continues: that of the first version.",
    )
    sequence = fields.Integer(default=10)
    name = fields.Char(required=True, translate=True)
    kind = fields.Selection(
        selection=[
            ("commission", "Commission"),
            ("bounty", "Bounty"),
            ("bonus", "Bonus"),
            ("pool", "Team pool"),
        ],
        required=True,
        default="commission",
        help="Commission: a share of what is sold. Bounty: an amount by piece, e.g. for"
        " a new customer. Bonus: a share of the target incentive, by attainment. Team"
        " pool: a sum that a team shares, by what it attains together.",
    )

    # What counts
    metric_id = fields.Many2one(
        comodel_name="sales.metric",
        string="Paid On",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        help="The figure that earns. Imported history never does.",
    )
    metric_unit = fields.Selection(related="metric_id.unit", string="Unit")
    credit = fields.Selection(
        selection=[
            ("own", "Own sales"),
            ("teams", "Sales of the teams, with own"),
            ("led", "Sales of the teams, without own"),
            ("scope", "All sales within the scope"),
        ],
        required=True,
        default="own",
        help="Sales that count: those credited to the person; those of the"
        " assignment's teams and the teams below; or all sales.",
    )
    share = fields.Float(
        string="Share (%)",
        default=100.0,
        digits=(16, 2),
        help="Share of these sales that counts.",
    )

    # Rate
    rate_by = fields.Selection(
        selection=[
            ("fixed", "Fixed"),
            ("line", "Amount of the line"),
            ("document", "Amount of the document"),
            ("month", "Total of the month"),
            ("interval", "Total of the interval to date"),
            ("attainment", "Attainment of the target"),
            ("margin", "Margin rate of the line"),
            ("collection_days", "Days to collection"),
        ],
        required=True,
        compute="_compute_rate_by",
        store=True,
        readonly=False,
        precompute=True,
    )
    rate_mode = fields.Selection(
        selection=[
            ("marginal", "Each slice at its own rate"),
            ("whole", "All at the rate reached"),
        ],
        required=True,
        compute="_compute_rate_mode",
        store=True,
        readonly=False,
        precompute=True,
    )
    reach = fields.Selection(
        selection=[
            ("meet", "When it is met"),
            ("exceed", "When it is exceeded"),
        ],
        string="A Tier Is Reached",
        required=True,
        default="meet",
    )
    rate_unit = fields.Selection(
        selection=[
            ("percent", "Percent"),
            ("fold", "Multiples of one's own rate"),
        ],
        string="Rates In",
        required=True,
        default="percent",
        help="One's own rate is the target incentive divided by the target of the"
        " interval: who sells exactly the target earns the target incentive.",
    )
    rate = fields.Float(digits=0, help="Percent; for a bounty the amount of one piece.")
    unit_of_rate = fields.Selection(
        selection="_selection_unit", compute="_compute_units", string="Unit of Rates"
    )
    unit_of_bound = fields.Selection(
        selection="_selection_unit", compute="_compute_units", string="Unit of Bounds"
    )
    tier_ids = fields.One2many(
        comodel_name="sales.incentive.tier",
        inverse_name="rule_id",
        string="Table",
        copy=True,
    )
    curve = fields.Selection(
        selection=[
            ("stepped", "Stepped"),
            ("linear", "Linear between the points"),
        ],
        required=True,
        default="linear",
        help="Pay of a bonus between two points of its table. It pays nothing below"
        " the first point, and no more above the last.",
    )
    interval = fields.Selection(
        default="month", help="Sales, attainment and caps add up in it."
    )

    # Targets
    uses_target = fields.Boolean(compute="_compute_uses_target")
    target_metric_id = fields.Many2one(
        comodel_name="sales.metric",
        string="Target Metric",
        compute="_compute_target_metric_id",
        store=True,
        readonly=False,
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        help="The metric whose target is compared. People without one earn nothing.",
    )
    attainment = fields.Selection(
        selection=[
            ("to_date", "To date"),
            ("whole", "Of the whole interval"),
        ],
        string="Attainment Measured",
        required=True,
        default="to_date",
        help="Compare what came with the target of the months begun, or with that of"
        " the whole interval.",
    )
    condition_attainment = fields.Float(
        string="Only from Attainment (%)",
        digits=(16, 2),
        help="Nothing is earned before so much of the target to date is reached; 0: no"
        " condition.",
    )

    # Limits
    cap_document = fields.Monetary(string="Cap per Document")
    cap_document_mode = fields.Selection(
        selection=CAP_MODES,
        string="Above the Cap of a Document",
        required=True,
        default="forfeit",
    )
    minimum_document = fields.Monetary(
        string="Minimum per Document", help="Less is not paid."
    )
    minimum_month = fields.Monetary(
        string="Minimum per Month", help="Less is not paid."
    )
    minimum_interval = fields.Monetary(
        string="Minimum per Interval", help="Less is not paid."
    )

    summary = fields.Char(compute="_compute_summary")

    _share_range = models.Constraint(
        "CHECK (share > 0 AND share <= 100)",
        "The share that counts is above 0 and at most 100 %.",
    )
    _amounts_positive = models.Constraint(
        "CHECK (rate >= 0 AND condition_attainment >= 0 AND cap_document >= 0"
        " AND cap_month >= 0 AND cap_interval >= 0 AND minimum_document >= 0"
        " AND minimum_month >= 0 AND minimum_interval >= 0)",
        "Rates, conditions, caps and minimums cannot be negative: enter 0 for none.",
    )

    # ------------------------------------------------------------------
    # Computed fields
    # ------------------------------------------------------------------

    @api.model
    def _selection_unit(self):
        return self.env["sales.metric"]._fields["unit"]._description_selection(self.env)

    @api.depends("kind")
    def _compute_rate_by(self):
        for rule in self:
            by_target = rule.kind in BY_TARGET
            rule.rate_by = "attainment" if by_target else rule.rate_by or "fixed"

    @api.depends("kind", "rate_by")
    def _compute_rate_mode(self):
        for rule in self:
            is_whole = rule.kind == "pool" or rule.rate_by in LINE_RATES
            rule.rate_mode = "whole" if is_whole else rule.rate_mode or "marginal"

    @api.depends("kind", "rate_by", "rate_unit", "metric_id.unit", "pool_basis")
    def _compute_units(self):
        bounds = {
            "attainment": "percent",
            "margin": "percent",
            "collection_days": "days",
        }
        for rule in self:
            is_fold = rule.rate_unit == "fold"
            share = "quantity" if is_fold else "percent"
            is_amount = rule.kind == "bounty" or rule._has_fixed_pool()
            rule.unit_of_rate = "currency" if is_amount else share
            # sudo: the unit of a metric is no secret.
            unit = rule.metric_id.sudo().unit
            rule.unit_of_bound = bounds.get(rule.rate_by, unit or "currency")

    @api.depends("kind", "rate_by", "condition_attainment")
    def _compute_uses_target(self):
        for rule in self:
            rule.uses_target = (
                rule.rate_by == "attainment" or rule.condition_attainment > 0
            )

    @api.depends("metric_id", "uses_target")
    def _compute_target_metric_id(self):
        for rule in self:
            if rule.uses_target and not rule.target_metric_id:
                rule.target_metric_id = rule.metric_id
            else:
                rule.target_metric_id = rule.target_metric_id

    @api.depends(
        "kind",
        "metric_id.name",
        "rate_by",
        "rate_mode",
        "rate_unit",
        "rate",
        "tier_ids.bound",
        "tier_ids.rate",
        "curve",
        "interval",
        "pool_basis",
        "pool_split",
    )
    @api.depends_context("lang")
    def _compute_summary(self):
        for rule in self:
            rule.summary = RuleText(rule).summarize()

    # ------------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        rules = super(SalesIncentiveRule, self._with_tiers()).create(vals_list)
        # sudo: users do not write it.
        for rule in rules.sudo():
            rule.root_id = rule.id
        return rules.with_env(self.env)

    def write(self, vals):
        return super(SalesIncentiveRule, self._with_tiers()).write(vals)

    def _with_tiers(self):
        """:return: the rules in a context in which tiers leave it to them to check the
        whole table"""
        return self.with_context(sales_incentive_tiers=WHOLE)

    # ------------------------------------------------------------------
    # Helpers
    # ------------------------------------------------------------------

    @api.model
    def _get_grants(self, period):
        """Hook: say what a month pays that is decided elsewhere.

        :param period: ``sales.incentive.period`` record that is computed
        :return: list of tuples: id of the assignment, first rule (``root_id``), and a
            grant: an object with an ``amount`` and a method ``explain``, see
            :class:`..engine.Grant`
        """
        return []

    def _needs_metric(self):
        """:return: whether the rule pays on something that is counted"""
        if self.kind == "pool":
            return self.pool_basis == "base" or self.pool_split == "contribution"
        return self.kind != "bonus"

    def _counts_for_people(self):
        """:return: whether it is told whose sales count"""
        return self.kind != "pool"

    def _get_own_terms(self):
        """Hook: name the fields that belong to the kind of the rule.

        :return: list of names, for the plan letter
        """
        return []

    def _get_printed_table(self):
        """Return the table of the plan letter.

        :return: list of rows of two texts, the first of them the heads; empty if the
            rate is fixed
        """
        self.ensure_one()
        if self.rate_by == "fixed":
            return []
        text = RuleText(self)
        heads = {"bonus": self.env._("Payout"), "pool": self.env._("In the Pool")}
        return [
            [self.env._("From"), heads.get(self.kind) or self.env._("Rate")],
            *(
                [text.write_bound(tier.bound), text.write_rate(tier.rate)]
                for tier in text.get_tiers()
            ),
        ]
