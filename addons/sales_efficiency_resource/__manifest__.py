# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
{
    "name": "Sales Efficiency: Customers and Channels",
    "summary": "Grade customers, keep in touch with them, and develop sales channels",
    "version": "19.0.1.0.0",
    "category": "Sales/Sales",
    "author": "Sales Efficiency Contributors",
    "license": "AGPL-3",
    "depends": ["sales_efficiency_target"],
    "data": [
        "security/ir.model.access.csv",
        "security/sales_customer_class_rules.xml",
        "security/sales_channel_member_rules.xml",
        "views/sales_resource_menus.xml",
        "views/res_partner_views.xml",
    ],
    "uninstall_hook": "uninstall_hook",
}
