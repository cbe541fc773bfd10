# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain

from odoo.addons.sales_efficiency_base.tools import open_records

from ..engine import merge_rows


class SalesContactPlan(models.Model):
    """When a customer is to be contacted next, and by whom (policy 5.1.3).

    There is one for each customer and company whose service policy has a rhythm. Only
    code writes it, see ``ContactPlanning``; people log contacts or snooze.
    """

    _name = "sales.contact.plan"
    _inherit = "sales.contact.duty.mixin"
    _description = "Customer to Contact"
    _order = "next_date, id"
    _rec_name = "partner_id"
    _log_access = False

    policy_id = fields.Many2one(
        comodel_name="sales.service.policy",
        string="Service Policy",
        required=True,
        index=True,
        readonly=True,
        ondelete="cascade",
    )
    class_id = fields.Many2one(
        comodel_name="sales.customer.class",
        index="btree_not_null",
        readonly=True,
        ondelete="set null",
    )
    grade_id = fields.Many2one(
        comodel_name="sales.grade",
        index="btree_not_null",
        readonly=True,
        ondelete="set null",
    )
    activity_type_id = fields.Many2one(
        related="policy_id.activity_type_id", string="How"
    )
    date_from = fields.Date(
        string="Under the Policy Since", required=True, readonly=True
    )
    due_from = fields.Date(
        string="Not Due Before",
        readonly=True,
        help="Since the customer came under another policy.",
    )
    last_date = fields.Date(string="Last Contact", readonly=True)
    due_date = fields.Date(
        required=True,
        readonly=True,
        help="By the rhythm, before it is moved to a working day.",
    )
    next_date = fields.Date(
        string="Next Contact", required=True, index=True, readonly=True
    )
    overdue_days = fields.Integer(
        string="Days Overdue", compute="_compute_state", aggregator=None
    )
    state = fields.Selection(
        selection=[
            ("overdue", "Overdue"),
            ("today", "Today"),
            ("planned", "Planned"),
            ("snoozed", "Snoozed"),
        ],
        compute="_compute_state",
    )
    snoozed_until = fields.Date(readonly=True)
    snooze_reason = fields.Char(readonly=True)
    asked_date = fields.Date(
        string="Last To-Do Given On",
        readonly=True,
        help="Counts for the limit of new to-dos per day.",
    )
    asked_user_id = fields.Many2one(
        comodel_name="res.users",
        string="Last To-Do Given To",
        index="btree_not_null",
        readonly=True,
        ondelete="set null",
    )
    phone = fields.Char(related="partner_id.phone", related_sudo=False)
    email = fields.Char(related="partner_id.email", related_sudo=False)
    color = fields.Integer(related="grade_id.color")

    _customer_uniq = models.UniqueIndex(
        "(partner_id, company_id)", "The contacts of this customer are planned already."
    )

    @api.depends("next_date", "snoozed_until")
    def _compute_state(self):
        for plan in self:
            today = plan.company_id._get_sales_today()
            plan.overdue_days = max((today - plan.next_date).days, 0)
            if plan.snoozed_until and plan.snoozed_until > today:
                plan.state = "snoozed"
            elif plan.overdue_days:
                plan.state = "overdue"
            else:
                plan.state = "today" if plan.next_date == today else "planned"

    @api.model
    def _get_due_domain(self, today):
        """Return the :class:`Domain` of the customers to contact by a day."""
        return Domain("next_date", "<=", today) & (
            Domain("snoozed_until", "=", False) | Domain("snoozed_until", "<=", today)
        )

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def action_log_contact(self):
        self.ensure_one()
        return self.partner_id.with_company(self.company_id).action_log_contact()

    def action_snooze(self):
        """Ask until when, and why."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Snooze %s", self.partner_id.display_name),
            "res_model": "sales.contact.snooze",
            "view_mode": "form",
            "target": "new",
            "context": {"default_plan_id": self.id},
        }

    @api.readonly
    def action_open_customer(self):
        self.ensure_one()
        return self.partner_id._get_records_action()

    @api.readonly
    def action_open_contacts(self):
        """Show the contacts with the customer."""
        self.ensure_one()
        return open_records(
            self.env,
            "sales_efficiency_resource.sales_contact_action",
            [("partner_id", "=", self.partner_id.id)],
            name=self.partner_id.display_name,
        )

    # ------------------------------------------------------------------
    # Business methods
    # ------------------------------------------------------------------

    def _snooze(self, until, reason):
        """Put the contact off, take the to-do back, and tell who looks at the customer.

        :param until: day from which the customer is to be contacted again
        """
        self.check_access("read")
        # sudo: users only put it off; the planning writes all else.
        self.sudo().write({"snoozed_until": until, "snooze_reason": reason})
        for plan in self:
            plan.partner_id.message_post(
                body=self.env._(
                    "Contact put off until %(day)s: %(reason)s",
                    day=fields.Date.to_string(until),
                    reason=reason,
                )
            )
        # sudo: as above
        to_dos = self.env["mail.activity"].sudo()
        to_dos.search([("sales_contact_plan_id", "in", self.ids)]).unlink()

    @api.model
    def _get_latest_snooze(self):
        """:return: the last day until which a contact can be put off"""
        return self.env.company._get_sales_today() + timedelta(days=365)

    @api.model
    def _merge_partners(self, src_ids, dst):
        """Keep one plan of customers that are about to be merged, per company.

        :param list src_ids: the partners that go
        :param dst: the one that remains
        """
        customer = dst.commercial_partner_id
        merge_rows(self, src_ids, customer, "company_id", order="date_from id")
        self.env["sales.contact"]._trigger_follow_up()
