# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
{
    "name": "Sales Efficiency: Incentives of Channel Members",
    "summary": "Pay incentives for what channel members, such as agents, bring",
    "version": "19.0.1.0.0",
    "category": "Sales/Sales",
    "author": "Sales Efficiency Contributors",
    "license": "AGPL-3",
    "depends": ["sales_efficiency_incentive", "sales_efficiency_resource"],
    "auto_install": True,
    "data": [
        "security/sales_channel_member_rules.xml",
        "views/sales_incentive_assignment_views.xml",
        "views/sales_incentive_plan_views.xml",
        "views/sales_incentive_rule_views.xml",
    ],
}
