# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from dateutil.relativedelta import relativedelta

from odoo import Command, api, models

from odoo.addons.sales_efficiency_base.demo import enter_demo
from odoo.addons.sales_efficiency_base.demo.demo_company import COMPANY
from odoo.addons.sales_efficiency_base.tools import Period


class SalesAppraisalDemo(models.AbstractModel):
    """Appraises the demo company: the quarter before the last one is told and closed,
    the last one is rated."""

    _name = "sales.appraisal.demo"
    _description = "Appraisal Demo Data"

    @api.model
    def _load(self):
        if not self.env.ref(COMPANY, raise_if_not_found=False):
            return  # A database of an earlier version, in whose demo people work
        demo = enter_demo(self, tracking_disable=True)
        if demo.env["sales.appraisal.cycle"].search_count([], limit=1):
            return  # Odoo can load demo data repeatedly
        demo._load_leader_template()
        company = demo.env.company
        this_quarter = Period.quarter(company._get_sales_today(), company)
        former, last = (
            demo.env["sales.appraisal.cycle"].create(
                {
                    "company_id": company.id,
                    "rhythm": "quarter",
                    "date_from": this_quarter.start - relativedelta(months=months),
                }
            )
            for months in (6, 3)
        )
        demo._close(former)
        last.action_start_rating()
        demo._rate(last, share=0.6)

    def _load_leader_template(self):
        """Leaders are measured by their teams."""
        leaders = self._get_leader_jobs()
        if not leaders:
            return
        ready = self.env.ref("sales_efficiency_team.sales_appraisal_template_person")
        template = ready.copy({"name": self.env._("Team Leader")})
        # First: the weights of what reports rate are checked with their part.
        template.criterion_ids.filtered("for_superior").for_report = True
        template.write(
            {
                "company_id": self.env.company.id,
                "job_ids": [Command.set(leaders.ids)],
                "active": True,
                "part_ids": [
                    Command.clear(),
                    *(
                        Command.create({"kind": kind, "weight": weight})
                        for kind, weight in (
                            ("kpi", 60),
                            ("superior", 25),
                            ("report", 15),
                            ("self", 0),
                        )
                    ),
                ],
            }
        )
        template.kpi_ids.measures = "team"

    def _get_leader_jobs(self):
        """:return: the jobs of those who lead a team, if nobody else has them"""
        employees = self.env["hr.employee"].search(
            [("company_id", "=", self.env.company.id), ("user_id", "!=", False)]
        )
        is_leader = employees.filtered("user_id.sales_led_team_ids")
        return is_leader.job_id - (employees - is_leader).job_id

    def _close(self, cycle):
        cycle.action_start_rating()
        self._rate(cycle)
        cycle.action_calibrate()
        cycle.action_tell()
        self._tell(cycle)
        cycle.action_close()
