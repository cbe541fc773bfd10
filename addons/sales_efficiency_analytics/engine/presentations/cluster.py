# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from ..verdicts import ClusterVerdict
from .presentation import Column, Presentation, Table

# More points blur on a screen.
SHOWN_POINTS = 1000


class ClusterPresentation(Presentation):
    """The groups by their first two metrics, and what they are like."""

    def get_charts(self):
        result = self.result
        x, y = (*result["columns"], *result["columns"])[:2]
        names = self.name_groups()
        points = {number: [] for number in names}
        columns = self._figures["columns"]
        step = -(-len(result["groups"]) // SHOWN_POINTS)
        for place in range(0, len(result["groups"]), max(step, 1)):
            if (number := result["groups"][place]) in points:
                points[number].append(
                    {
                        "x": columns[x][place],
                        "y": columns[y][place],
                        "label": self._name_row(self._figures["labels"][place]),
                    }
                )
        chart = self._chart(
            "groups",
            self.env._("%(x)s and %(y)s", x=self._name(x), y=self._name(y)),
            self._axis(x),
            self._axis(y),
            [
                {"kind": "points", "label": names[number], "points": some}
                for number, some in points.items()
            ],
        )
        # As they were compared; a scale by ratio has no place for 0.
        shown = [point for some in points.values() for point in some]
        is_above = all(min(point["x"], point["y"]) > 0 for point in shown)
        return [{**chart, "is_log": bool(result["log"]) and is_above}]

    def name_groups(self):
        """Return names of the groups: number → what sets the group apart."""
        verdict = ClusterVerdict(self.env, self.result, self._names, self._units)
        names = verdict.get_group_names()
        return {
            group["number"]: self.env._(
                "%(number)s: %(name)s", number=group["number"], name=name
            )
            for group, name in zip(self.result["found"], names, strict=True)
        }

    def get_tables(self):
        codes = list(self._figures["columns"])
        groups, names = self.result["found"], self.name_groups()
        return [
            Table(
                self.env._("Groups"),
                [
                    Column(self.env._("Group")),
                    Column(self.env._("Rows"), digits=0),
                    Column(self.env._("Share (%)"), digits=1),
                    *(
                        Column(self.env._("%s, average", self._name(code)), code)
                        for code in codes
                    ),
                ],
                [
                    [
                        names[group["number"]],
                        group["size"],
                        100 * group["share"],
                        *(group["means"].get(code) for code in codes),
                    ]
                    for group in groups
                ],
            ),
            self._get_members(codes),
        ]

    def _get_members(self, codes):
        columns = self._figures["columns"]
        rows = [
            [number, self._name_row(label), *(columns[code][place] for code in codes)]
            for place, (number, label) in enumerate(
                zip(self.result["groups"], self._figures["labels"], strict=True)
            )
            if number is not None
        ]
        return Table(
            self.env._("Members"),
            [
                Column(self.env._("Group"), digits=0),
                Column(self._name_rows()),
                *(Column(self._name(code), code) for code in codes),
            ],
            sorted(rows, key=lambda row: row[0]),
        )
