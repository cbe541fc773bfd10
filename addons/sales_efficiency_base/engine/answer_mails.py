# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import SUPERUSER_ID
from odoo.fields import Domain
from odoo.tools import formataddr, hash_sign, split_every

from ..tools import each_alone

# Customers in one transaction
BATCH = 100
OPT_OUT = "sales_efficiency_base.answer_opt_out"


class AnswerMails:
    """Asks customers by e-mail: each gets one with all that they are asked.

    A batch of customers is a transaction: token, status and e-mail are saved together
    or not at all. So a job that is killed and starts again asks nobody twice.

    :param model: a model that inherits ``sales.answer.mixin``
    """

    def __init__(self, model):
        # Whoever creates a message may read it, and with it the link.
        self._model = model.with_user(SUPERUSER_ID)
        self._env = self._model.env

    def send_all(self):
        batches = self._get_batches()
        each_alone(self._env, batches, lambda batch: self._send(*batch))

    def _get_batches(self):
        """:return: list of (company, customers to ask)"""
        partners = self._env["res.partner"]
        waiting = self._model._read_group(
            self._model._get_to_ask_domain(),
            ["company_id"],
            ["answer_partner_id:array_agg"],
        )
        return [
            (company, partners.browse(ids))
            for company, found in waiting
            for ids in split_every(BATCH, sorted(set(found)))
        ]

    def _send(self, company, partners):
        """Ask the customers for all answers that wait for them."""
        records = self._model.search(
            self._model._get_to_ask_domain()
            & Domain("company_id", "=", company.id)
            & Domain("answer_partner_id", "in", partners.ids),
            order="id",
        )
        records = records.try_lock_for_update(allow_referencing=True).filtered(
            lambda record: record._is_open_for_answer()
        )
        asked = self._env["sales.answer.contact"]._claim(
            company, records.answer_partner_id
        )
        groups = records.filtered(
            lambda record: record.answer_partner_id in asked
        ).grouped(lambda record: record.answer_partner_id.email_normalized)
        mails = self._env["mail.mail"].create(
            [self._prepare(company, email, some) for email, some in groups.items()]
        )
        for mail, some in zip(mails, groups.values(), strict=True):
            some.answer_mail_id = mail

    def _prepare(self, company, email, records):
        """:return: the values of an e-mail with a link to each of the records"""
        partner = records[0].answer_partner_id
        records = records.with_context(lang=partner.lang)
        base_url = records.browse().get_base_url()
        token = hash_sign(self._env, OPT_OUT, [company.id, email])
        body = records.env["ir.qweb"]._render(
            "sales_efficiency_base.sales_answer_mail",
            {
                "company": company,
                "partner": partner,
                "links": [
                    (record._get_answer_title(), record._issue_link())
                    for record in records
                ],
                "deadline": records[0].answer_deadline,
                "opt_out_url": f"{base_url}/sales/answer/stop/{token}",
            },
        )
        return {
            "subject": records[0]._get_answer_subject(),
            "body_html": body,
            "email_from": company.email_formatted or self._env.user.email_formatted,
            "email_to": formataddr((partner.name or "", email)),
            "author_id": self._env.user.partner_id.id,
            "auto_delete": True,
        }
