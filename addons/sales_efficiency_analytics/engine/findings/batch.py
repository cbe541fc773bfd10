# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from collections import defaultdict
from itertools import product

from .cell_statement import CellStatement
from .nearest_targets import NearestTargets
from .product_mix import ProductMix
from .wallet_statement import WalletStatement

# A place is left out if what is found within it makes at least this share of its money.
MOST = 0.5
# Figures that a new search writes anew, also where they are empty
FIGURES = (
    "money",
    "actual",
    "expected",
    "last_year",
    "growth",
    "company_growth",
    "company_gap",
    "share",
    "peer_share",
    "potential",
)


class FindingBatch:
    """Finds what is slow and what could grow in a company, and closes what is over.

    :param company: the company, as superuser
    :param window: see :class:`.Window`
    """

    def __init__(self, company, window):
        self.env = company.env
        self._company = company
        self._window = window
        self._findings = self.env["sales.finding"]
        self._places = self._findings._get_place_fields()

    def run(self):
        """Find, open and close."""
        metric = self._findings._get_metric(self._company, self._window)
        cells = CellStatement(
            self._company, metric, self._window, self._findings._get_cuts()
        )
        share = self.env.ref("sales_efficiency_analytics.sales_metric_share_of_wallet")
        wallet = WalletStatement(self._company, share, self._window)
        rows = [
            *self.env.execute_query_dict(cells.select()),
            *(
                {**row, row["kind"]: row["id"], "metric_id": share.id}
                for row in self.env.execute_query_dict(wallet.select())
            ),
        ]
        paths = self._read_paths(rows)
        rows = self._leave_out_wide(rows, paths)
        targets = NearestTargets(self._company, metric, self._window, self._places)
        for row in rows:
            places = {
                name: paths.get((name, row.get(name)), []) for name in self._places
            }
            row["target_id"] = targets.find(places)
        self._store({self._get_key(row): self._prepare(row, metric) for row in rows})
        ProductMix(self._company, metric, self._window).store()

    # ------------------------------------------------------------------
    # Places within each other
    # ------------------------------------------------------------------

    def _leave_out_wide(self, rows, paths):
        """Leave out places whose money is mostly found within them.

        Places without others inside are counted, so that none counts twice.
        """
        inside, has_inside = defaultdict(float), set()
        keys = {self._get_key(row) for row in rows}
        above = {
            key: [one for one in self._get_above(key, paths) if one in keys]
            for key in keys
        }
        for wider in above.values():
            has_inside.update(wider)
        for row in rows:
            key = self._get_key(row)
            if key not in has_inside:
                for wider in above[key]:
                    inside[wider] += row["money"]
        return [
            row
            for row in rows
            if inside[self._get_key(row)] < MOST * row["money"]
            or self._get_key(row) not in has_inside
        ]

    def _read_paths(self, rows):
        """:return: dict (field, id) → ids from the widest place down to its own"""
        paths = {}
        for name in self._places:
            ids = {row[name] for row in rows if row.get(name)}
            records = self._findings[name].browse(ids)
            for record in records:
                path = record._parent_store and record.parent_path
                steps = (path or f"{record.id}/").split("/")[:-1]
                paths[name, record.id] = [int(step) for step in steps]
        return paths

    def _get_above(self, key, paths):
        """:return: the keys of the same cause that contain a place, without itself"""
        cause, *ids = key
        steps = [
            paths.get((name, id_), [id_])
            for name, id_ in zip(self._places, ids, strict=True)
        ]
        return [(cause, *place) for place in product(*steps) if list(place) != ids]

    # ------------------------------------------------------------------
    # Records
    # ------------------------------------------------------------------

    def _get_key(self, row):
        return (row["cause"], *(row.get(name) or 0 for name in self._places))

    def _prepare(self, row, metric):
        """:return: the values of a finding"""
        return {
            "cause": row["cause"],
            **{name: row.get(name) or False for name in self._places},
            **{name: row.get(name) or 0 for name in FIGURES},
            "metric_id": row.get("metric_id", metric.id),
            "target_id": row.get("target_id") or False,
            "basis": self._get_basis(row),
            "date_from": self._window.first,
            "date_to": self._window.end,
        }

    def _get_basis(self, row):
        if row["cause"] == "wallet":
            return "peers"
        is_target = row["cause"] == "slow" and row["has_target"]
        return "target" if is_target else "last_year"

    def _store(self, found):
        """Update what is known, open what is new, close what is over.

        :param dict found: key → values
        """
        known = self._findings.search(
            [("company_id", "=", self._company.id), ("state", "!=", "closed")]
        )
        over = known.browse()
        for finding in known:
            values = found.pop(finding._get_key(), None)
            if values is None:
                over += finding
            else:
                finding.write(values)
        today = self._company._get_sales_today()
        over.write({"state": "closed", "date_closed": today})
        self._findings.create(
            [
                {**values, "company_id": self._company.id, "date_found": today}
                for values in found.values()
            ]
        )
