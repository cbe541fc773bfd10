# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).


class Panel:
    """A part of the cockpit, as far as the server is concerned.

    An add-on extends this class, names it in ``_get_panels`` of ``sales.cockpit``, and
    registers the component that shows it in ``sales_cockpit_panels`` of the client. A
    panel with the key of another one takes its place.

    The number of its queries does not depend on that of records.

    :param Choice choice: what is looked at, by whom
    """

    #: name of the panel in the client
    key = None
    #: whether it shows something else when the user chooses something else
    follows_choice = True

    def __init__(self, choice):
        self.env = choice.env
        self.choice = choice

    def is_visible(self):
        """Whether there is anything for this user to see."""
        return True

    def get_data(self):
        """Return what its component shows, as the client can read it. Record rules
        apply."""
        raise NotImplementedError
