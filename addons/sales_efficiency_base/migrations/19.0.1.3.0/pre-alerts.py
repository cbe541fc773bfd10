# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tools import SQL
from odoo.tools.sql import column_exists, table_exists

from odoo.addons.sales_efficiency_base.tools import hand_over

OLD, NEW = "sales_efficiency_target", "sales_efficiency_base"
PEOPLE = "create_uid|write_uid"


def migrate(cr, version):
    """Take over warnings and action items, which were those of targets alone."""
    if not table_exists(cr, "sales_alert"):
        return
    hand_over(
        cr,
        OLD,
        NEW,
        version,
        fields={
            r"sales\.action": f"alert_id|company_id|user_id|{PEOPLE}",
            r"sales\.alert": "rule_id|company_id|metric_id|responsible_id|leader_id"
            f"|director_id|escalated_id|answered_by_id|key|to_tell|{PEOPLE}",
            r"sales\.alert\.event": f"alert_id|user_id|{PEOPLE}",
            r"sales\.alert\.rule": "company_id|escalate_days_positive|somebody_is_told"
            f"|{PEOPLE}",
        },
        records="|".join(
            (
                "access_sales_(action|alert|alert_event|alert_rule)_(person|director)",
                "ir_cron_(alerts|alert_digest)(_ir_actions_server)?",
                "mail_activity_type_(action|alert)",
                "menu_sales_target_follow_up",
                "sales_action_(comp_rule|rule_(own|team|all))",
                "sales_alert_(comp_rule|rule_(comp_rule|own|team|all))",
                "sales_alert_digest",
                "sales_alert_event_(comp_rule|rule_(own|team|all))",
                "sales_(action|alert|alert_rule)_(action|menu|view_.*)",
            )
        ),
    )
    cr.execute(
        SQL(
            """
            UPDATE ir_model_data SET name = 'menu_sales_efficiency_follow_up'
             WHERE module = %s AND name = 'menu_sales_target_follow_up'
            """,
            NEW,
        )
    )
    _name_subjects(cr)
    _keep_digests(cr)


def _name_subjects(cr):
    """Say of the warnings that are there what they are about: they may be about any
    record now. Their action items are measured by their metric."""
    if column_exists(cr, "sales_alert", "res_model"):
        return
    cr.execute(
        """
        ALTER TABLE sales_alert_rule ADD COLUMN kind varchar;
        UPDATE sales_alert_rule SET kind = 'target';
        ALTER TABLE sales_alert
          ADD COLUMN res_model varchar,
          ADD COLUMN res_id integer,
          ADD COLUMN occasion varchar;
        UPDATE sales_alert
           SET res_model = 'sales.target',
               res_id = target_id,
               occasion = concat(period, ' ', date_from);
        ALTER TABLE sales_action ADD COLUMN metric_id integer;
        UPDATE sales_action i SET metric_id = a.metric_id
          FROM sales_alert a WHERE a.id = i.alert_id
        """
    )


def _keep_digests(cr):
    """Let the job of digests call the model that sends them now, as often as before."""
    cr.execute(
        SQL(
            """
            UPDATE ir_act_server s
               SET model_id = m.id,
                   code = 'model._cron_send_digests()'
              FROM ir_model m, ir_cron c, ir_model_data d
             WHERE m.model = 'sales.alert' AND s.id = c.ir_actions_server_id
               AND c.id = d.res_id AND d.model = 'ir.cron'
               AND d.module = %s AND d.name = 'ir_cron_alert_digest'
            """,
            NEW,
        )
    )
