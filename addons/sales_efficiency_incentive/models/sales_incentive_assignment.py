# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain
from odoo.tools import format_date, format_list

from odoo.addons.sales_efficiency_base.tools import open_records

# All but these is agreed with a person, and printed in the letter. Whoever leaves need
# not accept a letter about the end, nor about the currency of a bank account.
NO_TERMS = {"date_to", "letter_ids", "pay_currency_id"}


class SalesIncentiveAssignment(models.Model):
    """A person who is paid by a plan, for some time (policy 4.4.1)."""

    _name = "sales.incentive.assignment"
    _inherit = [
        "sales.guard.mixin",
        "sales.incentive.dispute.mixin",
        "mail.thread",
        "mail.activity.mixin",
    ]
    _description = "Assignment to an Incentive Plan"
    _order = "date_from desc, id"
    _check_company_auto = True
    _fixed_fields = ("plan_id", "user_id", "partner_id")
    _dispute_link = "assignment_id"

    plan_id = fields.Many2one(
        comodel_name="sales.incentive.plan",
        required=True,
        index=True,
        ondelete="cascade",
        check_company=True,
    )
    company_id = fields.Many2one(related="plan_id.company_id", store=True, index=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    user_id = fields.Many2one(
        comodel_name="res.users",
        string="Person",
        index=True,
        ondelete="restrict",
        domain="[('share', '=', False), ('company_ids', 'in', company_id)]",
    )
    partner_id = fields.Many2one(
        comodel_name="res.partner",
        string="Agent",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        help="A business partner who sells for the company, by a channel of their own.",
    )
    date_from = fields.Date(
        string="From",
        required=True,
        default=lambda self: self._default_date_from(),
        tracking=True,
    )
    date_to = fields.Date(
        string="To", tracking=True, help="Last day. Leave empty while it goes on."
    )
    is_over = fields.Boolean(compute="_compute_is_over", search="_search_is_over")

    team_ids = fields.Many2many(
        comodel_name="crm.team",
        string="Teams",
        compute="_compute_team_ids",
        store=True,
        readonly=False,
        check_company=True,
        help="Teams the person answers for. Rules that credit teams count their sales.",
    )
    region_id = fields.Many2one(
        comodel_name="sales.region",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        help="Region the person answers for.",
    )
    categ_id = fields.Many2one(
        comodel_name="product.category",
        string="Product Line",
        index="btree_not_null",
        ondelete="restrict",
        help="Product line the person answers for.",
    )
    channel_id = fields.Many2one(
        comodel_name="sales.channel",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        help="Channel the person answers for. An agent has a channel of their own.",
    )

    target_incentive = fields.Monetary(
        help="Bonus at an attainment of 100 %, for each interval of its rule: each"
        " month, quarter, half-year or year."
    )
    draw_amount = fields.Monetary(
        string="Draw per Month",
        help="Least pay of a month, as an advance; 0: no draw.",
    )
    draw_recoverable = fields.Boolean(
        string="Recoverable",
        default=True,
        help="The person owes what a draw adds, and repays it from earnings above the"
        " draw.",
    )
    draw_months = fields.Integer(
        string="Months of Draw", help="0: as long as the assignment lasts."
    )
    draw_limit = fields.Monetary(
        string="Owed at Most", help="No draw adds to what is owed above; 0: no limit."
    )

    pay_currency_id = fields.Many2one(
        comodel_name="res.currency",
        string="Paid In",
        tracking=True,
        help="Currency in which the person is paid, at the rate of the payment date. By"
        " default that of the company.",
    )
    payable = fields.Monetary(
        compute="_compute_balances",
        help="Earned in locked months, and not paid out yet.",
    )
    owed = fields.Monetary(
        compute="_compute_balances",
        help="Draws that are not repaid, and negative months; below 0.",
    )

    _one_payee = models.Constraint(
        "CHECK ((user_id IS NULL) <> (partner_id IS NULL))",
        "A plan pays a user or an agent: choose one of them.",
    )
    _dates = models.Constraint(
        "CHECK (date_to IS NULL OR date_from <= date_to)",
        "The assignment ends before it begins. Correct its dates.",
    )
    _amounts_positive = models.Constraint(
        "CHECK (target_incentive >= 0 AND draw_amount >= 0 AND draw_limit >= 0)",
        "Amounts cannot be negative: enter 0 for none.",
    )
    _draw_months_range = models.Constraint(
        "CHECK (draw_months BETWEEN 0 AND 1200)",
        "A draw is paid for 0 to 1,200 months; 0 is without end.",
    )
    # Two at once: checked at the end of the transaction, after _check_overlap has had
    # its say. Ranges of one id stand for equality, which needs no extension.
    _no_overlap = models.Constraint(
        "EXCLUDE USING gist (int4range(plan_id, plan_id, '[]') WITH &&,"
        " int4range(COALESCE(user_id, -partner_id),"
        " COALESCE(user_id, -partner_id), '[]') WITH &&,"
        " daterange(date_from, date_to, '[]') WITH &&)"
        " DEFERRABLE INITIALLY DEFERRED",
        "The plan pays this person in these days already. End the other assignment"
        " first.",
    )

    # ------------------------------------------------------------------
    # Computed fields
    # ------------------------------------------------------------------

    @api.model
    def _default_date_from(self):
        """:return: the first day of the current month"""
        return self.env.company._get_sales_today().replace(day=1)

    @api.depends("user_id.name", "partner_id.name", "plan_id.name")
    def _compute_display_name(self):
        for assignment in self:
            payee = assignment.user_id.name or assignment.partner_id.name
            names = (payee, assignment.plan_id.name)
            assignment.display_name = ", ".join(filter(None, names))

    @api.depends("user_id")
    def _compute_team_ids(self):
        for assignment in self:
            # sudo: who leads which team is no secret.
            led = assignment.user_id.sudo().sales_led_team_ids
            assignment.team_ids = led.filtered(
                lambda team, a=assignment: team.company_id <= a.company_id
            ).ids

    @api.depends("date_to", "company_id")
    def _compute_is_over(self):
        for assignment in self:
            today = assignment.plan_id._get_today()
            assignment.is_over = bool(assignment.date_to and assignment.date_to < today)

    @api.model
    def _search_is_over(self, operator, _value):
        if operator != "in":
            return NotImplemented
        return Domain("date_to", "<", self.env.company._get_sales_today())

    @api.depends_context("uid")
    def _compute_balances(self):
        sums = {
            (assignment, balance): amount
            for assignment, balance, amount in self.env[
                "sales.incentive.entry"
            ]._read_group(
                [("assignment_id", "in", self.ids), ("state", "=", "locked")],
                ["assignment_id", "balance"],
                ["amount:sum"],
            )
        }
        for assignment in self:
            origin = assignment._origin
            assignment.payable = sums.get((origin, "payable"), 0)
            assignment.owed = sums.get((origin, "owed"), 0)

    # ------------------------------------------------------------------
    # Constraints
    # ------------------------------------------------------------------

    @api.constrains("plan_id", "user_id", "partner_id", "date_from", "date_to")
    def _check_overlap(self):
        for assignment in self:
            # sudo: also assignments that the user does not see
            other = self.sudo().search(assignment._get_overlap_domain(), limit=1)
            if other:
                raise ValidationError(
                    self.env._(
                        "%(plan)s already pays %(person)s from %(start)s to %(end)s."
                        " End that assignment before this one begins.",
                        plan=assignment.plan_id.name,
                        person=assignment._get_payee_name(),
                        start=format_date(self.env, other.date_from),
                        end=format_date(self.env, other.date_to)
                        or self.env._("further notice"),
                    )
                )

    @api.constrains("user_id", "plan_id")
    def _check_user_company(self):
        for assignment in self:
            company, user = assignment.company_id, assignment.user_id
            # sudo: which companies a person has access to
            if user and company not in user.sudo().company_ids:
                raise ValidationError(
                    self.env._(
                        "%(person)s has no access to %(company)s, whose plan this is."
                        " Choose another person, or grant access to the company.",
                        person=user.name,
                        company=company.name,
                    )
                )

    @api.constrains("plan_id", "draw_amount")
    def _check_draw_is_open(self):
        """Whether a draw fills up tells what a confidential plan pays."""
        for assignment in self:
            if assignment.draw_amount and assignment.plan_id.is_confidential:
                raise ValidationError(
                    self.env._(
                        "%s is confidential, so it pays no draw.",
                        assignment.plan_id.name,
                    )
                )

    @api.constrains("partner_id", "channel_id", "date_from", "date_to")
    def _check_channel_of_agent(self):
        for assignment in self.filtered(lambda a: a._sells_by_channel()):
            channel = assignment.channel_id
            if not channel or channel.child_ids:
                raise ValidationError(
                    self.env._(
                        "%(agent)s needs a channel of their own, without channels"
                        " below it. Choose or create one.",
                        agent=assignment.partner_id.name,
                    )
                )
            domain = assignment._get_time_domain() & Domain.AND(
                [
                    Domain("channel_id", "=", channel.id),
                    Domain("partner_id", "!=", False),
                    Domain("partner_id", "!=", assignment.partner_id.id),
                ]
            )
            # sudo: also agents of plans that the user does not see
            others = self.sudo().search(domain)
            if other := others.filtered(lambda a: a._sells_by_channel())[:1]:
                raise ValidationError(
                    self.env._(
                        "%(channel)s is the channel of %(agent)s in these days."
                        " Choose another channel.",
                        channel=channel.display_name,
                        agent=other.partner_id.name,
                    )
                )

    def _get_overlap_domain(self):
        """:return: domain of the other assignments of the payee to the plan"""
        return (
            self._get_time_domain()
            & Domain("plan_id", "=", self.plan_id.id)
            & Domain("user_id", "=", self.user_id.id)
            & Domain("partner_id", "=", self.partner_id.id)
        )

    def _get_time_domain(self):
        """:return: domain of the other assignments with days of this one"""
        self.ensure_one()
        domain = Domain("id", "!=", self.id)
        domain &= Domain("date_to", "=", False) | Domain(
            "date_to", ">=", self.date_from
        )
        if self.date_to:
            domain &= Domain("date_from", "<=", self.date_to)
        return domain

    # ------------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        assignments = super().create(vals_list)
        assignments._check_is_not_own()
        assignments._issue_letters()
        assignments.env["sales.incentive.change"]._note_assignments(assignments)
        return assignments

    def write(self, vals):
        content = self._get_content(vals)
        if content:
            self._check_is_not_own()
        res = super().write(vals)
        if content:
            self.env["sales.incentive.change"]._note_assignments(self)
        if changed := content - NO_TERMS:
            self._log_change(changed)
            self._issue_letters()
        return res

    @api.ondelete(at_uninstall=False)
    def _unlink_except_in_effect(self):
        self._check_is_not_own()
        # sudo: letters of people whose terms the user does not see
        if self.sudo().letter_ids:
            raise UserError(
                self.env._(
                    "Approved terms already pay %(people)s. Enter the last day of the"
                    " assignment instead of deleting it.",
                    people=format_list(
                        self.env, [assignment._get_payee_name() for assignment in self]
                    ),
                )
            )

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    @api.readonly
    def action_open_balances(self):
        self.ensure_one()
        return open_records(
            self.env,
            "sales_efficiency_incentive.sales_incentive_balance_action",
            [("assignment_id", "=", self.id)],
        )

    # ------------------------------------------------------------------
    # Business methods
    # ------------------------------------------------------------------

    def _filter_in(self, version):
        """:return: the assignments with days on which a version is valid"""
        end = version._get_date_to()
        return self.filtered(
            lambda assignment: (
                (not assignment.date_to or assignment.date_to >= version.date_from)
                and (not end or assignment.date_from <= end)
            )
        )

    def _filter_in_team(self, team):
        """:return: the assignments of people in a team or in teams below, all without a
        team"""
        if not team:
            return self
        # sudo: who is in which team is no secret.
        teams = self.env["crm.team"].sudo().search([("id", "child_of", team.id)])
        return self.filtered(lambda a: a.user_id.sudo().crm_team_ids & teams)

    def _log_change(self, names):
        """Note which terms have changed, without amounts: others may read it."""
        labels = self._label_fields(names)
        for assignment in self:
            assignment._message_log(body=self.env._("Changed terms: %s", labels))
