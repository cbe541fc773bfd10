# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).


class Brief:
    """What a salesperson must know before they visit a customer (policy 3.1.3).

    :param visit: ``sales.visit``, in the environment of the reader
    """

    def __init__(self, visit):
        self._visit = visit

    def get_sections(self):
        """:return: list of the sections that have something to say, as JSON"""
        if not self._visit.partner_id:
            return []
        sections = (
            section(self._visit).describe()
            for section in self._visit._get_brief_sections()
        )
        return [section for section in sections if section]
