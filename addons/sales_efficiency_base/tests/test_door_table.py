# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.tests import tagged

from . import door_table


@tagged("post_install", "-at_install")
class TestDoorTable(door_table.DoorTableCommon):
    addon = "sales_efficiency_base"
    # Attribution of sales, and settings, but no amounts
    open_fields = {
        "account.move": {"sales_region_id", "sales_channel_id"},
        "res.company": {
            "sales_action_effect_weeks",
            "sales_alert_digest",
            "sales_tz",
        },
        "res.partner": {"sales_region_id", "sales_region_manual", "sales_channel_id"},
        "res.users": {
            "sales_led_team_ids",
            "sales_region_id",
            "sales_region_manual",
            "sales_channel_id",
        },
        "sale.order": {
            "sales_region_id",
            "sales_channel_id",
            "can_edit_sales_credit",
        },
    }
