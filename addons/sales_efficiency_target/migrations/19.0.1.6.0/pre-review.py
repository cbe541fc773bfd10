# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.addons.sales_efficiency_base.tools import hand_over

OLD = "sales_efficiency_target"


def migrate(cr, version):
    """Move weekly reports and meetings to their own add-on."""
    settings = "sales_(weekly_.*|meeting_share_pack)"
    hand_over(
        cr,
        OLD,
        "sales_efficiency_review",
        version,
        models=r"sales\.(meeting|weekly\.report)(\..*)?",
        fields={
            "calendar.event": "sales_meeting_ids",
            "res.company": settings,
            "res.config.settings": settings,
            "sales.action": "meeting_id|carried_count",
        },
        records="|".join(
            (
                "(access_)?sales_(meeting|weekly_report)_.*",
                "ir_cron_(meetings|weekly_reports)(_ir_actions_server)?",
                "mail_template_(minutes|weekly_report_.*)",
                "sales_action_rule_meeting(_team)?",
                "sales_metric_weekly_reports_on_time",
            )
        ),
    )
