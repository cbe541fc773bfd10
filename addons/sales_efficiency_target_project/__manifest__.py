# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
{
    "name": "Sales Efficiency: Project Targets",
    "summary": "Set sales targets of major projects, and follow their milestones",
    "version": "19.0.1.10.0",
    "category": "Sales/Sales",
    "author": "Sales Efficiency Contributors",
    "license": "AGPL-3",
    "depends": ["sale_project", "sales_efficiency_target"],
    "auto_install": True,
    "data": [
        "security/ir.model.access.csv",
        "data/ir_cron_data.xml",
        "wizards/sales_target_cascade_views.xml",
        "views/crm_lead_views.xml",
        "views/project_milestone_views.xml",
        "views/project_project_views.xml",
        "views/sale_order_views.xml",
        "views/sales_fact_views.xml",
        "views/sales_target_project_views.xml",
        "views/sales_target_project_menus.xml",
    ],
    "assets": {
        "web.assets_backend": ["sales_efficiency_target_project/static/src/**/*"],
        "web.assets_tests": [
            "sales_efficiency_target_project/static/tests/tours/**/*",
        ],
    },
    "demo": ["demo/sales_project_demo.xml"],
    "post_init_hook": "post_init_hook",
    "uninstall_hook": "uninstall_hook",
}
