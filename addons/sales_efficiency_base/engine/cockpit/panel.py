# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).


class Panel:
    """Server side of a part of the cockpit.

    An add-on extends this class, lists it in ``_get_panels`` of ``sales.cockpit``, and
    registers its component in ``sales_cockpit_panels`` of the client. A panel replaces
    an earlier one with the same key.

    The number of queries must not depend on the number of records.

    :param Choice choice: the choice of the user
    """

    #: name of the panel in the client
    key = None
    #: whether the panel depends on the choice of the user
    follows_choice = True

    def __init__(self, choice):
        self.env = choice.env
        self.choice = choice

    def is_visible(self):
        """Return whether the panel has anything to show to the user."""
        return True

    def get_data(self):
        """Return JSON-serializable data for the component, subject to record rules."""
        raise NotImplementedError
