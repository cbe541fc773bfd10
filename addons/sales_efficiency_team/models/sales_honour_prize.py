# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from .sales_honour import FOLLOW_UP_DAYS


class SalesHonourPrize(models.Model):
    """What a place of an election wins."""

    _name = "sales.honour.prize"
    _inherit = "sales.guard.mixin"
    _description = "Prize"
    _order = "honour_id, place, id"
    _rec_name = "description"
    _fixed_fields = ("honour_id",)

    honour_id = fields.Many2one(
        comodel_name="sales.honour",
        string="Election",
        required=True,
        index=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(related="honour_id.company_id", store=True, index=True)
    currency_id = fields.Many2one(related="honour_id.currency_id")
    place = fields.Integer(string="Placing", required=True, default=1, aggregator=None)
    kind = fields.Selection(
        selection=[
            ("bonus", "Bonus"),
            ("reward", "Reward in kind"),
            ("course", "Course"),
            ("move", "Promotion"),
            ("other", "Other"),
        ],
        required=True,
        default="bonus",
        help="A bonus is drafted as adjustment of pay, a reward in kind is planned;"
        " both are then approved. A course takes the winners into its next session. A"
        " promotion is drafted. For the rest, who holds the election gets a to-do.",
    )
    course_id = fields.Many2one(
        comodel_name="sales.training.course",
        index="btree_not_null",
        ondelete="restrict",
        domain="[('company_id', 'in', (company_id, False))]",
        help="Winners are taken into its next session. Empty: a to-do asks for one.",
    )
    amount = fields.Monetary(
        groups="sales_efficiency_base.group_sales_director,hr.group_hr_manager",
        help="Bonus of each person, or budget of the reward in kind.",
    )
    description = fields.Char(required=True, translate=True)

    _place_positive = models.Constraint(
        "CHECK (place BETWEEN 1 AND 100)", "Prizes are for places from 1 to 100."
    )
    _amount_not_negative = models.Constraint(
        "CHECK (amount >= 0)", "The amount of a prize is not negative."
    )

    @api.constrains("kind", "amount")
    def _check_amount(self):
        for prize in self:
            # sudo: whether there is an amount, whoever may see it
            if prize.kind in ("bonus", "reward") and not prize.sudo().amount:
                raise ValidationError(self.env._("Enter the amount of the prize."))

    @api.constrains("course_id", "honour_id")
    def _check_course(self):
        for prize in self:
            # sudo: whose course it is, whoever may read it
            company = prize.course_id.sudo().company_id
            if company and company != prize.company_id:
                raise ValidationError(
                    self.env._("The course belongs to another company.")
                )

    @api.model_create_multi
    def create(self, vals_list):
        prizes = super().create(vals_list)
        prizes._check_is_open()
        return prizes

    def write(self, vals):
        self.check_access("write")
        self._check_is_open()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_approved(self):
        self._check_is_open()

    def _check_is_open(self):
        if not self.env.su:
            for honour in self.honour_id:
                honour._check_may_change({"prize_ids"})

    def _award(self):
        """Give the prizes to the winners, as superuser."""
        for prize in self:
            winners = prize.honour_id.nominee_ids.filtered(
                lambda nominee, place=prize.place: (
                    nominee.is_winner and nominee.place == place
                )
            )
            give = {
                "bonus": prize._give_bonus,
                "reward": prize._plan_reward,
                "course": prize._give_course,
                "move": prize._propose_move,
            }
            give.get(prize.kind, prize._ask_to_give)(winners)

    def _give_bonus(self, winners):
        """Draft an adjustment for everybody; somebody else approves it."""
        honour, people = self.honour_id, winners.member_ids
        adjustments = self.env["sales.incentive.adjustment"]
        adjustments = adjustments.with_company(honour.company_id)
        period = adjustments._default_period_id()
        by_user = self.env["sales.incentive.assignment"]._find_paying(people, period)
        honour.adjustment_ids |= adjustments.create(
            [
                {
                    "assignment_id": by_user[user].id,
                    "amount": self.amount,
                    "reason": self.env._("Prize: %s", honour.name),
                }
                for user in people
                if user in by_user
            ]
        )
        if unpaid := people.filtered(lambda user: user not in by_user):
            names = ", ".join(unpaid.mapped("name"))
            self._ask_holder(self.env._("No plan pays the bonus of %s", names))

    def _plan_reward(self, winners):
        honour = self.honour_id
        today = honour.company_id._get_sales_today()
        people = winners.member_ids.filtered(
            lambda user: user._works_in(honour.company_id)
        )
        if people:
            honour.reward_ids |= self.env["sales.incentive.reward"].create(
                {
                    "name": f"{honour.name}: {self.description}",
                    "kind": "other",
                    "company_id": honour.company_id.id,
                    "team_id": winners.team_id.id if len(winners) == 1 else False,
                    "date": today + relativedelta(days=FOLLOW_UP_DAYS),
                    "user_id": self._get_holder().id,
                    "participant_ids": people.ids,
                    "budget": self.amount,
                }
            )

    def _give_course(self, winners):
        """Take the winners into the next session of the course, behind those who wait;
        ask for a course where there is none."""
        honour = self.honour_id
        session = self.env["sales.training.session"].search(
            [
                ("course_id", "=", self.course_id.id),
                ("company_id", "=", honour.company_id.id),
                ("state", "=", "open"),
                ("date_start", ">", fields.Datetime.now()),
            ],
            order="date_start",
            limit=1,
        )
        employees = winners.member_ids.employee_ids.filtered(
            lambda employee: employee.company_id == honour.company_id
        )
        if not session or winners.member_ids - employees.user_id:
            self._ask_to_give(winners)
            return
        placed = session.attendance_ids.filtered(lambda row: row.state != "cancelled")
        if missing := employees - placed.employee_id:
            session._take_in(missing)

    def _propose_move(self, winners):
        """Draft a promotion for everybody; the holder completes it, others approve."""
        honour, holder = self.honour_id, self._get_holder()
        people = winners.member_ids.filtered(
            lambda user: user._works_in(honour.company_id) and user != holder
        )
        moves = self.env["sales.career.move"].create(
            [
                {
                    "company_id": honour.company_id.id,
                    "user_id": user.id,
                    "kind": "promotion",
                    "reason": self.env._(
                        "%(prize)s, prize of %(election)s",
                        prize=self.description,
                        election=honour.name,
                    ),
                }
                for user in people
            ]
        )
        for move in moves:
            move._ask(
                holder, self.env._("Complete the promotion of %s", move.user_id.name)
            )

    def _ask_to_give(self, winners):
        """Leave a to-do, which names also those who were in a team at that time."""
        if winners:
            self._ask_holder(
                self.env._(
                    "Prize of %(people)s: %(prize)s",
                    people=", ".join(winner._name_all() for winner in winners),
                    prize=self.description,
                )
            )

    def _ask_holder(self, summary):
        self.honour_id._ask(self._get_holder(), summary)

    def _get_holder(self):
        return self.honour_id.submitted_by_id or self.honour_id.create_uid
