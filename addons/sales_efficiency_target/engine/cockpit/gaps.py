# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from ..attainment import add_up
from .panel import LENGTH, TargetPanel


class Gaps(TargetPanel):
    """The targets furthest behind, among those not broken down further."""

    key = "gaps"

    def get_data(self):
        details = self.choice.details
        divided = {row["parent_id"] for row in details}
        behind = []
        for row in details:
            if row["target_id"] not in divided:
                sums = add_up([row])
                if sums["status"] == "behind":
                    behind.append((row, sums))
        behind.sort(key=lambda entry: -abs(entry[1]["deviation"]))
        shown = behind[:LENGTH]
        names = self.name_targets(row["target_id"] for row, _sums in shown)
        return {
            "count": len(behind),
            "is_compared": bool(self.choice.compared),
            "result_ids": [row["id"] for row, _sums in behind],
            "rows": [
                {"id": row["id"], "name": names[row["target_id"]]}
                | self.describe_sums([row], sums)
                for row, sums in shown
            ],
        }
