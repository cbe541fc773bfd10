# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain
from odoo.tools import email_normalize


class SalesAnswerContact(models.Model):
    """An e-mail address that customers are asked at: when last, and whether they want
    to be asked at all. It holds no answers, and does not say what was asked."""

    _name = "sales.answer.contact"
    _inherit = "sales.guard.mixin"
    _description = "Asked Customer"
    _rec_name = "email"
    _order = "email, id"
    _fixed_fields = ("company_id", "email")

    company_id = fields.Many2one(
        comodel_name="res.company",
        required=True,
        default=lambda self: self.env.company,
        index=True,
        ondelete="cascade",
    )
    email = fields.Char(required=True)
    partner_id = fields.Many2one(
        comodel_name="res.partner",
        string="Customer",
        index="btree_not_null",
        ondelete="set null",
    )
    asked_on = fields.Date(string="Last Asked", readonly=True)
    opted_out = fields.Boolean(help="The customer does not want to be asked.")

    _email_uniq = models.UniqueIndex(
        "(company_id, email)", "This address is in the list already."
    )

    @api.model_create_multi
    def create(self, vals_list):
        return super().create(
            [
                {**vals, "email": self._normalize(vals["email"])}
                if vals.get("email")
                else vals
                for vals in vals_list
            ]
        )

    @api.model
    def _normalize(self, email):
        if normalized := email_normalize(email):
            return normalized
        raise ValidationError(self.env._("%s is not an e-mail address.", email))

    @api.model
    def _claim(self, company, partners):
        """Note who is asked today, and leave out whoever must not be.

        Left out are customers without an address, those who have opted out or were
        asked within the pause, and addresses of our own people: a salesperson could
        enter their own to rate themselves. If two jobs claim an address at once, one
        of them fails.

        :return: the customers that may get an e-mail now
        """
        reachable = partners.filtered("email_normalized")
        emails = reachable.mapped("email_normalized")
        today = company._get_sales_today()
        known = self.search(
            Domain("company_id", "=", company.id)
            & (Domain("email", "in", emails) | Domain("partner_id", "in", partners.ids))
        )
        refusing = known.filtered(lambda contact: contact._refuses(today))
        refused = {*refusing.mapped("email"), *self._get_excluded(emails)}
        asked = reachable.filtered(
            lambda partner: (
                partner.email_normalized not in refused
                and partner not in refusing.partner_id
            )
        )
        self._note_asked(company, asked, known, today)
        return asked

    def _refuses(self, today):
        if self.opted_out:
            return True
        pause = timedelta(days=self.company_id.sales_answer_pause_days)
        return bool(self.asked_on) and today < self.asked_on + pause

    @api.model
    def _get_excluded(self, emails):
        """:return: the addresses on Odoo's own blacklist, and of employees"""
        listed = self.env["mail.blacklist"].search([("email", "in", emails)])
        users = self.env["res.users"].search(
            [("partner_id.email_normalized", "in", emails), ("share", "=", False)]
        )
        return {*listed.mapped("email"), *users.partner_id.mapped("email_normalized")}

    @api.model
    def _note_asked(self, company, partners, known, today):
        new = {partner.email_normalized: partner for partner in partners}
        again = known.filtered(lambda contact: contact.email in new)
        again.asked_on = today
        self.create(
            [
                {
                    "company_id": company.id,
                    "email": email,
                    "partner_id": partner.id,
                    "asked_on": today,
                }
                for email, partner in new.items()
                if email not in again.mapped("email")
            ]
        )

    @api.model
    def _opt_out(self, company, email):
        """Ask an address no more."""
        contact = self.search([("company_id", "=", company.id), ("email", "=", email)])
        values = {"company_id": company.id, "email": email}
        (contact or self.create(values)).opted_out = True
