# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models
from odoo.exceptions import AccessError
from odoo.tools import SQL


class BasePartnerMergeAutomaticWizard(models.TransientModel):
    _inherit = "base.partner.merge.automatic.wizard"

    def _merge(self, partner_ids, dst_partner=None, extra_checks=True):
        """Duplicates that were found may be merged whatever their e-mails; leaders
        merge nothing else, unless they may manage all contacts."""
        found = self.env["sales.customer.duplicate"]
        if found._covers(partner_ids):
            extra_checks = False
        elif not self.env.su and not self.env.user.has_group(
            "base.group_partner_manager"
        ):
            raise AccessError(
                self.env._(
                    "You can merge customers of yours and of your team that are found"
                    " to be duplicates."
                )
            )
        res = super()._merge(partner_ids, dst_partner, extra_checks)
        found._forget_merged()
        return res

    def _update_foreign_keys(self, src_partners, dst_partner):
        """Join the records of customers first: Odoo updates them by plain SQL, and
        deletes what then breaks a constraint."""
        self._merge_sales_records(src_partners.ids, dst_partner)
        self._forget_empty_classes(src_partners | dst_partner)
        return super()._update_foreign_keys(src_partners, dst_partner)

    def _update_values(self, src_partners, dst_partner):
        """Leave all to the commercial partner, which is known by now."""
        res = super()._update_values(src_partners, dst_partner)
        customer = dst_partner.commercial_partner_id
        if customer != dst_partner:
            self._merge_sales_records(dst_partner.ids, customer)
        return res

    def _merge_sales_records(self, src_ids, dst_partner):
        """Call ``_merge_partners`` of all models that have records of customers."""
        for name, model in self.env.registry.items():
            if hasattr(model, "_merge_partners") and not model._abstract:
                # sudo: users who merge contacts may lack access to these records.
                self.env[name].sudo()._merge_partners(src_ids, dst_partner)

    @api.model
    def _forget_empty_classes(self, partners):
        """Let empty values count as none, so that Odoo takes those of the others."""
        partners.flush_recordset(["sales_class_id"])
        self.env.cr.execute(
            SQL(
                "UPDATE res_partner"
                " SET sales_class_id = jsonb_strip_nulls(sales_class_id)"
                " WHERE id = ANY(%s) AND sales_class_id IS NOT NULL",
                partners.ids,
            )
        )
        partners.invalidate_recordset(["sales_class_id"])
