# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.fields import Domain

from ..engine.allocation import WorkingHours


class SalesAllocationPerson(models.Model):
    """Somebody who takes part in a scenario: hours, abilities, and load."""

    _name = "sales.allocation.person"
    _inherit = "sales.guard.mixin"
    _description = "Person of a Scenario"
    _order = "allocation_id desc, team_id, id"
    _rec_name = "user_id"
    _check_company_auto = True
    _fixed_fields = ("allocation_id",)

    allocation_id = fields.Many2one(
        comodel_name="sales.allocation",
        string="Scenario",
        required=True,
        index=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(
        related="allocation_id.company_id", store=True, precompute=True, index=True
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    state = fields.Selection(related="allocation_id.state", string="Status")
    user_id = fields.Many2one(
        comodel_name="res.users",
        string="Salesperson",
        required=True,
        index=True,
        ondelete="restrict",
        domain="[('share', '=', False), ('company_ids', 'in', company_id)]",
    )
    team_id = fields.Many2one(
        comodel_name="crm.team",
        string="Sales Team",
        compute="_compute_membership",
        store=True,
        index="btree_not_null",
        precompute=True,
    )
    region_id = fields.Many2one(
        comodel_name="sales.region",
        compute="_compute_membership",
        store=True,
        readonly=False,
        index="btree_not_null",
        precompute=True,
        check_company=True,
        help="That of the team. Leave empty for all regions.",
    )
    category_ids = fields.Many2many(
        comodel_name="product.category",
        string="Product Lines",
        compute="_compute_membership",
        store=True,
        readonly=False,
        precompute=True,
        help="Those of the membership in the team. Leave empty for all.",
    )
    ability = fields.Float(
        string="Ability (%)",
        compute="_compute_membership",
        store=True,
        readonly=False,
        precompute=True,
        aggregator="avg",
        help="100 % is the average. What a customer is worth with this person is in"
        " proportion to it.",
    )
    place = fields.Json(
        compute="_compute_membership",
        store=True,
        precompute=True,
        export_string_translation=False,
    )
    hours = fields.Float(
        string="Working Hours",
        compute="_compute_hours",
        store=True,
        precompute=True,
        help="By the working calendar, without holidays and absences.",
    )
    share_percent = fields.Float(
        string="For Customers (%)",
        compute="_compute_share_percent",
        store=True,
        readonly=False,
        precompute=True,
        aggregator=None,
    )
    capacity = fields.Float(
        string="Capacity (Hours)",
        compute="_compute_capacity",
        store=True,
        readonly=False,
        precompute=True,
    )
    # Score, see AllocationScore
    customers_now = fields.Integer(string="Customers Today", readonly=True, copy=False)
    customers_new = fields.Integer(string="Customers Then", readonly=True, copy=False)
    load_now = fields.Float(string="Load Today (Hours)", readonly=True, copy=False)
    load_new = fields.Float(string="Load Then (Hours)", readonly=True, copy=False)
    value_now = fields.Monetary(string="Value Today", readonly=True, copy=False)
    value_new = fields.Monetary(string="Value Then", readonly=True, copy=False)
    load_percent_now = fields.Float(
        string="Load Today (%)",
        digits=(16, 1),
        compute="_compute_loads",
        store=True,
        aggregator="avg",
    )
    load_percent_new = fields.Float(
        string="Load Then (%)",
        digits=(16, 1),
        compute="_compute_loads",
        store=True,
        aggregator="avg",
    )
    is_overloaded = fields.Boolean(
        string="Overloaded",
        compute="_compute_loads",
        store=True,
        help="More work than hours for it.",
    )

    _person_uniq = models.UniqueIndex(
        "(allocation_id, user_id)", "Everybody takes part in a scenario only once."
    )
    _figures_range = models.Constraint(
        "CHECK (ability >= 0 AND ability <= 100000 AND share_percent >= 0"
        " AND share_percent <= 100 AND capacity >= 0 AND capacity <= 1000000)",
        "An ability is between 0 and 100,000 %, a capacity between 0 and 1,000,000"
        " hours, and between 0 and 100 % of working time is for customers.",
    )

    # ------------------------------------------------------------------
    # Computed fields
    # ------------------------------------------------------------------

    @api.depends("user_id", "allocation_id")
    def _compute_membership(self):
        """Take over what is known of the person: team, region, lines, ability."""
        memberships = self._find_memberships()
        for person in self:
            member = memberships.get(person._origin or person)
            member = member or self.env["crm.team.member"]
            person.team_id = member.crm_team_id
            person.region_id = member._get_sales_region()
            person.category_ids = member.sales_category_ids
            person.ability = member.sales_ability if member else 100.0
            # sudo: only where the person starts from, for the distance.
            home = person.user_id.sudo().partner_id
            place = [home.partner_latitude, home.partner_longitude]
            person.place = place if any(place) else []

    def _find_memberships(self):
        """:return: dict person -> membership in a team of the scenario, else another of
        the company"""
        memberships = self.env["crm.team.member"].search(
            Domain("user_id", "in", self.user_id._origin.ids)
        )
        of_users = memberships.grouped("user_id")
        found = {}
        for person in self:
            own = of_users.get(person.user_id._origin, memberships.browse())
            own = own.filtered(
                lambda member, person=person: member.crm_team_id.company_id
                in (person.company_id, self.env["res.company"])
            )
            inside = own.filtered(
                lambda member, person=person: person.allocation_id._has_team(
                    member.crm_team_id
                )
            )
            found[person._origin or person] = (inside or own)[:1]
        return found

    @api.depends("user_id", "allocation_id.date_from", "allocation_id.months")
    def _compute_hours(self):
        for (company, start, end), people in self.grouped(
            lambda person: (
                person.company_id,
                person.allocation_id.date_from,
                person.allocation_id.date_to,
            )
        ).items():
            if not (company and start and end):
                people.hours = 0.0
                continue
            users = people.user_id._origin
            hours = WorkingHours(company).of_users(users, start, end)
            for person in people:
                person.hours = hours.get(person.user_id._origin.id, 0.0)

    @api.depends("allocation_id.share_percent")
    def _compute_share_percent(self):
        for person in self:
            person.share_percent = person.allocation_id.share_percent

    @api.depends("hours", "share_percent")
    def _compute_capacity(self):
        for person in self:
            person.capacity = round(person.hours * person.share_percent / 100, 2)

    @api.depends("capacity", "load_now", "load_new")
    def _compute_loads(self):
        for person in self:
            capacity = person.capacity
            person.load_percent_now = capacity and 100 * person.load_now / capacity
            person.load_percent_new = capacity and 100 * person.load_new / capacity
            person.is_overloaded = round(person.load_new - capacity, 2) > 0

    # ------------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        people = super().create(vals_list)
        people.allocation_id._change_question()
        return people

    def write(self, vals):
        self.allocation_id._change_question()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_draft(self):
        self.allocation_id._change_question()

    # ------------------------------------------------------------------
    # Actions and business methods
    # ------------------------------------------------------------------

    @api.readonly
    def action_open_customers(self):
        """Show the customers that the person would have."""
        self.ensure_one()
        self.check_access("read")
        action = self.allocation_id.action_open_lines()
        domain = [*action["domain"], ("final_id", "=", self.user_id.id)]
        return action | {"domain": domain}

    def _refresh_hours(self):
        """Count the hours again: absences may have been planned since. A capacity that
        was set by hand stays."""
        for person, hours in [(person, person.hours) for person in self]:
            usual = round(hours * person.share_percent / 100, 2)
            if person.capacity == usual:
                person.env.add_to_compute(self._fields["hours"], person)
