# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

# More rows than a screen is read for
LENGTH = 80
# Rows of a chart
BARS = 12


class BenefitRows:
    """The rows of a benefit board, of which a screen shows the first.

    Those of the first level that are cut off are summed up: nothing may be missing
    between the rows and their total.

    :param env: environment of the user
    :param list rows: from the top of the tree down
    :param int length: number of rows shown, None for all
    """

    def __init__(self, env, rows, length=LENGTH):
        self.env = env
        self.shown = rows[:length]
        self._hidden = rows[len(self.shown) :]
        self._count = len(rows)

    def get_others(self, keys):
        """:param keys: names of the values that can be added up
        :return: list with the sums of the hidden rows, if any are of the first level"""
        others = [row["values"] for row in self._hidden if not row["depth"]]
        if not others:
            return []
        values = {key: sum(row[key] or 0 for row in others) for key in keys}
        name = self.env._("Others (%s)", len(others))
        return [{"id": False, "name": name, "depth": 0, "values": values, "notes": {}}]

    def describe_cut(self):
        """:return: how many rows are shown, empty if all are"""
        if not self._hidden:
            return ""
        return self.env._(
            "%(shown)s of %(count)s rows are shown. The workbook has them all.",
            shown=len(self.shown),
            count=self._count,
        )
