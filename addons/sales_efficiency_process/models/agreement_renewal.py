# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import logging
from datetime import timedelta
from functools import partial

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import format_date

from odoo.addons.sales_efficiency_base.engine import WorkingDays
from odoo.addons.sales_efficiency_base.tools import (
    FIRST_DAY,
    LAST_DAY,
    attempt,
    each_alone,
    open_records,
    take_free,
    take_turns,
)

from ..engine.deal import add_working_days, get_next_term, get_notice_date

TO_DO_RENEW = "sales_efficiency_process.mail_activity_type_contract_renew"
TO_DO_SIGN = "sales_efficiency_process.mail_activity_type_contract_sign"
RENEWAL_TEMPLATE = "sales_efficiency_process.mail_template_contract_renewal"
# Days among which working days are looked for, for each of them
SPREAD = 4
UNSIGNED = ("draft", "submitted", "rejected", "approved", "sent")

_logger = logging.getLogger(__name__)


class Agreement(models.Model):
    """Contracts are signed soon after an agreement, and renewed in time (3.3.3)."""

    _inherit = "agreement"  # pylint: disable=consider-merging-classes-inherited

    sign_by = fields.Date(
        compute="_compute_sign_by",
        store=True,
        help="So many working days after both sides agreed; see the settings.",
    )
    unsigned_told_on = fields.Date(
        string="Told That It Is Unsigned On", readonly=True, copy=False
    )
    notice_days = fields.Integer(
        string="Days of Notice",
        default=lambda self: self._default_notice_days(),
        aggregator=None,
        help="Days before the end by which it is to be renewed or ended. 0: nobody is"
        " reminded.",
    )
    notice_date = fields.Date(
        string="Notice By", compute="_compute_notice_date", store=True, index=True
    )
    notice_mail = fields.Boolean(
        string="Write to the Customer",
        help="On the day of notice the customer gets a mail that asks about renewal.",
    )
    notice_told_on = fields.Date(
        string="Reminded of the Notice On", readonly=True, copy=False
    )
    previous_id = fields.Many2one(
        comodel_name="agreement",
        string="Renews",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
    )
    successor_ids = fields.One2many(
        comodel_name="agreement",
        inverse_name="previous_id",
        string="Renewed By",
        readonly=True,
    )
    successor_id = fields.Many2one(
        comodel_name="agreement", string="Successor", compute="_compute_successor_id"
    )

    _notice_days_range = models.Constraint(
        "CHECK (notice_days BETWEEN 0 AND 3650)",
        "The notice is given 0 to 3650 days before the end.",
    )
    _successor_uniq = models.UniqueIndex(
        "(previous_id) WHERE state != 'cancelled'",
        "This contract is renewed already.",
    )

    @api.model
    def _default_notice_days(self):
        # sudo: the settings concern everybody who makes contracts.
        return self.env.company.sudo().sales_contract_notice_days

    @api.depends("agreed_on", "company_id.sales_contract_unsigned_days")
    def _compute_sign_by(self):
        for contract in self:
            day = contract.agreed_on
            if contract.state == "signed" and contract.sign_by:
                contract.sign_by = contract.sign_by  # nothing is due any more
            else:
                contract.sign_by = day and contract._find_sign_by(day)

    def _find_sign_by(self, day):
        """:return: the day by which it is to be signed"""
        company = self._get_contract_company()
        # sudo: as above
        count = company.sudo().sales_contract_unsigned_days
        if not FIRST_DAY <= day <= LAST_DAY - timedelta(days=400):
            return day
        end = day + timedelta(days=SPREAD * count + 30)
        days = WorkingDays(company).of_company(day, end)
        return add_working_days(days, day, count) or end

    @api.depends("end_date", "notice_days")
    def _compute_notice_date(self):
        for contract in self:
            end = contract.end_date
            is_known = end and contract.notice_days and FIRST_DAY <= end <= LAST_DAY
            contract.notice_date = is_known and get_notice_date(
                end, min(contract.notice_days, 3650)
            )

    @api.depends("successor_ids.state")
    def _compute_successor_id(self):
        for contract in self:
            contract.successor_id = contract.successor_ids.filtered(
                lambda successor: successor.state != "cancelled"
            )[:1]

    def write(self, vals):
        if not {"end_date", "notice_days"}.isdisjoint(vals):
            # sudo: another day, another reminder
            told = self.sudo().filtered("notice_told_on")
            super(Agreement, told).write({"notice_told_on": False})
        return super().write(vals)

    # ------------------------------------------------------------------
    # Renewal
    # ------------------------------------------------------------------

    def action_renew(self):
        """Draft the contract that follows."""
        self.ensure_one()
        self.check_access("write")
        take_turns(self)
        self.invalidate_recordset()
        self._check_state_is("signed")
        if not self.end_date:
            raise UserError(
                self.env._("%s has no end. It needs no successor.", self.display_name)
            )
        if self.successor_id:
            raise UserError(
                self.env._(
                    "%(contract)s is renewed by %(successor)s already.",
                    contract=self.display_name,
                    successor=self.successor_id.display_name,
                )
            )
        successor = self.copy(self._prepare_successor())
        # sudo: users cannot write what a contract renews.
        successor.sudo().previous_id = self
        self.sudo().activity_feedback([TO_DO_RENEW])  # sudo: of whoever has it
        return successor._get_records_action()

    def _prepare_successor(self):
        start, end = get_next_term(self.start_date, self.end_date)
        return {
            "code": self._get_next_code(),
            "name": self.name,
            "start_date": start,
            "end_date": end,
        }

    @api.readonly
    def action_open_successor(self):
        self.ensure_one()
        self.check_access("read")
        return open_records(
            self.env,
            "sales_efficiency_process.sales_contract_action",
            [("id", "in", (self.successor_id | self.previous_id).ids)],
        )

    # ------------------------------------------------------------------
    # Jobs
    # ------------------------------------------------------------------

    @api.model
    def _cron_remind(self):
        """Tell of contracts whose notice is due, and of those that are agreed but not
        signed: each of them once. Finish what both sides have signed."""
        self._note_agreed()
        due = [(c, "_tell_of_notice") for c in self._find_notice_due()]
        due += [(c, "_tell_of_unsigned") for c in self._find_unsigned()]
        due += [(c, "_finish") for c in self._find_unfinished()]
        each_alone(
            self.env,
            due,
            lambda item: getattr(*item)(),
            take=lambda item: take_free(item[0]),
        )

    @api.model
    def _note_agreed(self):
        """Whoever confirms an order has agreed to its contract."""
        contracts = self.search(
            self._get_live_domain()
            & Domain("state", "in", UNSIGNED)
            & Domain("agreed_on", "=", False)
            & Domain("order_ids.state", "=", "sale"),
            limit=1000,
        )
        for contract in contracts.with_context(skip_validation_check=True):
            contract.agreed_on = contract.order_ids._get_agreed_day()

    @api.model
    def _find_notice_due(self):
        tomorrow = fields.Date.today() + timedelta(days=1)
        contracts = self.search(
            self._get_live_domain()
            & Domain("state", "=", "signed")
            & Domain("notice_date", "<=", tomorrow)
            & Domain("notice_told_on", "=", False),
            order="notice_date, id",
        )
        return contracts.filtered(
            lambda c: (
                c.notice_date <= c._get_contract_company()._get_sales_today()
                and not c.successor_id
            )
        )

    @api.model
    def _find_unsigned(self):
        tomorrow = fields.Date.today() + timedelta(days=1)
        contracts = self.search(
            self._get_live_domain()
            & Domain("state", "in", UNSIGNED)
            & Domain("sign_by", "<", tomorrow)
            & Domain("unsigned_told_on", "=", False),
            order="sign_by, id",
        )
        return contracts.filtered(
            lambda c: c.sign_by < c._get_contract_company()._get_sales_today()
        )

    @api.model
    def _find_unfinished(self):
        """:return: contracts whose document could not be made when the second side
        signed"""
        return self.search(
            Domain("state", "=", "sent")
            & Domain("customer_signed_on", "!=", False)
            & Domain("own_signed_on", "!=", False)
        )

    @api.model
    def _get_live_domain(self):
        return Domain("domain", "=", "sale") & Domain("is_template", "=", False)

    def _tell_of_notice(self):
        """Remind the salesperson, and ask the customer if it is wished."""
        self.ensure_one()
        self.invalidate_recordset(["notice_told_on", "state"])
        if self.notice_told_on or self.state != "signed":
            return
        for user in self._get_told()[:1]:
            self._give_to_do(
                user,
                TO_DO_RENEW,
                lambda env: env._(
                    "Renew or end it: the contract ends on %s",
                    format_date(env, self.end_date),
                ),
            )
        self.notice_told_on = self._get_contract_company()._get_sales_today()
        template = self.env.ref(RENEWAL_TEMPLATE, raise_if_not_found=False)
        if not (self.notice_mail and template and self.partner_id.email):
            return
        # People edit templates: the to-do does not wait until theirs can be sent.
        if reason := attempt(self.env, partial(template.send_mail, self.id)):
            _logger.error("No notice by mail of contract %s: %s", self.id, reason)

    def _tell_of_unsigned(self):
        """Tell the salesperson and the nearest leader."""
        self.ensure_one()
        self.invalidate_recordset(["unsigned_told_on", "state"])
        if self.unsigned_told_on or self.state not in UNSIGNED:
            return
        for user in self._get_told():
            self._give_to_do(
                user,
                TO_DO_SIGN,
                lambda env: env._(
                    "Agreed on %s, but not signed yet",
                    format_date(env, self.agreed_on),
                ),
            )
        contract = self.with_context(skip_validation_check=True)
        contract.unsigned_told_on = self._get_contract_company()._get_sales_today()
