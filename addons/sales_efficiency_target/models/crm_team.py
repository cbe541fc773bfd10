# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models


class CrmTeam(models.Model):
    _name = "crm.team"
    _inherit = [
        "crm.team",
        "sales.target.progress.mixin",
        "sales.target.tree.mixin",
    ]
    _sales_target_dimension = "team_id"
