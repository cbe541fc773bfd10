# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
{
    "name": "Sales Efficiency: Reviews",
    "summary": "Report on the week, and meet about the month",
    "version": "19.0.1.11.0",
    "category": "Sales/Sales",
    "author": "Sales Efficiency Contributors",
    "license": "AGPL-3",
    "depends": ["sales_efficiency_target"],
    "data": [
        "security/ir.model.access.csv",
        "security/sales_meeting_rules.xml",
        "security/sales_weekly_report_rules.xml",
        "data/ir_cron_data.xml",
        "data/mail_template_data.xml",
        "data/sales_metric_data.xml",
        "reports/sales_meeting_report.xml",
        "data/sales_meeting_data.xml",
        "wizards/sales_meeting_plan_views.xml",
        "views/res_config_settings_views.xml",
        "views/sales_action_views.xml",
        "views/sales_meeting_line_views.xml",
        "views/sales_meeting_views.xml",
        "views/sales_weekly_report_line_views.xml",
        "views/sales_weekly_report_views.xml",
        "views/sales_review_menus.xml",
    ],
    "assets": {
        "web.assets_backend": ["sales_efficiency_review/static/src/**/*"],
        "web.assets_tests": ["sales_efficiency_review/static/tests/tours/**/*"],
    },
    "demo": [
        "demo/sales_weekly_report_demo.xml",
        "demo/sales_meeting_demo.xml",
    ],
    "uninstall_hook": "uninstall_hook",
}
