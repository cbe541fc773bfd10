# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.addons.sales_efficiency_base.tools import release_records

from .engine.funnel import StageTriggers


def uninstall_hook(env):
    """Remove triggers, and release references between records, so that Odoo can delete
    them in any order."""
    StageTriggers(env.cr).drop()
    keep_sources(env)
    release_records(env, "sales_efficiency_process")


def keep_sources(env):
    """Have those ready sources stay that people gave to leads, orders and invoices."""
    ready = env["ir.model.data"].search(
        [("module", "=", "sales_efficiency_process"), ("model", "=", "utm.source")]
    )
    domain = [("source_id", "in", ready.mapped("res_id"))]
    used = set()
    for model in ("crm.lead", "sale.order", "account.move"):
        documents = env[model].with_context(active_test=False)
        groups = documents._read_group(domain, ["source_id"])
        used.update(source.id for [source] in groups)
    ready.filtered(lambda known: known.res_id in used).unlink()
