# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).


class Refused(Exception):
    """A method may not be used on this data.

    :param code: names the reason; the verdict puts it in the user's language
    :param values: numbers and names that the sentence needs
    """

    def __init__(self, code, **values):
        super().__init__(code)
        self.code = code
        self.values = values
