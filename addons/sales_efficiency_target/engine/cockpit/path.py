# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.fields import Domain

from ..results import Results
from .panel import TargetPanel


class Path(TargetPanel):
    """The targets above, the widest first, with figures only if the user may see
    them."""

    key = "path"

    def get_data(self):
        rows = self.choice.whole
        if len(rows) > 1:
            return []
        target = self.env["sales.target"].browse(rows[0]["target_id"])
        ids = [int(step) for step in target.parent_path.split("/")[:-2]]
        domain = Domain("target_id", "in", ids) & self.choice.moment
        seen = Results(self.env).find(domain)
        figures = {row["target_id"]: self.describe_sums([row]) for row in seen}
        names = self.name_targets(ids)
        return [{"id": id_, "name": names[id_], **figures.get(id_, {})} for id_ in ids]
