# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command


class SalesAllocation(models.Model):
    """A scenario of who serves which customer (policy 6.3.2).

    People and their hours, customers and what they are worth, and what must hold. The
    best assignment is found in the background; a director overrides it, has it
    approved, and it is applied from a date.
    """

    _name = "sales.allocation"
    _inherit = [
        "sales.guard.mixin",
        "sales.submission.mixin",
        "mail.thread",
        "mail.activity.mixin",
    ]
    _description = "Allocation Scenario"
    _order = "date_from desc, id desc"
    _check_company_auto = True
    _fixed_fields = ("company_id",)
    _state_from = ["submitted"]
    _state_to = ["approved", "applied"]
    _cancel_state = "draft"

    name = fields.Char(string="Scenario", required=True, tracking=True)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        comodel_name="res.company",
        required=True,
        index=True,
        default=lambda self: self.env.company,
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    responsible_id = fields.Many2one(
        comodel_name="res.users",
        string="Owner",
        required=True,
        index=True,
        ondelete="restrict",
        tracking=True,
        default=lambda self: self.env.user,
        domain="[('share', '=', False), ('company_ids', 'in', company_id)]",
    )
    state = fields.Selection(
        selection=[
            ("draft", "Draft"),
            ("submitted", "Submitted"),
            ("approved", "Approved"),
            ("applied", "Applied"),
            ("undone", "Undone"),
            ("refused", "Refused"),
            ("cancelled", "Cancelled"),
        ],
        string="Status",
        default="draft",
        required=True,
        readonly=True,
        index=True,
        copy=False,
        tracking=True,
    )
    date_from = fields.Date(
        string="Applies From",
        required=True,
        tracking=True,
        default=lambda self: self._default_date_from(),
    )
    months = fields.Integer(
        string="Number of Months",
        default=3,
        required=True,
        aggregator=None,
        help="Months for which work and working hours are counted.",
    )
    date_to = fields.Date(string="Counted Until", compute="_compute_date_to")
    description = fields.Text(string="Note")

    # Who
    team_ids = fields.Many2many(
        comodel_name="crm.team",
        string="Sales Teams",
        check_company=True,
        help="Their members, and those of the teams below, take part. Others can be"
        " added.",
    )
    person_ids = fields.One2many(
        comodel_name="sales.allocation.person",
        inverse_name="allocation_id",
        string="People",
        compute="_compute_person_ids",
        store=True,
        readonly=False,
        copy=True,
    )
    user_ids = fields.Many2many(
        comodel_name="res.users",
        string="Salespeople",
        compute="_compute_user_ids",
        export_string_translation=False,
    )
    assign_by = fields.Selection(
        selection=[("customer", "Customers One by One"), ("region", "Whole Regions")],
        string="Assign",
        required=True,
        default="customer",
        help="The customers of a region then all go to the same person.",
    )
    with_unassigned = fields.Boolean(
        string="Also Customers without Salesperson",
        help="If somebody may serve them.",
    )

    # Work
    contact_hours = fields.Float(string="Hours per Contact", default=1.5)
    opportunity_hours = fields.Float(string="Hours per Opportunity", default=4.0)
    contact_days = fields.Integer(
        string="Contact Otherwise Every",
        default=90,
        aggregator=None,
        help="Days between contacts with customers for whom no service policy applies."
        " 0: no contacts.",
    )
    share_percent = fields.Float(
        string="Working Time for Customers (%)",
        default=60.0,
        aggregator=None,
        help="The rest goes to meetings, reports and journeys.",
    )

    # What must hold
    limits_moves = fields.Boolean(string="Limit Moves", default=True)
    most_moves = fields.Integer(
        default=10,
        aggregator=None,
        help="So many customers change their salesperson at most.",
    )
    limits_load = fields.Boolean(string="Balance Loads")
    balance_percent = fields.Float(
        string="Off the Fair Share at Most (%)",
        default=15.0,
        aggregator=None,
        help="A fair share of the work is in proportion to capacity.",
    )
    within_region = fields.Boolean(
        string="Within Regions",
        default=True,
        help="Only people of a team of the region serve its customers.",
    )
    within_lines = fields.Boolean(
        string="Within Product Lines",
        default=True,
        help="Only people who sell what a customer mainly buys serve it.",
    )
    penalty = fields.Monetary(
        string="Cost of a Move",
        help="A customer moves only if it is worth more than this with somebody else.",
    )
    distance_cost = fields.Monetary(
        string="Cost per Kilometre and Contact",
        help="As the crow flies between the customer and the address of the person,"
        " where latitude and longitude are known.",
    )
    pair_ids = fields.One2many(
        comodel_name="sales.allocation.pair",
        inverse_name="allocation_id",
        string="Known Pairs",
        copy=True,
    )

    # When it is applied
    moves_opportunities = fields.Boolean(string="Move Open Opportunities", default=True)
    moves_to_dos = fields.Boolean(string="Move Open To-Dos", default=True)
    hand_over_days = fields.Integer(
        string="Days to Hand Over",
        default=14,
        aggregator=None,
        help="The new salesperson gets a to-do for each customer. 0: none.",
    )

    line_ids = fields.One2many(
        comodel_name="sales.allocation.line",
        inverse_name="allocation_id",
        string="Customers",
    )
    change_ids = fields.One2many(
        comodel_name="sales.allocation.change",
        inverse_name="allocation_id",
        string="Changes",
        readonly=True,
    )
    adjustment_ids = fields.One2many(
        comodel_name="sales.target.adjustment",
        inverse_name="allocation_id",
        string="Target Adjustments",
        readonly=True,
    )

    adjustment_count = fields.Integer(compute="_compute_adjustment_count")

    _months_range = models.Constraint(
        "CHECK (months BETWEEN 1 AND 24)", "Count the work of 1 to 24 months."
    )
    _hours_range = models.Constraint(
        "CHECK (contact_hours >= 0 AND contact_hours <= 1000"
        " AND opportunity_hours >= 0 AND opportunity_hours <= 1000)",
        "A contact or an opportunity takes 0 to 1,000 hours.",
    )
    _contact_days_range = models.Constraint(
        "CHECK (contact_days BETWEEN 0 AND 730)",
        "Contact customers every 1 to 730 days, or enter 0 for no rhythm.",
    )
    _share_range = models.Constraint(
        "CHECK (share_percent >= 0 AND share_percent <= 100)",
        "Between 0 and 100 % of working time is for customers.",
    )
    _moves_range = models.Constraint(
        "CHECK (most_moves >= 0)", "The number of moves cannot be negative."
    )
    _balance_range = models.Constraint(
        "CHECK (balance_percent >= 0 AND balance_percent <= 1000)",
        "Loads may be off the fair share by 0 to 1,000 %.",
    )
    _costs_positive = models.Constraint(
        "CHECK (penalty >= 0 AND distance_cost >= 0)",
        "The costs of moves and distance cannot be negative.",
    )
    _hand_over_range = models.Constraint(
        "CHECK (hand_over_days BETWEEN 0 AND 365)",
        "Customers are handed over within 0 to 365 days.",
    )

    # ------------------------------------------------------------------
    # Defaults and computed fields
    # ------------------------------------------------------------------

    @api.model
    def _default_date_from(self):
        today = self.env.company._get_sales_today()
        return today.replace(day=1) + relativedelta(months=1)

    @api.depends("date_from", "months")
    def _compute_date_to(self):
        for allocation in self:
            start, months = allocation.date_from, allocation.months or 0
            allocation.date_to = start and start + relativedelta(
                months=min(max(months, 1), 24), days=-1
            )

    @api.depends("team_ids")
    def _compute_person_ids(self):
        """Add the members of teams; whoever takes part already stays as it is."""
        for allocation in self:
            members = allocation._get_members() - allocation.person_ids.user_id
            allocation.person_ids = [
                Command.create({"user_id": user._origin.id or user.id})
                for user in members
            ]

    def _get_members(self):
        """:return: the members of the teams and of those below"""
        self.ensure_one()
        if not self.team_ids:
            return self.env["res.users"]
        memberships = self.env["crm.team.member"].search(
            [("crm_team_id", "child_of", self.team_ids.ids)]
        )
        company = self.company_id
        return memberships.user_id.filtered(lambda user: user._works_in(company))

    @api.depends("person_ids.user_id")
    def _compute_user_ids(self):
        for allocation in self:
            allocation.user_ids = allocation.person_ids.user_id

    @api.depends("adjustment_ids")
    def _compute_adjustment_count(self):
        for allocation in self:
            allocation.adjustment_count = len(allocation.adjustment_ids)

    # ------------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------------

    def write(self, vals):
        content = self._get_content(vals) - self._get_free_fields()
        if content:
            self._check_is_draft()
        if content - self._get_later_fields():
            self._outdate()
        return super().write(vals)

    @api.model
    def _get_free_fields(self):
        """:return: names of the fields that change in any state"""
        return {"active", "description", "name", "responsible_id"}

    @api.model
    def _get_later_fields(self):
        """:return: names of the fields on which the best assignment does not depend"""
        return {
            "adjustment_ids",
            "change_ids",
            "hand_over_days",
            "head_count",
            "hours_of_one",
            "line_ids",
            "moves_opportunities",
            "moves_to_dos",
            "need_ids",
            "staffing_by",
        }

    def copy_data(self, default=None):
        return [
            {**vals, "name": self.env._("%s (copy)", allocation.name)}
            for allocation, vals in zip(self, super().copy_data(default), strict=True)
        ]

    @api.ondelete(at_uninstall=False)
    def _unlink_except_submitted(self):
        if any(allocation.state not in ("draft", "cancelled") for allocation in self):
            raise UserError(
                self.env._(
                    "A scenario that was submitted cannot be deleted. Cancel or archive"
                    " it instead."
                )
            )

    # ------------------------------------------------------------------
    # Business methods
    # ------------------------------------------------------------------

    def _count_days(self):
        """:return: number of days for which work is counted"""
        self.ensure_one()
        return (self.date_to - self.date_from).days + 1
