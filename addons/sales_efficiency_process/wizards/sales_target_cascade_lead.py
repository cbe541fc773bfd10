# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models


class SalesTargetCascade(models.TransientModel):
    _inherit = "sales.target.cascade"

    def _get_candidates_of_utm_source_id(self):
        """Return the sources of leads that the company has had: Odoo makes one for each
        mailing, too."""
        target = self.target_id
        # sudo: which sources there are is no secret.
        groups = (
            self.env["sales.fact"]
            .sudo()
            ._read_group(
                [
                    ("company_id", "=", target.company_id.id),
                    ("event", "in", ("lead", "created")),
                    ("utm_source_id", "not in", [False, target.utm_source_id.id]),
                ],
                ["utm_source_id"],
            )
        )
        sources = target.utm_source_id.browse()
        return sources.union(*(source.sudo(False) for [source] in groups))
