# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import hashlib
import json
from dataclasses import asdict, dataclass, field


@dataclass
class Figures:
    """The data of a study: one value of each metric for each row.

    :param list keys: months as ``2026-01``, or ids of records
    :param list labels: names of the rows
    :param dict columns: values of each metric in the order of the rows; None: no value
    :param list apart: rows that no method sees: months that are not over, or that the
        period cuts; ``{"key", "label", "values": {column: value}}``
    :param list left_out: names of records whose parts are rows themselves: what lies
        directly with them is in no row
    :param str begins: the first month with figures, if the question begins before it
    """

    keys: list
    labels: list
    columns: dict
    apart: list = field(default_factory=list)
    left_out: list = field(default_factory=list)
    begins: str | None = None

    def for_method(self):
        """Return the data as methods take them."""
        return {"labels": self.labels, "columns": self.columns}

    def get_fingerprint(self):
        """Return what tells data from other data: names do not matter.

        >>> figures = Figures([1, 2], ["North", "South"], {"sales": [1.0, None]})
        >>> renamed = Figures([1, 2], ["N", "S"], {"sales": [1.0, None]})
        >>> figures.get_fingerprint() == renamed.get_fingerprint()
        True
        >>> other = Figures([1, 2], ["North", "South"], {"sales": [1.0, 0.0]})
        >>> figures.get_fingerprint() == other.get_fingerprint()
        False
        """
        text = json.dumps(
            {"keys": self.keys, "columns": self.columns},
            ensure_ascii=False,
            separators=(",", ":"),
            sort_keys=True,
            allow_nan=False,
        )
        return hashlib.sha256(text.encode()).hexdigest()

    def to_json(self):
        return asdict(self)
