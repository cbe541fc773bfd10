# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from dateutil.relativedelta import relativedelta
from psycopg2 import IntegrityError

from odoo import fields
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import split_every

from odoo.addons.sales_efficiency_base.tools import each_alone

BATCH = 50


class ApplicantErasure:
    """Erases what is known of applicants who were refused N months ago, by company.

    Each batch is a transaction of its own: killed at any point, the next run goes on
    with whoever is left. People in a talent pool have agreed to stay, and stay.
    """

    def __init__(self, env):
        # sudo: it erases whatever hangs on an application, unseen.
        self.env = env(su=True)

    def run(self):
        due = self._find_due()
        batches = [due.browse(ids) for ids in split_every(BATCH, due.ids)]
        each_alone(self.env, batches, self._erase_batch)

    def _erase_batch(self, batch):
        # Another worker may be at them, or somebody may have taken them back.
        batch = batch.try_lock_for_update()
        self._erase(batch.filtered_domain(self._get_due_domain()))

    # ------------------------------------------------------------------
    # Who is due
    # ------------------------------------------------------------------

    def _find_due(self):
        applicants = self.env["hr.applicant"].with_context(active_test=False)
        return applicants.search(self._get_due_domain(), order="id")

    def _get_due_domain(self):
        companies = self.env["res.company"].search([("sales_applicant_months", ">", 0)])
        due = [
            Domain("company_id", "=", company.id)
            & self._get_refused_domain(company.sales_applicant_months)
            for company in companies
        ]
        if companies:
            # Whoever applied to no company in particular stays as long as anybody.
            longest = max(companies.mapped("sales_applicant_months"))
            due.append(
                Domain("company_id", "=", False) & self._get_refused_domain(longest)
            )
        return Domain.OR(due) & Domain(
            [
                ("employee_id", "=", False),
                ("date_closed", "=", False),
                ("talent_pool_ids", "=", False),
                ("pool_applicant_id", "=", False),
            ]
        )

    def _get_refused_domain(self, months):
        limit = fields.Datetime.now() - relativedelta(months=months)
        refused = Domain("refuse_reason_id", "!=", False)
        told = Domain("refuse_date", "!=", False)
        return (refused & Domain("refuse_date", "<", limit)) | (
            # Archived without a reason: since nobody touched them
            Domain("active", "=", False)
            & ~(refused & told)
            & Domain("write_date", "<", limit)
        )

    # ------------------------------------------------------------------
    # What is erased
    # ------------------------------------------------------------------

    def _erase(self, applicants):
        """Erase applications with messages, attachments, answers, interviews, checks,
        meetings, and contacts that exist only for them."""
        contacts = self._find_own_contacts(applicants)
        self._find_meetings(applicants).unlink()
        applicants.response_ids.unlink()
        applicants.unlink()
        for contact in contacts.exists():
            self._erase_contact(contact)

    def _find_meetings(self, applicants):
        return (
            self.env["calendar.event"]
            .with_context(active_test=False)
            .search(
                Domain("applicant_id", "in", applicants.ids)
                | (
                    Domain("res_model", "=", applicants._name)
                    & Domain("res_id", "in", applicants.ids)
                )
            )
        )

    def _find_own_contacts(self, applicants):
        """:return: contacts that were made for these applications"""
        made = [
            applicant.partner_id.id
            for applicant in applicants
            if applicant.partner_id.create_date
            and applicant.partner_id.create_date >= applicant.create_date
        ]
        contacts = applicants.partner_id.browse(made).with_context(active_test=False)
        used = self._find_users(contacts, applicants)
        return contacts.filtered(
            lambda contact: not (
                contact.is_company
                or contact.user_ids
                or contact.child_ids
                or contact.customer_rank
                or contact.supplier_rank
            )
        ) - contacts.browse(used)

    def _find_users(self, contacts, applicants):
        """:return: ids of contacts that somebody else refers to"""
        used = set()
        for model, name in (
            ("hr.applicant", "partner_id"),
            ("hr.employee", "work_contact_id"),
            ("crm.lead", "partner_id"),
            ("sale.order", "partner_id"),
            ("account.move", "partner_id"),
        ):
            domain = [(name, "in", contacts.ids)]
            if model == applicants._name:
                domain.append(("id", "not in", applicants.ids))
            records = self.env[model].with_context(active_test=False)
            groups = records._read_group(domain, [name])
            used.update(partner.id for [partner] in groups)
        return list(used)

    def _erase_contact(self, contact):
        try:
            with self.env.cr.savepoint():
                contact.unlink()
        except (IntegrityError, UserError):
            # Something else needs the contact, so it is not only the applicant's.
            self.env.invalidate_all()
