# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ..engine import (
    ContactLog,
    ContactPlanning,
    ContactRhythms,
    ContactToDos,
    DoneActivities,
    PastMeetings,
    merge_rows,
)

# Days within which a meeting that is past is noticed every hour
RECENT = 2
# To-dos in one transaction
BATCH = 200


class SalesContact(models.Model):
    """A contact with a customer: a done activity or a past meeting (policy 5.1.3).

    Only code writes it, from the documents that ``_get_sources`` lists: at once when
    they change, and again every night. What was said stays in the document, which
    checks who may read it.
    """

    _name = "sales.contact"
    _description = "Customer Contact"
    _order = "date desc, id desc"
    _log_access = False

    date = fields.Date(required=True, readonly=True)
    company_id = fields.Many2one(
        comodel_name="res.company", required=True, index=True, readonly=True
    )
    partner_id = fields.Many2one(
        comodel_name="res.partner",
        string="Customer",
        required=True,
        index=True,
        readonly=True,
        ondelete="cascade",
    )
    contact_id = fields.Many2one(
        comodel_name="res.partner",
        string="Person Met",
        index="btree_not_null",
        readonly=True,
        ondelete="set null",
    )
    user_id = fields.Many2one(
        comodel_name="res.users",
        string="Salesperson",
        index="btree_not_null",
        readonly=True,
        ondelete="set null",
    )
    team_id = fields.Many2one(
        comodel_name="crm.team",
        string="Sales Team",
        index="btree_not_null",
        readonly=True,
        ondelete="set null",
        help="Team of the salesperson at that time.",
    )
    region_id = fields.Many2one(
        comodel_name="sales.region",
        index="btree_not_null",
        readonly=True,
        ondelete="set null",
    )
    channel_id = fields.Many2one(
        comodel_name="sales.channel",
        index="btree_not_null",
        readonly=True,
        ondelete="set null",
    )
    activity_type_id = fields.Many2one(
        comodel_name="mail.activity.type",
        string="How",
        index="btree_not_null",
        readonly=True,
        ondelete="set null",
    )
    res_model = fields.Char(
        string="Document Model",
        required=True,
        readonly=True,
        export_string_translation=False,
    )
    res_id = fields.Many2oneReference(
        string="Document",
        model_field="res_model",
        required=True,
        readonly=True,
        export_string_translation=False,
    )
    summary = fields.Char(compute="_compute_summary")

    _document_uniq = models.UniqueIndex(
        "(res_model, res_id, partner_id)",
        "Each document counts as one contact with a customer.",
    )
    _last = models.Index("(company_id, partner_id, date)")

    @api.depends("activity_type_id", "partner_id")
    def _compute_display_name(self):
        for contact in self:
            how = contact.activity_type_id.name or self.env._("Contact")
            contact.display_name = f"{how}: {contact.partner_id.display_name}"

    @api.depends("res_model", "res_id")
    @api.depends_context("uid")
    def _compute_summary(self):
        """Show what the user may read of the document."""
        names = {}
        for model, contacts in self.grouped("res_model").items():
            if model in self.env:
                documents = self.env[model].browse(contacts.mapped("res_id")).exists()
                for document in documents.sudo(False)._filtered_access("read"):
                    names[model, document.id] = document.display_name
        for contact in self:
            contact.summary = names.get((contact.res_model, contact.res_id), False)

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    @api.readonly
    def action_open_document(self):
        """Open the activity or the meeting, or what the activity is about."""
        self.ensure_one()
        document = self.env[self.res_model].browse(self.res_id)
        document.check_access("read")
        if document._name == "mail.activity":
            document = self.env[document.res_model].browse(document.res_id)
            document.check_access("read")
        return document._get_records_action()

    # ------------------------------------------------------------------
    # Scheduled work
    # ------------------------------------------------------------------

    @api.model
    def _cron_sync(self):
        """Notice meetings that are past by now, and plan the next contacts."""
        cron = self.env["ir.cron"]
        cron._commit_progress()
        now = fields.Datetime.now()
        meetings = self.env["calendar.event"].search(
            Domain("stop", "<=", now)
            & Domain("stop", ">", fields.Datetime.subtract(now, days=RECENT))
        )
        self._sync(meetings._name, meetings.ids)
        cron._commit_progress(1)
        self._plan_all()

    @api.model
    def _cron_compare(self):
        """Compare all contacts with their documents, and plan the next ones.

        It takes as long as it takes; the to-dos have a job of their own.
        """
        cron = self.env["ir.cron"]
        cron._commit_progress()
        self._sync_all()
        cron._commit_progress(1)
        self._plan_all()
        self.env.ref("sales_efficiency_resource.ir_cron_contact_follow_up")._trigger()

    @api.model
    def _cron_follow_up(self):
        """Give people their to-dos, one batch per transaction.

        If the job is interrupted or out of time, the next run gives the others.
        """
        cron = self.env["ir.cron"]
        to_dos = ContactToDos(self._get_planned_companies())
        ids = to_dos.find()
        cron._commit_progress(remaining=len(ids))
        while ids:
            batch, ids = ids[:BATCH], ids[BATCH:]
            to_dos.give(batch)
            if not cron._commit_progress(len(batch), remaining=len(ids)):
                return

    @api.model
    def _trigger_follow_up(self):
        """Schedule the planning right after this transaction."""
        self.env.ref("sales_efficiency_resource.ir_cron_contact_compare")._trigger()

    # ------------------------------------------------------------------
    # Business methods
    # ------------------------------------------------------------------

    @api.model
    def _get_sources(self):
        """Return what counts as a contact: a list of :class:`ContactSource`.

        Add-ons add theirs, and call ``_sync`` when their documents change.
        """
        return [DoneActivities(self.env), PastMeetings(self.env)]

    @api.model
    def _sync(self, model, ids):
        """Take over changed documents of a source, and plan the next contact of their
        customers, whose to-dos end.

        :param str model: model of the documents
        :param list ids: the documents, existing or not
        """
        if not ids:
            return
        # sudo: what counts does not depend on who does it.
        contacts = self.sudo()
        for source in contacts._get_sources():
            if source.model == model:
                changed = ContactLog(contacts.env, source).sync(ids)
                for company_id, partner_ids in changed.items():
                    company = contacts.env["res.company"].browse(company_id)
                    contacts._plan(company, sorted(partner_ids))

    @api.model
    def _sync_all(self):
        """Compare all contacts with their documents."""
        for source in self._get_sources():
            ContactLog(self.env, source).sync()

    @api.model
    def _plan(self, company, partner_ids=None):
        if company not in self._get_planned_companies():
            return
        ContactPlanning(company).plan(partner_ids)
        ContactRhythms(company).record(partner_ids)
        ContactToDos(company).drop_obsolete(partner_ids)

    @api.model
    def _plan_all(self):
        """Plan the next contacts of all companies, one per transaction."""
        for company in self._get_planned_companies():
            self._plan(company)
            self.env["ir.cron"]._commit_progress(1)

    @api.model
    def _get_planned_companies(self):
        """:return: the companies that have service policies or planned contacts"""
        rows = self.env.execute_query(
            SQL(
                "SELECT company_id FROM sales_service_policy"
                " UNION SELECT company_id FROM sales_contact_plan ORDER BY 1"
            )
        )
        return self.env["res.company"].browse(row[0] for row in rows)

    @api.model
    def _merge_partners(self, src_ids, dst):
        """Join the contacts of customers that are about to be merged.

        :param list src_ids: the partners that go
        :param dst: the one that remains
        """
        self.env.flush_all()
        # Odoo moves open activities only; done ones would be lost.
        self.env.cr.execute(
            SQL(
                "UPDATE mail_activity SET res_id = %s WHERE NOT active"
                " AND res_model = 'res.partner' AND res_id = ANY(%s)",
                dst.id,
                list(src_ids),
            )
        )
        customer = dst.commercial_partner_id
        merge_rows(self, src_ids, customer, "res_model res_id")
