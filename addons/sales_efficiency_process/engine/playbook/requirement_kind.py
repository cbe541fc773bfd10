# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).


class RequirementKind:
    """What an opportunity can be required to have in a stage.

    An add-on extends this class and lists it in ``_get_requirement_kinds`` of
    ``sales.playbook.requirement``, under its code.

    :param env: environment of the user
    """

    #: icon of Font Awesome
    icon = "fa-check"

    def __init__(self, env):
        self.env = env

    def get_title(self):
        """Return what the kind is called, such as *Planned next step*."""
        raise NotImplementedError

    def describe(self, requirement):
        """Return what a requirement is called: its own name, or else the title."""
        return requirement.name or self.get_title()

    def check(self, requirement):
        """Say what is wrong with a requirement of the kind.

        :return: text, empty if it is complete
        """
        return ""

    def find_met(self, leads, requirement):
        """Return those opportunities that have what is required.

        The number of queries must not depend on that of opportunities. Whoever may
        change an opportunity is told what it lacks, so this looks with all rights.

        :param leads: saved ``crm.lead`` records, as superuser
        """
        raise NotImplementedError

    def get_link(self, lead, requirement):
        """Return the action by which what is missing can be entered; the opportunity
        itself by default."""
        return lead._get_records_action()
