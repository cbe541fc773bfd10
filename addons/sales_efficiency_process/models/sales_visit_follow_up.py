# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import format_date

from odoo.addons.sales_efficiency_base.tools import open_records

TO_DO = "sales_efficiency_process.mail_activity_type_visit_report"
# To-dos in one transaction
BATCH = 100
# What makes a visit a contact, and with whom; all else stays as it is
CONCERNED = {"state", "contact_ids"}
# A visit that was forgotten for longer is not asked for any more, e.g. after an import.
FORGOTTEN = timedelta(days=60)


class SalesVisit(models.Model):
    """What follows from a visit: next steps, contacts, and the report that is asked for
    (policy 3.1.3)."""

    _inherit = "sales.visit"  # pylint: disable=consider-merging-classes-inherited

    product_ids = fields.One2many(
        comodel_name="sales.visit.product",
        inverse_name="visit_id",
        string="Products Shown",
    )
    pain_ids = fields.One2many(
        comodel_name="sales.visit.pain", inverse_name="visit_id", string="Pain Points"
    )
    photo_ids = fields.One2many(
        comodel_name="sales.visit.photo", inverse_name="visit_id", string="Photos"
    )
    action_ids = fields.One2many(
        comodel_name="sales.action", inverse_name="visit_id", string="Next Steps"
    )
    open_action_count = fields.Integer(
        string="Open Next Steps", compute="_compute_open_action_count"
    )
    previous_id = fields.Many2one(
        comodel_name="sales.visit",
        string="Follows",
        copy=False,
        index="btree_not_null",
        ondelete="set null",
        check_company=True,
        domain="[('partner_id', '=', partner_id), ('id', '!=', id)]",
        help="The visit on which this one was agreed.",
    )
    next_ids = fields.One2many(
        comodel_name="sales.visit",
        inverse_name="previous_id",
        string="Next Visits",
        readonly=True,
    )
    next_date = fields.Date(string="Next Visit", compute="_compute_next_date")
    weekly_report_id = fields.Many2one(
        comodel_name="sales.weekly.report",
        string="Told in Weekly Report",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
    )
    report_asked_date = fields.Date(
        string="Report Asked For On", readonly=True, copy=False
    )

    @api.depends("action_ids.state")
    def _compute_open_action_count(self):
        for visit in self:
            open_ = visit.action_ids.filtered(lambda item: item.state == "open")
            visit.open_action_count = len(open_)

    @api.depends("next_ids.date", "next_ids.state")
    def _compute_next_date(self):
        for visit in self:
            coming = visit.next_ids.filtered(lambda other: other.state != "cancelled")
            visit.next_date = min(filter(None, coming.mapped("date")), default=False)

    # ------------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        visits = super().create(vals_list)
        visits.filtered(lambda visit: visit.state == "done")._sync_contacts()
        return visits

    def write(self, vals):
        res = super().write(vals)
        if not CONCERNED.isdisjoint(vals):
            self._sync_contacts()
        if "state" in vals:
            self._close_to_dos()
        return res

    def unlink(self):
        ids = self.ids
        res = super().unlink()
        self.env["sales.contact"]._sync(self._name, ids)
        return res

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def action_plan_next(self):
        """Plan the visit that was agreed on this one."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Next Visit: %s", self.partner_id.display_name),
            "res_model": self._name,
            "view_mode": "form",
            "views": [(False, "form")],
            "context": {
                "default_previous_id": self.id,
                "default_partner_id": self.partner_id.id,
                "default_address_id": self.address_id.id,
                "default_contact_ids": self.contact_ids.ids,
                "default_lead_id": self.lead_id.id,
                "default_kind": self.kind,
            },
        }

    @api.readonly
    def action_open_next(self):
        """Open the visits that were agreed on this one."""
        self.ensure_one()
        return open_records(
            self.env,
            "sales_efficiency_process.sales_visit_action",
            [("previous_id", "=", self.id)],
            name=self.env._("Next Visits"),
        )

    @api.readonly
    def action_open_actions(self):
        """Open the next steps."""
        self.ensure_one()
        self.check_access("read")
        return open_records(
            self.env,
            "sales_efficiency_base.sales_action_action",
            [("visit_id", "=", self.id)],
            name=self.env._("Next Steps: %s", self.name),
            context={"default_visit_id": self.id},
        )

    # ------------------------------------------------------------------
    # Reports that are missing
    # ------------------------------------------------------------------

    @api.model
    def _cron_ask_reports(self):
        """Ask for the reports of visits that are over, each of them once.

        Visits that another transaction works on wait for the next run.
        """
        cron, last = self.env["ir.cron"], 0
        domain = self._get_asked_domain()
        cron._commit_progress(remaining=self.search_count(domain))
        while visits := self.search(
            domain & Domain("id", ">", last), order="id", limit=BATCH
        ):
            count, last = len(visits), visits[-1].id
            visits.try_lock_for_update(allow_referencing=True)._ask_reports()
            if not cron._commit_progress(count):
                return

    @api.model
    def _get_asked_domain(self):
        """:return: the :class:`Domain` of the visits whose report is asked for now"""
        now = fields.Datetime.now()
        # Those of archived companies, too
        companies = self.env["res.company"].search([("active", "in", (True, False))])
        is_late = Domain.OR(
            Domain("company_id", "in", same.ids)
            & Domain("stop", "<=", now - timedelta(hours=hours))
            for hours, same in companies.grouped("sales_visit_report_hours").items()
        )
        return (
            self._get_missing_domain()
            & is_late
            & Domain("stop", ">", now - FORGOTTEN)
            & Domain("report_asked_date", "=", False)
            & Domain("user_id.active", "=", True)
        )

    def _ask_reports(self):
        """Give the salespeople to-dos, in their languages."""
        self.invalidate_recordset(["state", "report_asked_date"])
        asked = self.filtered(
            lambda visit: visit.state in ("planned", "visiting", "reporting")
            and not visit.report_asked_date
        )
        # Without an e-mail for each
        activities = self.env["mail.activity"].with_context(
            mail_activity_quick_update=True
        )
        activities.create([visit._prepare_report_to_do() for visit in asked])
        for visit in asked:
            visit.report_asked_date = visit.company_id._get_sales_today()

    def _prepare_report_to_do(self):
        self.ensure_one()
        user = self.user_id
        env = self.with_context(lang=user.lang, tz=user.tz).env
        return self.env["mail.activity"]._prepare_sales_to_do(
            self,
            user,
            TO_DO,
            summary=env._(
                "Report on your visit to %(customer)s on %(day)s, or cancel it",
                customer=self.partner_id.display_name,
                day=format_date(env, self.date),
            ),
            date_deadline=self.company_id._get_sales_today(),
        )

    def _close_to_dos(self):
        """Close what was asked for visits that are done or cancelled by now."""
        for visit in self:
            # sudo: whoever completes the report completes the to-do.
            if visit.state == "done":
                visit.sudo().activity_feedback([TO_DO])
            elif visit.state == "cancelled":
                visit.sudo().activity_unlink([TO_DO])

    # ------------------------------------------------------------------
    # Contacts
    # ------------------------------------------------------------------

    def _follow_up(self):
        """Note in the customer file to whom the salesperson has talked."""
        for visit in self:
            people = visit.env["sales.stakeholder"].search(
                [
                    ("partner_id", "=", visit.partner_id.id),
                    ("company_id", "=", visit.company_id.id),
                    ("contact_id", "in", visit.contact_ids.ids),
                    "|",
                    ("date_talk", "=", False),
                    ("date_talk", "<", visit.date),
                ]
            )
            people._filtered_access("write").date_talk = visit.date

    def _sync_contacts(self):
        """Take over the contacts that these visits are, or were."""
        if self.ids:
            self.env["sales.contact"]._sync(self._name, self.ids)

    # ------------------------------------------------------------------
    # Weekly reports
    # ------------------------------------------------------------------

    def _describe_for_report(self):
        """:return: what a weekly report says of the visit, in the language of the
        environment"""
        self.ensure_one()
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        return self.env._(
            "%(kind)s: %(result)s",
            kind=kinds[self.kind],
            result=" ".join((self.result or "").split()),
        )

    def _get_next_step(self):
        """:return: the first thing to do after the visit, or False"""
        self.ensure_one()
        steps = self.action_ids.filtered(lambda item: item.state == "open")
        return steps.sorted("date_deadline")[:1].name or False
