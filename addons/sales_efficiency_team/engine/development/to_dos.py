# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.fields import Domain
from odoo.tools import format_date

from ..section import ListSection


class ToDos(ListSection):
    """What the person has to do in this app, the most urgent first."""

    key = "to_dos"

    def get_title(self):
        return self.env._("My To-Dos")

    def get_empty(self):
        return self.env._("Nothing waits for you.")

    def get_domain(self):
        # Models of the suite; those of the built-in app are named sale.*
        ours = Domain("res_model", "=like", "sales.%")
        ours |= Domain("res_model", "=", "hr.employee")
        return Domain("user_id", "=", self.env.uid) & ours

    def get_count(self):
        return self.env["mail.activity"].search_count(self.get_domain())

    def get_rows(self):
        activities = self.env["mail.activity"].search(
            self.get_domain(), limit=self.length, order="date_deadline, id"
        )
        return [
            {
                "id": activity.id,
                "name": activity.summary or activity.activity_type_id.name,
                "detail": " · ".join(
                    filter(
                        None,
                        [
                            format_date(self.env, activity.date_deadline),
                            activity.res_name,
                        ],
                    )
                ),
                "status": self._get_status(activity.date_deadline),
                "action": {
                    "type": "ir.actions.act_window",
                    "res_model": activity.res_model,
                    "res_id": activity.res_id,
                    "views": [(False, "form")],
                },
            }
            for activity in activities
        ]

    def _get_status(self, day):
        """:return: status of what is to be done now; None if there is time"""
        if day < self.page.today:
            name = self.env._("Overdue")
            return {"kind": "development", "value": "overdue", "name": name}
        if day == self.page.today:
            name = self.env._("Today")
            return {"kind": "development", "value": "today", "name": name}
        return None
