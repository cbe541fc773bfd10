# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
{
    "name": "Sales Efficiency: Contract with Targets",
    "summary": "Targets of what the contract add-on brings; for tests only",
    "version": "19.0.1.0.0",
    "category": "Hidden",
    "author": "Sales Efficiency Contributors",
    "license": "AGPL-3",
    "depends": ["sales_efficiency_contract", "sales_efficiency_target"],
    "auto_install": True,
    "data": ["views/sales_target_views.xml"],
    "assets": {
        "web.assets_tests": [
            "sales_efficiency_contract_target/static/tests/tours/**/*"
        ],
    },
}
