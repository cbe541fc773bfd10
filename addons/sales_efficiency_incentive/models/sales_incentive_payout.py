# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL, format_date

from odoo.addons.sales_efficiency_base.tools import format_period

from ..engine import Accounting, MonthOrder, MonthPayout, reason


class SalesIncentivePayout(models.Model):
    """Pays out what is payable at the end of a locked month (policy 4.4.1).

    Entries of the ledger say what was paid. Whoever undoes a payout adds entries that
    take it back; nothing is deleted.
    """

    _name = "sales.incentive.payout"
    _inherit = ["sales.guard.mixin", "sales.state.mixin", "mail.thread"]
    _description = "Incentive Payout"
    _order = "month desc, id desc"
    _fixed_fields = ("period_id",)

    period_id = fields.Many2one(
        comodel_name="sales.incentive.period",
        string="Month",
        required=True,
        index=True,
        ondelete="restrict",
        domain="[('state', '=', 'locked')]",
    )
    company_id = fields.Many2one(related="period_id.company_id", store=True, index=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    month = fields.Date(string="First Day", related="period_id.month", store=True)
    payment_date = fields.Date(
        required=True,
        default=lambda self: self.env.company._get_sales_today(),
        tracking=True,
        help="People paid in another currency are paid at the rate of this day.",
    )
    state = fields.Selection(
        selection=[("draft", "Draft"), ("paid", "Paid"), ("reversed", "Reversed")],
        default="draft",
        required=True,
        readonly=True,
        copy=False,
        tracking=True,
    )
    line_ids = fields.One2many(
        comodel_name="sales.incentive.payout.line",
        inverse_name="payout_id",
        string="Lines",
        readonly=True,
        copy=False,
    )
    payee_count = fields.Integer(string="People", compute="_compute_figures")
    amount = fields.Monetary(
        compute="_compute_figures", help="Of the people whose pay you may read."
    )
    paid_at = fields.Datetime(string="Paid Out On", readonly=True, copy=False)
    paid_by_id = fields.Many2one(
        comodel_name="res.users", string="Paid Out By", readonly=True, copy=False
    )
    reversal_date = fields.Date(readonly=True, copy=False)
    reversed_at = fields.Datetime(string="Reversed On", readonly=True, copy=False)
    reversed_by_id = fields.Many2one(
        comodel_name="res.users", string="Reversed By", readonly=True, copy=False
    )

    _once = models.UniqueIndex(
        "(period_id) WHERE state <> 'reversed'",
        "The month has a payout already. Open that one.",
    )

    # ------------------------------------------------------------------
    # Computed fields
    # ------------------------------------------------------------------

    @api.depends("period_id.month")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for payout in self:
            payout.display_name = payout.month and self.env._(
                "Payout of %s", format_period(self.env, payout.month)
            )

    @api.depends("line_ids.amount")
    @api.depends_context("uid")
    def _compute_figures(self):
        """Not stored: whoever may not read a line must not read it in a total."""
        lines = self.env["sales.incentive.payout.line"]
        sums = {
            payout: (count, amount)
            for payout, count, amount in lines._read_group(
                [("payout_id", "in", self.ids)],
                ["payout_id"],
                ["__count", "amount:sum"],
            )
        }
        for payout in self:
            count, amount = sums.get(payout._origin, (0, 0.0))
            payout.payee_count, payout.amount = count, amount

    # ------------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        self.check_access("create")
        self._check_can_be_paid({vals.get("period_id") for vals in vals_list})
        payouts = super().create(vals_list)
        for payout in payouts:
            payout._fill()
        return payouts

    def write(self, vals):
        if "payment_date" in vals:
            self._check_state_is("draft")
        res = super().write(vals)
        if "payment_date" in vals:
            for payout in self:
                payout._fill()
        return res

    @api.ondelete(at_uninstall=False)
    def _unlink_except_paid(self):
        if any(payout.state != "draft" for payout in self):
            raise UserError(
                self.env._("Payments stay on record. Reverse the payout instead.")
            )

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def action_pay(self):
        """Pay out what is payable."""
        self.check_access("write")
        for payout in self.sorted("month"):
            payout._pay()

    def action_reverse(self):
        """Undo the payout: the month is locked, but not paid."""
        self.check_access("write")
        for payout in self.sorted("month", reverse=True):
            payout._reverse()

    @api.readonly
    def action_download_xlsx(self):
        return self._download("xlsx")

    @api.readonly
    def action_download_csv(self):
        return self._download("csv")

    @api.readonly
    def action_open_moves(self):
        """Open what was posted."""
        self.ensure_one()
        # sudo: which moves they are; accounting decides who may see them.
        lines = self.sudo().line_ids
        moves = (lines.move_id + lines.reversal_move_id).with_env(self.env)
        return moves._get_records_action(name=self.env._("Journal Entries"))

    # ------------------------------------------------------------------
    # Checks
    # ------------------------------------------------------------------

    @api.model
    def _check_can_be_paid(self, period_ids):
        periods = self.env["sales.incentive.period"].browse(filter(None, period_ids))
        for period in periods:
            if period.state != "locked":
                raise UserError(
                    self.env._(
                        "%s is not locked, or paid already. Only what is locked is"
                        " paid.",
                        period.display_name,
                    )
                )

    # ------------------------------------------------------------------
    # Business methods
    # ------------------------------------------------------------------

    def _fill(self):
        """List whom the payout pays, and how much by what is known now."""
        # sudo: the people are those of the ledger, users do not write them.
        payout = self.sudo()
        payout.line_ids.unlink()
        found = MonthPayout(payout.period_id).compute()
        assignments = payout.env["sales.incentive.assignment"].union(*found)
        rates = payout._get_rates(assignments.pay_currency_id)
        lines = payout.env["sales.incentive.payout.line"]
        values = [
            lines._prepare(payout, assignment, entry, rates)
            for assignment, entry in found.items()
        ]
        # Too little for the currency of the person stays payable.
        lines.create([vals for vals in values if vals["pay_amount"]])
        self.invalidate_recordset()

    def _get_rates(self, currencies):
        """:return: dict currency → its units for one of the company currency"""
        company, day = self.company_id, self.payment_date
        own = company.currency_id
        for currency in currencies - own:
            # Odoo takes a rate of 1 where it knows none.
            if not self.env["res.currency.rate"].search_count(
                [
                    ("currency_id", "in", (currency + own).ids),
                    ("company_id", "in", (False, company.root_id.id)),
                    ("name", "<=", day),
                ],
                limit=1,
            ):
                raise UserError(
                    self.env._(
                        "There is no rate of %(currency)s on %(day)s. Enter it in"
                        " accounting, or choose another payment date.",
                        currency=currency.name,
                        day=format_date(self.env, day),
                    )
                )
        return {
            currency: own._get_conversion_rate(own, currency, company, day)
            for currency in currencies | own
        }

    def _pay(self):
        self._hold("draft")
        self._check_can_be_paid(self.period_id.ids)
        MonthOrder(self.period_id).check_before(("paid",))
        self._accrue(self.period_id)
        self._fill()
        self._set_state("paid")
        # sudo: users do not write it, it is they.
        self.sudo().write(
            {"paid_at": fields.Datetime.now(), "paid_by_id": self.env.uid}
        )
        self._book(reason.PAID, self.payment_date)
        # sudo: see Accounting. Finance only reads months; who may pay has been checked.
        payout = self.sudo()
        if payout.period_id.is_accrued:
            Accounting(payout.company_id).pay(payout)
        payout.period_id._set_state("paid")

    def _reverse(self):
        self._hold("paid")
        today = self.company_id._get_sales_today()
        self._set_state("reversed")
        # sudo: as in _pay
        self.sudo().write(
            {
                "reversal_date": max(today, self.payment_date),
                "reversed_at": fields.Datetime.now(),
                "reversed_by_id": self.env.uid,
            }
        )
        self._book(reason.REVERSED, self.reversal_date)
        # sudo: as in _pay
        payout = self.sudo()
        if payout.line_ids.move_id:
            Accounting(payout.company_id).reverse(payout)
        elif payout.period_id.is_accrued:
            payout.line_ids.reversal_move_id = Accounting(
                payout.company_id
            ).accrue_again(payout, payout.reversal_date)
        payout.period_id._set_state("locked")

    def _hold(self, state):
        """Let nobody else pay or undo the month meanwhile."""
        self.ensure_one()
        self.period_id._hold()
        self.invalidate_recordset(["state"])
        self.period_id.invalidate_recordset(["state"])
        self._check_state_is(state)

    def _book(self, why, day):
        """Add entries to the locked month; the ledger takes none but these."""
        self.flush_recordset()
        self.line_ids.flush_recordset()
        sign = 1 if why == reason.REVERSED else -1
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO sales_incentive_entry
                       (company_id, currency_id, period_id, state, month, origin,
                        plan_id, assignment_id, user_id, payee, version_id, kind,
                        balance, amount, base, reason, date, is_changed, payout_id)
                SELECT o.company_id, %(currency)s, o.period_id, 'locked', o.month,
                       o.month, a.plan_id, a.id, a.user_id, l.payee, l.version_id,
                       'payout', 'payable', %(sign)s * l.amount, 0, %(reason)s,
                       %(day)s, FALSE, o.id
                  FROM sales_incentive_payout o
                  JOIN sales_incentive_payout_line l ON l.payout_id = o.id
                  JOIN sales_incentive_assignment a ON a.id = l.assignment_id
                 WHERE o.id = %(payout)s
                 ORDER BY l.id
                """,
                currency=self.currency_id.id,
                sign=sign,
                reason=why,
                day=day,
                payout=self.id,
            )
        )
        self.env["sales.incentive.entry"].invalidate_model()

    @api.model
    def _accrue(self, period):
        """Post what a locked month has moved, if the company posts incentives."""
        # sudo: see Accounting
        period = period.sudo()
        if period.company_id.sales_incentive_post and not period.is_accrued:
            Accounting(period.company_id).accrue(period)

    def _download(self, kind):
        self.ensure_one()
        return {
            "type": "ir.actions.act_url",
            "url": f"/sales_efficiency_incentive/payout/{self.id}/{kind}",
            "target": "download",
        }
