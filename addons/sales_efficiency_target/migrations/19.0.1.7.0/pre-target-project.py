# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.addons.sales_efficiency_base.tools import hand_over

OLD = "sales_efficiency_target"


def migrate(cr, version):
    """Move projects and their milestones to their own add-on."""
    hand_over(
        cr,
        OLD,
        "sales_efficiency_target_project",
        version,
        models=r"sales\.project\.demo",
        fields={
            "crm.lead": "sales_project_id",
            "project.milestone": ".*",
            "project.project": "sales_.*",
            r"sales\..*": "project_(id|date)|milestone_.*|next_(milestone_id|deadline)",
        },
        records="|".join(
            (
                "(access_)?project_milestone_.*",
                "(menu_)?sales_target_project(_menu)?",
                "crm_lead_view_.*",
                "ir_cron_milestones(_ir_actions_server)?",
                "model_inherit__project_milestone__.*",
                "project_project_view_form",
                "sale_order_view_form",
                "sales_fact_view_(list|search)",
                "sales_target_(view_form|result_(action|view_(kanban|list)))_project",
            )
        ),
    )
