# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from odoo.addons.sales_efficiency_base.tools import Period, give_places, name_period

from ..engine import HonourRanking

ACTIVITY = "sales_efficiency_team.mail_activity_type_honour"
# Those who prepare and approve elections
CONCERNED = "sales_efficiency_base.group_sales_director,hr.group_hr_user"
# Days for what is left to do after an election
FOLLOW_UP_DAYS = 14


class SalesHonour(models.Model):
    """The election of the best salesperson or team of a period (policy 4.4.2).

    The figures of the period nominate, a jury may choose among the first, and others
    approve. What is published is seen by everybody who sells; before that, directors
    and HR see it, and the jury the names it chooses among.
    """

    _name = "sales.honour"
    _inherit = [
        "sales.guard.mixin",
        "sales.state.mixin",
        "sales.approval.mixin",
        "mail.thread",
        "mail.activity.mixin",
    ]
    _description = "Election"
    _order = "date_to desc, id desc"
    _check_company_auto = True
    _state_from = ["submitted"]
    _state_to = ["published"]
    _cancel_state = "elected"

    name = fields.Char(
        compute="_compute_name",
        store=True,
        readonly=False,
        required=True,
        precompute=True,
    )
    company_id = fields.Many2one(
        comodel_name="res.company",
        required=True,
        index=True,
        default=lambda self: self.env.company,
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    kind = fields.Selection(
        selection=[("person", "Best salesperson"), ("team", "Best team")],
        required=True,
        default="person",
    )
    rhythm = fields.Selection(
        selection=[("month", "Month"), ("quarter", "Quarter"), ("year", "Year")],
        required=True,
        default="month",
    )
    date = fields.Date(
        string="A Day in It",
        required=True,
        default=lambda self: self._default_date(),
        help="Any day of the month, quarter or year for which is elected.",
    )
    date_from = fields.Date(
        string="From", compute="_compute_period", store=True, precompute=True
    )
    date_to = fields.Date(
        string="To", compute="_compute_period", store=True, precompute=True
    )
    metric_id = fields.Many2one(
        comodel_name="sales.metric",
        required=True,
        ondelete="restrict",
        check_company=True,
        default=lambda self: self._default_metric_id(),
        help="By which figure is ranked.",
    )
    place_count = fields.Integer(
        string="Placings",
        required=True,
        default=3,
        help="How many places are honoured. Equals share a place.",
    )

    # Outcome
    state = fields.Selection(
        selection=[
            ("draft", "Draft"),
            ("voting", "Voting"),
            ("elected", "Elected"),
            ("submitted", "To Approve"),
            ("published", "Published"),
            ("cancelled", "Cancelled"),
        ],
        default="draft",
        required=True,
        readonly=True,
        index=True,
        copy=False,
        tracking=True,
    )
    nominee_ids = fields.One2many(
        comodel_name="sales.honour.nominee",
        inverse_name="honour_id",
        string="Nominees",
        readonly=True,
        copy=False,
    )
    citation = fields.Text(help="Why they are honoured, for everybody to read.")
    badge_id = fields.Many2one(
        comodel_name="gamification.badge",
        compute="_compute_badge_id",
        store=True,
        readonly=False,
        ondelete="restrict",
    )
    channel_id = fields.Many2one(
        comodel_name="discuss.channel",
        string="Post In",
        ondelete="set null",
        domain="[('channel_type', '=', 'channel')]",
        help="Channel of Discuss in which the winners are made known.",
    )
    show_figures = fields.Boolean(
        help="Everybody then sees the figures of the winners, beside their names."
    )
    prize_ids = fields.One2many(
        comodel_name="sales.honour.prize",
        inverse_name="honour_id",
        string="Prizes",
        copy=True,
    )
    adjustment_ids = fields.Many2many(
        comodel_name="sales.incentive.adjustment",
        string="Bonuses",
        readonly=True,
        copy=False,
        groups="sales_efficiency_base.group_sales_director,hr.group_hr_manager",
    )
    reward_ids = fields.Many2many(
        comodel_name="sales.incentive.reward",
        string="Rewards in Kind",
        readonly=True,
        copy=False,
        groups="sales_efficiency_base.group_sales_director,hr.group_hr_manager",
    )
    # A condition on these must not tell salespeople what they may not read.
    message_ids = fields.One2many(bypass_search_access=False)
    activity_ids = fields.One2many(bypass_search_access=False)
    review_ids = fields.One2many(bypass_search_access=False)

    published_on = fields.Date(readonly=True, copy=False)

    _counts_in_range = models.Constraint(
        "CHECK (place_count BETWEEN 1 AND 100 AND shortlist_count BETWEEN 1 AND 100)",
        "Between 1 and 100 places are honoured, and as many are nominated.",
    )

    # ------------------------------------------------------------------
    # Computed fields and constraints
    # ------------------------------------------------------------------

    @api.model
    def _default_date(self):
        """:return: the last day of last month"""
        return self.env.company._get_sales_today().replace(day=1) - timedelta(days=1)

    @api.model
    def _default_metric_id(self):
        return self.env.ref(
            "sales_efficiency_base.sales_metric_ordered_amount",
            raise_if_not_found=False,
        )

    @api.depends("rhythm", "date", "company_id")
    def _compute_period(self):
        for honour in self:
            period = honour._get_period()
            honour.date_from = period and period.start
            honour.date_to = period and period.end

    @api.depends("kind", "rhythm", "date", "company_id")
    def _compute_name(self):
        for honour in self:
            period = honour._get_period()
            honour.name = period and self.env._(
                "%(kind)s, %(period)s",
                kind=honour._get_title(),
                period=name_period(self.env, honour.rhythm, period.start),
            )

    @api.depends("kind")
    def _compute_badge_id(self):
        for honour in self:
            honour.badge_id = self.env.ref(
                f"sales_efficiency_team.badge_best_{honour.kind}",
                raise_if_not_found=False,
            )

    def _get_period(self):
        if not self.date:
            return None
        if self.rhythm == "month":
            return Period.month(self.date)
        kind = Period.quarter if self.rhythm == "quarter" else Period.year
        return kind(self.date, self.company_id)

    def _get_title(self):
        """:return: what is elected, in the language of the user"""
        self.ensure_one()
        return {
            ("person", "month"): self.env._("Salesperson of the Month"),
            ("person", "quarter"): self.env._("Salesperson of the Quarter"),
            ("person", "year"): self.env._("Salesperson of the Year"),
            ("team", "month"): self.env._("Team of the Month"),
            ("team", "quarter"): self.env._("Team of the Quarter"),
            ("team", "year"): self.env._("Team of the Year"),
        }[self.kind, self.rhythm]

    def _get_period_name(self):
        """:return: the period in words, in the language of the user"""
        self.ensure_one()
        return name_period(self.env, self.rhythm, self.date_from)

    # ------------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------------

    def write(self, vals):
        content = self._get_content(vals) - {"state"}
        if content and not self.env.su:
            self.check_access("write")
            self._check_may_change(content)
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_begun(self):
        if any(honour.state not in ("draft", "cancelled") for honour in self):
            raise UserError(
                self.env._("An election that has begun is cancelled, not deleted.")
            )

    def _mail_get_operation_for_mail_message_operation(self, message_operation):
        """Everybody reads what is published, not what was written about it."""
        if self.env.user.has_groups(CONCERNED):
            return super()._mail_get_operation_for_mail_message_operation(
                message_operation
            )
        return dict.fromkeys(self, "write")

    @api.model
    def _get_hidden_files_domain(self):
        """:return: the files of what was written about elections, for the others"""
        if self.env.user.has_groups(CONCERNED):
            return Domain.FALSE
        return Domain("res_model", "=", self._name)

    # ------------------------------------------------------------------
    # Nominating and voting
    # ------------------------------------------------------------------

    def action_nominate(self):
        """Rank by the figures, and let the jury vote if there is one."""
        self.check_access("write")
        self._check_state_is("draft")
        for honour in self:
            honour._nominate()
            if honour.jury_ids:
                honour._open_vote()
            else:
                honour._elect("rank", highest_first=False)

    def _nominate(self):
        if self.date_to >= self.company_id._get_sales_today():
            raise UserError(
                self.env._("%s is not over yet. Wait for its figures.", self.name)
            )
        rows = HonourRanking(self).prepare_nominees()
        if not any(row["is_eligible"] for row in rows):
            raise UserError(
                self.env._("Nobody meets the conditions of %s. Change them.", self.name)
            )
        # sudo: only code writes nominees.
        nominees = self.env["sales.honour.nominee"].sudo()
        nominees.create(rows)

    def _elect(self, by, highest_first):
        # sudo: only code writes nominees.
        nominees = self.sudo().nominee_ids.filtered(by)
        values = {nominee: nominee[by] for nominee in nominees}
        for nominee, place in give_places(values, highest_first).items():
            nominee.write({"place": place, "is_winner": place <= self.place_count})
        self._set_state("elected")

    # ------------------------------------------------------------------
    # Changing and cancelling
    # ------------------------------------------------------------------

    def action_reset(self):
        """Change the terms, and nominate anew: as long as nobody has voted."""
        self.check_access("write")
        for honour in self:
            if honour.state != "voting":
                honour._check_state_is("elected")
            # sudo: only whether somebody has voted
            if honour.sudo().vote_ids:
                raise UserError(
                    self.env._(
                        "The jury has voted. Cancel %s and hold another election.",
                        honour.name,
                    )
                )
            honour.sudo().nominee_ids.unlink()
            honour._withdraw_to_dos()
        self._set_state("draft")

    def action_cancel(self):
        self.check_access("write")
        for honour in self:
            if honour.state in ("published", "submitted"):
                honour._check_state_is("elected")
            honour._withdraw_to_dos()
        self.with_context(skip_validation_check=True)._set_state("cancelled")

    # ------------------------------------------------------------------
    # Helpers
    # ------------------------------------------------------------------

    def _check_may_change(self, names):
        """:raise UserError: if the ranking or the approval is based on a value"""
        late = {"citation", "channel_id", "show_figures", "badge_id", "prize_ids"}
        for honour in self:
            open_ = {"draft": names, "voting": late, "elected": late}
            if changed := names - open_.get(honour.state, set()):
                raise UserError(
                    self.env._(
                        "The election has begun, so these do not change any more: %s.",
                        self._label_fields(changed),
                    )
                )

    def _ask(self, user, summary, deadline=None):
        to_dos = self.env["mail.activity"].with_context(mail_activity_quick_update=True)
        today = self.company_id._get_sales_today()
        # sudo: the to-do is that of somebody else.
        to_dos.sudo().create(
            to_dos._prepare_sales_to_do(
                self,
                user,
                ACTIVITY,
                summary=summary,
                date_deadline=deadline or today + relativedelta(days=FOLLOW_UP_DAYS),
            )
        )

    def _withdraw_to_dos(self):
        # sudo: jurors have them.
        to_dos = self.sudo().activity_ids.filtered(lambda a: not a.tier_review_id)
        to_dos.unlink()
