# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

# What is approved; it changes only while the reward is planned
TERMS = {"name", "kind", "company_id", "plan_id", "team_id", "budget"}


class SalesIncentiveReward(models.Model):
    """A reward in kind: a trip, a dinner, a gift (policy 4.4.3).

    Who takes part is told what, when and where by ``sales.incentive.invitation``: not
    what it costs, and nothing of what is discussed and attached here.
    """

    _name = "sales.incentive.reward"
    _inherit = [
        "sales.guard.mixin",
        "sales.state.mixin",
        "sales.incentive.approval.mixin",
        "mail.thread",
        "mail.activity.mixin",
    ]
    _description = "Reward in Kind"
    _order = "date desc, id desc"
    _check_company_auto = True
    _state_from = ["submitted"]
    _state_to = ["approved"]
    _cancel_state = "planned"

    name = fields.Char(required=True, tracking=True)
    kind = fields.Selection(
        selection=[
            ("trip", "Trip"),
            ("dinner", "Dinner"),
            ("event", "Event"),
            ("training", "Training"),
            ("gift", "Gift"),
            ("other", "Other"),
        ],
        required=True,
        default="dinner",
    )
    company_id = fields.Many2one(
        comodel_name="res.company",
        required=True,
        index=True,
        default=lambda self: self.env.company,
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    plan_id = fields.Many2one(
        comodel_name="sales.incentive.plan",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        help="Plan whose people are rewarded, if it is one.",
    )
    team_id = fields.Many2one(
        comodel_name="crm.team",
        string="Sales Team",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        help="Team that is rewarded, if it is one. Its leader sees the reward.",
    )
    date = fields.Date(required=True, tracking=True)
    place = fields.Char()
    user_id = fields.Many2one(
        comodel_name="res.users",
        string="Responsible",
        required=True,
        index=True,
        default=lambda self: self.env.user,
        domain="[('share', '=', False), ('company_ids', 'in', company_id)]",
        tracking=True,
    )
    participant_ids = fields.Many2many(
        comodel_name="res.users",
        string="Takes Part",
        domain="[('share', '=', False), ('company_ids', 'in', company_id)]",
        help="Guests, and in the end those who took part.",
    )
    participant_count = fields.Integer(
        string="People", compute="_compute_participant_count", store=True
    )
    description = fields.Text(
        help="The occasion. Everybody who takes part can read it."
    )
    state = fields.Selection(
        selection=[
            ("planned", "Planned"),
            ("submitted", "Submitted"),
            ("approved", "Approved"),
            ("held", "Held"),
            ("cancelled", "Cancelled"),
        ],
        default="planned",
        required=True,
        readonly=True,
        copy=False,
        tracking=True,
    )
    approved_by_id = fields.Many2one(
        comodel_name="res.users", string="Approved By", readonly=True, copy=False
    )
    submitted_by_id = fields.Many2one(
        comodel_name="res.users", string="Submitted By", readonly=True, copy=False
    )

    budget = fields.Monetary(required=True)
    cost = fields.Monetary(string="Actual Cost", copy=False, help="Total of all bills.")
    remaining = fields.Monetary(string="Left", compute="_compute_remaining", store=True)
    cost_per_person = fields.Monetary(
        string="Cost per Person",
        compute="_compute_cost_per_person",
        help="Actual cost, before that the budget, divided by the people.",
    )

    _amounts_positive = models.Constraint(
        "CHECK (budget >= 0 AND cost >= 0)",
        "Budget and cost cannot be negative: enter 0 or more.",
    )

    # ------------------------------------------------------------------
    # Computed fields and constraints
    # ------------------------------------------------------------------

    @api.depends("participant_ids")
    def _compute_participant_count(self):
        for reward in self:
            reward.participant_count = len(reward.participant_ids)

    @api.depends("budget", "cost")
    def _compute_remaining(self):
        for reward in self:
            reward.remaining = reward.budget - reward.cost

    @api.depends("budget", "cost", "participant_ids")
    def _compute_cost_per_person(self):
        for reward in self:
            people = len(reward.participant_ids)
            cost = reward.cost or reward.budget
            reward.cost_per_person = cost / people if people else 0

    @api.constrains("participant_ids", "user_id", "company_id")
    def _check_people(self):
        for reward in self:
            # sudo: which companies people have access to
            people = (reward.participant_ids | reward.user_id).sudo()
            others = people.filtered(
                lambda user, company=reward.company_id: company not in user.company_ids
            )
            if others:
                raise ValidationError(
                    self.env._(
                        "%(people)s have no access to %(company)s, which gives the"
                        " reward. Choose other people.",
                        people=", ".join(others.mapped("name")),
                        company=reward.company_id.name,
                    )
                )

    # ------------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------------

    def write(self, vals):
        changed = TERMS.intersection(vals)
        if changed and any(reward.state != "planned" for reward in self):
            raise UserError(
                self.env._(
                    "Approved terms stay as they were approved: %s. Plan the reward"
                    " again to change them.",
                    self._label_fields(changed),
                )
            )
        before = {reward: reward.participant_ids for reward in self}
        res = super().write(vals)
        if "participant_ids" in vals and not self.env.su:
            for reward in self:
                reward._check_joins_nobody_who_decides(before[reward])
        return res

    @api.ondelete(at_uninstall=False)
    def _unlink_except_approved(self):
        if any(reward.state in ("approved", "held") for reward in self):
            raise UserError(
                self.env._("Approved rewards are not deleted. Cancel them instead.")
            )

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def action_submit(self):
        """Send the plan to those who approve it."""
        self._check_state_is("planned")
        self.check_access("write")
        # sudo: users cannot write who has submitted; it is they.
        self.sudo().submitted_by_id = self.env.user
        self._set_state("submitted")
        return self._request_approval()

    def action_approve(self):
        """Approve where no approval rule applies."""
        self._check_can_approve_alone()
        for reward in self:
            reward._approve()

    def action_mark_held(self):
        """Note that it took place. Cost and people can still be completed."""
        self._check_state_is("approved")
        self._check_has_taken_place()
        self._set_state("held")

    def action_cancel(self):
        for reward in self:
            if reward.state != "planned":
                reward._check_state_is("approved")
        self._set_state("cancelled")

    def action_plan(self):
        """Plan it again, to change and submit it."""
        for reward in self:
            if reward.state != "cancelled":
                reward._check_state_is("submitted")
        self._set_state("planned")

    # ------------------------------------------------------------------
    # Approval
    # ------------------------------------------------------------------

    def _after_validation(self):
        self._approve()

    def _approve(self):
        self._check_state_is("submitted")
        # sudo: who may approve has been checked.
        self.sudo().write({"state": "approved", "approved_by_id": self.env.uid})

    def _get_paid_users(self):
        return self.participant_ids

    def _get_requester(self):
        return self.sudo().submitted_by_id  # sudo: only compares a person

    def _get_tier_validation_readonly_domain(self):
        """Once it is approved, cost and people are completed."""
        return "state == 'submitted'"

    # ------------------------------------------------------------------
    # Checks
    # ------------------------------------------------------------------

    def _check_is_not_paid(self):
        for reward in self:
            if self.env.user in reward.participant_ids:
                raise UserError(
                    self.env._(
                        "You take part in %s. Somebody else has to approve it.",
                        reward.name,
                    )
                )

    def _check_joins_nobody_who_decides(self, before):
        """:raise UserError: if who approves the reward joins it afterwards"""
        if self.state == "planned":
            return
        # sudo: only compares people
        reward = self.sudo()
        deciders = reward.review_ids.done_by | reward.approved_by_id | self.env.user
        if (self.participant_ids - before) & deciders:
            raise UserError(
                self.env._(
                    "Who decides on %s cannot join it any more. Plan the reward again.",
                    self.name,
                )
            )

    def _check_has_taken_place(self):
        for reward in self:
            if reward.date > reward.company_id._get_sales_today():
                raise UserError(
                    self.env._(
                        "%s is still to come. Correct its date, or wait.", reward.name
                    )
                )
            if not reward.participant_ids:
                raise UserError(self.env._("Enter who took part in %s.", reward.name))
