# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.fields import Date, Domain

from odoo.addons.sales_efficiency_target.engine.cockpit import LENGTH, TargetPanel


class Milestones(TargetPanel):
    """Cockpit panel of open milestones, most urgent first.

    Targets and responsible people determine which milestones belong to the panel; the
    access rules of the Project app decide which of them the user may see.
    """

    key = "milestones"

    def get_data(self):
        milestones = self.env["project.milestone"]
        domain = self._get_domain() & Domain("is_reached", "=", False)
        overdue = Domain("deadline", "<", self.choice.plan._get_today())
        late = {"overdue": overdue, "slipped": ~overdue & Domain("sales_delay", ">", 0)}
        shown = milestones.search(domain, limit=LENGTH, order="deadline, id")
        labels = self.get_labels(milestones, "sales_status")["sales_status"]
        return {
            "count": milestones.search_count(domain),
            "domain": list(domain),
            "late": [
                {
                    "id": status,
                    "name": labels[status],
                    "count": milestones.search_count(domain & narrower),
                    "domain": list(domain & narrower),
                }
                for status, narrower in late.items()
            ],
            "rows": [
                {
                    "id": milestone.id,
                    "name": milestone.name,
                    "project": milestone.project_id.display_name,
                    "user": milestone.sales_user_id.name,
                    "deadline": Date.to_string(milestone.deadline),
                    "delay": milestone.sales_delay,
                    "status": milestone.sales_status,
                    "status_name": labels[milestone.sales_status],
                }
                for milestone in shown
            ],
        }

    def _get_domain(self):
        """Return the domain of the milestones of projects with targets in the plan.

        Company: all projects whose targets the user may see. Team or salesperson: the
        projects of which these people are responsible for a target, and milestones
        assigned to them in any project with a target.
        """
        targets = self.env["sales.target"]
        domain = Domain("plan_id", "=", self.choice.plan.id)
        domain &= Domain("project_id", "!=", False)
        if self.choice.scope == "company":
            return Domain("project_id", "in", self._get_projects(targets, domain))
        user = self.env.user
        people = user.ids
        if self.choice.scope == "team":
            led = self.env["res.users"].search([("is_in_led_team", "=", True)])
            people += led.ids
        # sudo: only says which projects have targets; their own rules still apply.
        everywhere = self._get_projects(targets.sudo(), domain)
        theirs = domain & Domain("responsible_id", "in", people)
        return Domain("project_id", "in", everywhere) & (
            Domain("sales_user_id", "in", people)
            | Domain("project_id", "in", self._get_projects(targets, theirs))
        )

    def _get_projects(self, targets, domain):
        """:return: ids of the projects of the targets in the domain"""
        groups = targets._read_group(domain, ["project_id"])
        return [project.id for [project] in groups]
