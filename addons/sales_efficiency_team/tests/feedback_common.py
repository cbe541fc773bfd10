# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.fields import Command

from .appraisal_common import SalesAppraisalCommon


class SalesFeedbackCommon(SalesAppraisalCommon):
    """The third quarter of 2026 is calibrated, and everybody is to be told.

    The salesperson has sold 800 of 1,000 (grade C), the colleague 400 (grade D). The
    day is 15 October 2026, see ``freeze_time`` of the test cases.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.hr_manager.company_ids = cls.company
        # Whoever else is a director of the database would judge, too.
        others = cls.company._get_sales_directors() - cls.director
        group = cls.env.ref("sales_efficiency_base.group_sales_director")
        others.group_ids -= group
        managers = cls.company._get_hr_managers() - cls.hr_manager
        managers.group_ids -= cls.env.ref("hr.group_hr_manager")
        # Whatever the database has made of the grades
        grades = "sales_efficiency_team.sales_appraisal_grade_"
        cls.env.ref(f"{grades}a").is_excellent = True
        cls.env.ref(f"{grades}d").needs_plan = True
        cls._sell_in_quarter(800)
        cls._sell_in_quarter(400, cls.colleague)
        cls.cycle = cls._bring_to(cls._create_cycle(), "told")
        cls.appraisal, cls.low = (
            cls.cycle.appraisal_ids.filtered(lambda a, user=user: a.user_id == user)
            for user in (cls.salesperson, cls.colleague)
        )
        cls.talk = cls.appraisal.talk_ids
        cls.env["mail.activity"].flush_model()

    @classmethod
    def _tell(cls, appraisal=None, user=None):
        """Have somebody told, by default the salesperson by the leader."""
        appraisal = appraisal or cls.appraisal
        appraisal.with_user(user or cls.leader).action_tell()
        cls.env.invalidate_all()
        return appraisal.with_user(appraisal.user_id)

    def _object(self, appraisal=None, reason="An order is missing"):
        """Have the salesperson told and object."""
        mine = self._tell(appraisal)
        objection = self.env["sales.appraisal.objection"].with_user(mine.env.user)
        return objection.create({"appraisal_id": mine.id, "reason": reason}).sudo()

    def _get_to_dos(self, record, user):
        """:return: the open to-dos of somebody on a record"""
        self.env.flush_all()
        return self.env["mail.activity"].search(
            [
                ("res_model", "=", record._name),
                ("res_id", "in", record.ids),
                ("user_id", "=", user.id),
            ]
        )

    def _run(self, name):
        with self.enter_registry_test_mode():
            self.env.ref(f"sales_efficiency_team.{name}").method_direct_trigger()
        self.env.invalidate_all()

    # ------------------------------------------------------------------
    # Improvement plans
    # ------------------------------------------------------------------

    def _propose(self):
        """Have the colleague told, and so a plan proposed: 1,000 in three months."""
        self._tell(self.low)
        return self.low.improvement_plan_ids

    def _offer(self, plan=None, **values):
        """Have a plan approved."""
        plan = plan or self._propose()
        plan.with_user(self.leader).write(values)
        plan.with_user(self.leader).action_submit()
        self.env.invalidate_all()
        plan.with_user(self.director)._validate_tier()
        self.env.invalidate_all()
        return plan

    def _begin(self, plan=None, **values):
        """Have a plan approved and accepted."""
        plan = self._offer(plan, **values)
        plan.with_user(plan.user_id).action_accept()
        self.env.invalidate_all()
        return plan

    def _create_plan(self, user, *goals, **values):
        """Create a plan without appraisal.

        :param goals: pairs of metric and value to reach
        """
        return self.env["sales.improvement.plan"].create(
            {
                "company_id": self.company.id,
                "user_id": user.id,
                "goal_ids": [
                    Command.create({"metric_id": metric.id, "target": target})
                    for metric, target in goals
                ],
                **values,
            }
        )
