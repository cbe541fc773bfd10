# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
{
    "name": "Sales Efficiency: Foundation",
    "summary": "Scopes, periods, metrics and the sales data mart",
    "version": "19.0.1.0.0",
    "category": "Sales/Sales",
    "author": "Sales Efficiency Contributors",
    "license": "AGPL-3",
    "application": True,
    "depends": [
        "base_tier_validation",
        "hr",
        "sale_crm",
        "sale_management",
        "sale_margin",
    ],
    "data": [
        "security/sales_efficiency_groups.xml",
        "security/ir.model.access.csv",
        "security/sales_efficiency_rules.xml",
        "data/ir_cron_data.xml",
        "data/mail_activity_type_data.xml",
        "data/sales_mart_source_data.xml",
        "views/sales_fact_views.xml",
        "views/sales_history_line_views.xml",
        "views/sales_mart_reconciliation_views.xml",
        "views/sales_mart_source_views.xml",
    ],
    "post_init_hook": "post_init_hook",
    "uninstall_hook": "uninstall_hook",
}
