# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from hashlib import sha256
from secrets import token_urlsafe

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import consteq

from ..engine import AnswerMails


class SalesAnswerMixin(models.AbstractModel):
    """A record that somebody without a login answers once, by a link in an e-mail.

    The link holds a random token, of which only a hash is stored: whoever reads the
    database cannot answer. Fetching the page changes nothing, so that scanners of mail
    and previews of links do no harm; only what a person sends by the form counts.

    A model names itself (``_answer_kind``) and its questions (``_answer_template``),
    says whom it asks and about what, and saves what it is told (``_save_answer``).
    """

    _name = "sales.answer.mixin"
    _inherit = "sales.guard.mixin"
    _description = "Answer without Login"
    # Part of the address of the page
    _answer_kind = None
    # The template of the questions, inside the form of the page
    _answer_template = None

    company_id = fields.Many2one(comodel_name="res.company", required=True, index=True)
    answer_partner_id = fields.Many2one(
        comodel_name="res.partner",
        string="Customer",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
    )
    answer_state = fields.Selection(
        selection=[("waiting", "Open"), ("asked", "Asked"), ("answered", "Answered")],
        string="Status",
        default="waiting",
        required=True,
        readonly=True,
        copy=False,
    )
    answer_deadline = fields.Date(string="Deadline", readonly=True)
    answer_hash = fields.Char(groups=fields.NO_ACCESS, copy=False)
    answer_mail_id = fields.Many2one(
        comodel_name="mail.mail",
        groups=fields.NO_ACCESS,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
    )

    # ------------------------------------------------------------------
    # What each model says
    # ------------------------------------------------------------------

    def _get_answer_title(self):
        """:return: what the page and its link in the e-mail are about"""
        raise NotImplementedError

    def _get_answer_subject(self):
        """:return: subject of the e-mail that asks for answers, one or several"""
        raise NotImplementedError

    def _get_answer_values(self):
        """:return: dict of values for the template of the questions"""
        return {}

    def _save_answer(self, values):
        """Save what the customer has sent.

        :param dict values: name of an input -> text
        :raise UserError: if something is missing; the page shows the message
        """
        raise NotImplementedError

    # ------------------------------------------------------------------
    # Answering
    # ------------------------------------------------------------------

    @api.model
    def _find_answer(self, kind, record_id, token):
        """:return: the record that a link leads to, as superuser, or none"""
        # sudo: the token gives access to this one record.
        model = self.sudo()._get_answer_model(kind)
        if model is None:
            return self.browse()
        record = model.browse(record_id).exists()
        stored = record.answer_hash or ""
        return record if consteq(stored, self._hash_token(token)) else model.browse()

    @api.model
    def _get_answer_model(self, kind):
        """:return: the model whose records are answered at an address, or None"""
        return next(
            (
                self.env[name]
                for name in self.pool.descendants([self._name], "_inherit")
                if kind and self.env[name]._answer_kind == kind
            ),
            None,
        )

    def _is_open_for_answer(self):
        self.ensure_one()
        return self.answer_state != "answered" and not self._is_answer_late()

    def _is_answer_late(self):
        today = self.company_id._get_sales_today()
        return bool(self.answer_deadline) and self.answer_deadline < today

    def _answer(self, values):
        """Take an answer, once.

        :param dict values: what the customer has sent
        :return: whether it counts: not if it was answered already or is too late
        """
        self.ensure_one()
        # Two clicks, or two people with one link, are two transactions.
        if not self.try_lock_for_update(allow_referencing=True):
            return False
        self.invalidate_recordset()
        if not self._is_open_for_answer():
            return False
        self._save_answer(values)
        self.answer_state = "answered"
        return True

    # ------------------------------------------------------------------
    # Asking
    # ------------------------------------------------------------------

    @api.model
    def _cron_ask(self):
        AnswerMails(self).send_all()

    @api.model
    def _get_to_ask_domain(self):
        """:return: the records whose customers are still to be asked"""
        return Domain("answer_state", "=", "waiting") & Domain(
            "answer_partner_id", "!=", False
        )

    def _issue_link(self):
        """:return: the address of the page; earlier links are void"""
        self.ensure_one()
        token = token_urlsafe(32)
        self.write({"answer_hash": self._hash_token(token), "answer_state": "asked"})
        base_url = self.get_base_url()
        return f"{base_url}/sales/answer/{self._answer_kind}/{self.id}/{token}"

    @api.model
    def _hash_token(self, token):
        return sha256(token.encode()).hexdigest()

    @api.ondelete(at_uninstall=False)
    def _unlink_mails(self):
        """Do not ask what nobody can answer any more."""
        # sudo: e-mails are read by administrators alone.
        self.sudo().answer_mail_id.unlink()
