# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import SUPERUSER_ID, api


def migrate(cr, version):
    """Leave the approval rules of other companies to their directors."""
    env = api.Environment(cr, SUPERUSER_ID, {})
    rule = env.ref(
        "sales_efficiency_base.tier_definition_rule_director", raise_if_not_found=False
    )
    if rule:
        rule.domain_force = (
            "[('model', '=like', 'sales.%'),"
            " ('company_id', 'in', company_ids + [False])]"
        )
