# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
{
    "name": "Sales Efficiency: Contract",
    "summary": "Brings one of each that an add-on can bring; for tests only",
    "version": "19.0.1.0.0",
    "category": "Hidden",
    "author": "Sales Efficiency Contributors",
    "license": "AGPL-3",
    "depends": ["hr_expense", "sales_efficiency_base"],
    "data": [
        "security/ir.model.access.csv",
        "data/sales_metric_data.xml",
        "data/sales_alert_rule_data.xml",
        "views/sales_action_views.xml",
        "views/sales_fact_views.xml",
    ],
    "assets": {
        "web.assets_backend": ["sales_efficiency_contract/static/src/**/*"],
        "web.assets_tests": ["sales_efficiency_contract/static/tests/tours/**/*"],
    },
}
