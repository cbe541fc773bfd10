# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from functools import cached_property

from odoo.addons.sales_efficiency_base.engine.cockpit import Panel

from ..development import Person, ToDos, Trainings
from ..team_board import (
    Answers,
    Board,
    Improvements,
    Newcomers,
    Sessions,
    Talks,
)


class SummaryPanel(Panel):
    """How much there is in the sections of a page, with the way to it."""

    scope = None
    #: external id of the page
    action = None
    section_classes = ()

    def is_visible(self):
        return self.choice.scope == self.scope and bool(self._counts)

    def get_title(self):
        raise NotImplementedError

    def get_page(self):
        """:return: what the sections share"""
        raise NotImplementedError

    def get_data(self):
        return {
            "key": self.key,
            "kind": "list",
            "title": self.get_title(),
            "action": self.action,
            "view_type": False,
            "domain": False,
            "note": False,
            "empty": "",
            "count": len(self._counts),
            "rows": [
                {
                    "id": section.key,
                    "name": section.get_title(),
                    "figure": str(count),
                    "action": section.action or False,
                    "domain": list(section.get_domain()) or False,
                    "view_type": section.view_type,
                }
                for section, count in self._counts.items()
            ],
        }

    @cached_property
    def _counts(self):
        """The sections that have something to show, with the number of it"""
        page = self.get_page()
        sections = [section_class(page) for section_class in self.section_classes]
        counts = {s: s.get_count() for s in sections if s.is_visible()}
        return {section: count for section, count in counts.items() if count}


class TeamPanel(SummaryPanel):
    key = "team"
    scope = "team"
    action = "sales_efficiency_team.sales_team_board_action"
    section_classes = (Talks, Answers, Improvements, Newcomers, Sessions)

    def get_title(self):
        return self.env._("My Team")

    def get_page(self):
        return Board(self.env, company=self.choice.company)


class MyDevelopmentPanel(SummaryPanel):
    key = "my_development"
    scope = "my"
    action = "sales_efficiency_team.sales_development_action"
    section_classes = (ToDos, Trainings)

    def get_title(self):
        return self.env._("My Development")

    def get_page(self):
        return Person(self.env)
