# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
{
    "name": "Sales Efficiency: Email Marketing",
    "summary": "Mailings sent, opened and clicked as sales figures",
    "version": "19.0.1.0.0",
    "category": "Sales/Sales",
    "author": "Sales Efficiency Contributors",
    "license": "AGPL-3",
    "depends": ["mass_mailing", "sales_efficiency_analytics"],
    "auto_install": ["mass_mailing", "sales_efficiency_analytics"],
    "data": ["data/sales_metric_mailing_data.xml"],
}
