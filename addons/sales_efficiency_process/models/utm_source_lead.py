# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models

PREFIX = "sales_efficiency_process.utm_source_"


class UtmSource(models.Model):
    """Ready sources of leads (policy 3.1.2)."""

    _inherit = "utm.source"

    @api.model
    def _load_sales_sources(self):
        """Create the ready sources, unless somebody has deleted them. Those of the same
        names, e.g. of an installation before this one, are taken for them.

        Their names cannot be translated, so they are in the language of the company, or
        in that which is installed beside English.
        """
        codes = [code for code, _name in self.env["res.lang"].get_installed()]
        other = next((code for code in codes if code != "en_US"), "en_US")
        own = self.env.company.partner_id.lang
        sources = self.with_context(lang=own if own and own != "en_US" else other)
        env = sources.env
        names = {
            "online": env._("Online Marketing"),
            "fair": env._("Trade Fair"),
            "referral": env._("Customer Referral"),
            "telemarketing": env._("Telemarketing"),
        }
        there = self.search([("name", "in", list(names.values()))]).grouped("name")
        data = {code: f"{PREFIX}{code}" for code in names}
        self.env["ir.model.data"]._update_xmlids(
            [
                {"xml_id": xml_id, "noupdate": True, "record": there[names[code]]}
                for code, xml_id in data.items()
                if names[code] in there
                and not self.env.ref(xml_id, raise_if_not_found=False)
            ]
        )
        self._load_records(
            [
                {
                    "xml_id": xml_id,
                    "noupdate": True,
                    "values": {"name": names[code]},
                }
                for code, xml_id in data.items()
            ]
        )
