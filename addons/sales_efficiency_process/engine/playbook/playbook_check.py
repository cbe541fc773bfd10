# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from collections import defaultdict
from functools import cached_property


class PlaybookCheck:
    """What opportunities need in a stage, and what of it is missing (policy 3.2).

    A stage needs what its own playbook asks for, and what those of the stages before it
    do: whoever skips a stage does not skip its requirements. The number of queries
    depends on that of requirements.

    :param leads: saved ``crm.lead`` records
    """

    def __init__(self, leads):
        self.env = leads.env
        # sudo: whoever may change an opportunity is told what it lacks.
        self._leads = leads.sudo().with_context(active_test=True)
        playbooks = self.env["sales.playbook"].sudo()
        self._playbooks = {
            lead: playbooks._get_requirement_ids(lead._get_sales_company().id)
            for lead in self._leads
        }

    def has_any(self):
        """:return: whether a playbook of the companies concerned asks for anything"""
        return any(self._playbooks.values())

    def get_required(self, lead, stage, before=True):
        """Return what an opportunity needs in a stage.

        :param bool before: with what the stages before it ask for
        :return: ``sales.playbook.requirement`` records
        """
        # sudo: what a playbook asks for is known to whoever may read the opportunity.
        requirements = self.env["sales.playbook.requirement"].sudo()
        lead = lead.sudo()
        own = self._playbooks.get(lead)
        if not own or not stage:
            return requirements
        place = self._order.get(stage.id, 0)
        ids = []
        for other in self._stages:
            is_before = before and self._order[other.id] < place and not other.is_won
            if other == stage or is_before and self._is_used_by(other, lead):
                ids += own.get(other.id, ())
        return requirements.browse(ids)

    def find_missing(self, required):
        """Return what is missing of what is required.

        :param dict required: lead -> requirements
        :return: dict lead -> requirements
        """
        lead_ids = defaultdict(list)
        for lead, requirements in required.items():
            for requirement in requirements:
                lead_ids[requirement].append(lead.id)
        lacking = {}
        for requirement, ids in lead_ids.items():
            # As superuser: only whether there is something, such as a need, not what
            # it says
            leads = self._leads.browse(ids)
            lacking[requirement] = set(leads - requirement._find_met(leads))
        return {
            lead: requirements.filtered(lambda r, lead=lead: lead in lacking[r])
            for lead, requirements in required.items()
        }

    def get_next_stage(self, lead):
        """:return: the stage after that of an opportunity, as its team goes on"""
        place = self._order.get(lead.stage_id.id)
        if place is None or lead.stage_id.is_won:
            return lead.stage_id.browse()
        later = (
            stage
            for stage in self._stages
            if self._order[stage.id] > place and self._is_used_by(stage, lead)
        )
        return next(later, lead.stage_id.browse())

    def is_ahead(self, stage, other):
        """:return: whether a stage is behind another one on the way to winning"""
        return self._order.get(stage.id, 0) > self._order.get(other.id, -1)

    def is_first(self, lead):
        """:return: whether an opportunity is where its team begins: what it needs there
        cannot be there from the start"""
        place = self._order.get(lead.stage_id.id, 0)
        return not any(
            self._order[stage.id] < place and self._is_used_by(stage, lead)
            for stage in self._stages
        )

    @cached_property
    def _stages(self):
        # sudo: stages are known to everybody who sees opportunities.
        return self.env["crm.stage"].sudo().search([])

    @cached_property
    def _order(self):
        return {stage.id: place for place, stage in enumerate(self._stages)}

    @staticmethod
    def _is_used_by(stage, lead):
        return not stage.team_ids or lead.team_id in stage.team_ids
