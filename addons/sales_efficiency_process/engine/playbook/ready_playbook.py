# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.fields import Command

from ..funnel import share_team

# Working days that an opportunity may stay in a stage, from the first one on
LONGEST = (5, 10, 15)


class ReadyPlaybook:
    """A playbook to begin with, for the stages of a company that have none: it warns
    and refuses nothing.

    :param company: the company
    """

    def __init__(self, company):
        self.env, self._company = company.env, company

    def get_stages(self):
        """:return: the stages of the company, in order, without the won ones"""
        teams = self.env["crm.team"].search(
            [("company_id", "in", [False, self._company.id])]
        )
        # sudo: stages are known to everybody who sees opportunities.
        stages = self.env["crm.stage"].sudo().search([("is_won", "=", False)])
        return stages.filtered(lambda s: not s.team_ids or s.team_ids & teams)

    def apply(self):
        """Create the playbooks.

        :return: ``sales.playbook`` records
        """
        playbooks = self.env["sales.playbook"].with_context(active_test=False)
        own = playbooks.search([("company_id", "=", self._company.id)])
        stages = self.get_stages()
        # Several teams may have ways of their own.
        places = {
            stage: sum(share_team(other, stage) for other in stages[:number])
            for number, stage in enumerate(stages)
        }
        return playbooks.create(
            [
                {
                    "stage_id": stage.id,
                    "company_id": self._company.id,
                    "longest_stay": LONGEST[min(place, len(LONGEST) - 1)],
                    "requirement_ids": [
                        Command.create(values) for values in self._get_asked(place)
                    ],
                }
                for stage, place in places.items()
                if stage not in own.stage_id
            ]
        )

    @staticmethod
    def _get_asked(place):
        """:return: values of what is asked for in a stage"""
        asked = {
            0: [{"kind": "next_step"}],
            1: [
                {"kind": "field", "field_name": "partner_id"},
                {"kind": "field", "field_name": "expected_revenue"},
            ],
            2: [
                {"kind": "need"},
                {"kind": "decider"},
                {"kind": "field", "field_name": "date_deadline"},
            ],
            3: [{"kind": "quotation"}],
        }
        return asked.get(place, [])
