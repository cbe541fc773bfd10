# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
{
    "name": "Sales Efficiency: Targets",
    "summary": "Set sales targets, break them down, and follow them",
    "version": "19.0.1.0.0",
    "category": "Sales/Sales",
    "author": "Sales Efficiency Contributors",
    "license": "AGPL-3",
    "depends": ["sales_efficiency_base"],
    "data": [
        "security/ir.model.access.csv",
        "security/sales_target_rules.xml",
        "data/ir_cron_data.xml",
        "data/tier_definition_data.xml",
        "wizards/sales_target_cascade_views.xml",
        "wizards/sales_target_commitment_views.xml",
        "wizards/sales_target_plan_copy_views.xml",
        "reports/sales_target_report_views.xml",
        "views/crm_team_member_views.xml",
        "views/res_config_settings_views.xml",
        "views/sales_target_distribution_views.xml",
        "views/sales_target_result_views.xml",
        "views/sales_target_adjustment_views.xml",
        "views/sales_target_views.xml",
        "views/sales_target_plan_views.xml",
        "views/sales_target_menus.xml",
    ],
    "assets": {
        "web.assets_backend": ["sales_efficiency_target/static/src/**/*"],
        "web.assets_tests": ["sales_efficiency_target/static/tests/tours/**/*"],
    },
    "demo": ["demo/sales_target_demo.xml"],
}
