# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from ..attainment import add_up, rank
from ..results import Results
from .panel import LENGTH, TargetPanel


class Rankings(TargetPanel):
    """Salespeople, teams, regions, ... ranked, the best first."""

    key = "rankings"

    def get_data(self):
        """Return a ranking for each dimension.

        :return: list of dicts of ``id`` and ``name`` of the dimension and ``rows``
        """
        results = Results(self.env)
        ancestors = results.get_ancestors(self.choice.details)
        rankings = []
        for name, groups in self.choice.compared.items():
            ranked = [
                (id_, whole, add_up(whole))
                for id_, rows in groups.items()
                for whole in results.choose_whole(rows, ancestors)
            ]
            ranked.sort(key=lambda entry: rank(entry[2]), reverse=True)
            rankings.append(self._describe(name, ranked))
        return rankings

    def _describe(self, name, ranked):
        field = self.env["sales.target"]._fields[name]
        # sudo: users who may see a figure may see whose it is
        records = self.env[field.comodel_name].sudo()
        named = {
            record.id: record
            for record in records.browse(id_ for id_, _whole, _sums in ranked)
        }
        return {
            "id": name,
            "name": field._description_string(self.env),
            "count": len(ranked),
            "result_ids": [row["id"] for _id, whole, _sums in ranked for row in whole],
            "rows": [
                {"id": id_, "name": named[id_].display_name}
                | self.describe_sums(whole, sums)
                for id_, whole, sums in ranked[:LENGTH]
            ],
        }
