# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from dateutil.relativedelta import relativedelta

from odoo import models

# Who objects to the appraisal
OBJECTS = "eric"


class SalesAppraisalDemo(models.AbstractModel):
    """Superiors tell their people; somebody objects, and whoever was last improves."""

    _inherit = "sales.appraisal.demo"

    def _tell(self, cycle):
        """Have everybody told in a talk, and most of them agree."""
        objector = self.env.ref(f"sales_efficiency_base.user_{OBJECTS}_demo")
        for appraisal in cycle.appraisal_ids:
            talk = appraisal.talk_ids
            self._prepare_talk(talk)
            talk.with_user(talk.holder_id).action_tell()
            mine = appraisal.with_user(appraisal.user_id)
            if appraisal.user_id == objector:
                self._object(mine)
            elif appraisal.user_id != appraisal.superior_id:
                mine.action_acknowledge()
        last = cycle.appraisal_ids.filtered("is_scored").sorted("score")
        self._improve((last - last.filtered(lambda a: a.user_id == objector))[:1])

    def _prepare_talk(self, talk):
        env = self.env
        best = talk.strength_ids[:1].name
        gap = talk.gap_ids[:1].name
        talk.write(
            {
                "strengths": best
                and env._("%s: keep at it, and show the others how.", best),
                "improvements": gap
                and env._("%s: fewer visits, but better prepared ones.", gap),
            }
        )

    def _object(self, mine):
        self.env["sales.appraisal.objection"].with_user(mine.env.user).create(
            {
                "appraisal_id": mine.id,
                "reason": self.env._(
                    "One of my customers was given to a colleague in the middle of the"
                    " quarter. Without that I would have reached the target."
                ),
            }
        )

    def _improve(self, appraisal):
        """A plan that runs since a month ago: approved, and accepted."""
        superior = appraisal.superior_id
        plan = appraisal.improvement_plan_ids
        if not plan:
            appraisal.with_user(superior).action_propose_plan()
            plan = appraisal.improvement_plan_ids
        plan = plan.with_user(superior)
        today = self.env.company._get_sales_today()
        plan.write(
            {
                "date_from": today - relativedelta(months=1),
                "note": self.env._(
                    "Too few first meetings. We prepare calls together every Monday,"
                    " and look at the figures every Friday."
                ),
            }
        )
        if not plan.goal_ids:
            metric = self.env.ref("sales_efficiency_base.sales_metric_ordered_amount")
            plan.goal_ids = [(0, 0, {"metric_id": metric.id, "target": 1_000_000})]
        plan.action_submit()
        self.env.invalidate_all()
        director = self.env.ref("sales_efficiency_base.user_grace_demo")
        plan.with_user(director)._validate_tier()
        plan.with_user(plan.user_id).action_accept()
        self.env["sales.action"].with_user(superior).create(
            [
                {
                    "name": name,
                    "improvement_plan_id": plan.id,
                    "user_id": owner.id,
                    "date_deadline": today + timedelta(days=days),
                    "metric_id": plan.goal_ids[:1].metric_id.id,
                }
                for name, owner, days in (
                    (self.env._("Ten first meetings a week"), plan.user_id, 14),
                    (self.env._("Go along to three customers"), superior, 21),
                )
            ]
        )
        plan.action_measure()
