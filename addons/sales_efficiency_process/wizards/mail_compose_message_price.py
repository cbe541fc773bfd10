# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models


class MailComposeMessage(models.TransientModel):
    _inherit = "mail.compose.message"

    def _manage_mail_values(self, mail_values_all):
        """Neither a message nor a mass mail brings a customer a quotation that is held.

        Notes for the house go on.
        """
        values = super()._manage_mail_values(mail_values_all)
        if self.model != "sale.order" or self._is_for_house(values):
            return values
        orders = self.env["sale.order"].browse(values)
        shown = orders._filter_price_shown()
        if orders._acts_for_company() and not self._is_mass_mailing():
            shown._pass_price_gate()
            return values
        held = shown._filter_price_held()
        return {id_: own for id_, own in values.items() if id_ not in held._ids}

    def _is_for_house(self, mail_values_all):
        """:return: whether these are notes that no customer receives"""
        ids = {
            id_
            for values in mail_values_all.values()
            for id_ in values.get("partner_ids") or ()
        }
        return (
            self.composition_mode == "comment"
            and self.subtype_is_log
            and not any(self.env["res.partner"].browse(ids).mapped("partner_share"))
        )

    def _is_mass_mailing(self):
        """:return: whether a job of e-mail marketing sends to many, of which it leaves
        some out"""
        return bool("mass_mailing_id" in self._fields and self["mass_mailing_id"])
