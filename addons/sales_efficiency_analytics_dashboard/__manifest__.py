# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
{
    "name": "Sales Efficiency: Dashboard",
    "summary": "A spreadsheet dashboard for the sales director",
    "version": "19.0.1.0.0",
    "category": "Sales/Sales",
    "author": "Sales Efficiency Contributors",
    "license": "AGPL-3",
    "depends": ["sales_efficiency_analytics", "spreadsheet_dashboard"],
    "auto_install": True,
    "data": [
        "data/spreadsheet_dashboard_data.xml",
        "views/spreadsheet_dashboard_menus.xml",
    ],
}
