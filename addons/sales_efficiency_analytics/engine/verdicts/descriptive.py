# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from .verdict import Verdict

NAMED_OUTLIERS = 3
FEW_VALUES = 8
SKEWED = 1


class DescriptiveVerdict(Verdict):
    """How much, how unequal, what stands out."""

    def sentences(self):
        return [
            sentence
            for code, column in self.result["columns"].items()
            for sentence in self._describe(code, column)
        ]

    def _describe(self, code, column):
        return [
            self._say_size(code, column),
            *self._say_spread(code, column),
            *self._say_skew(column),
            *self._say_concentration(code, column),
            *self._say_outliers(code, column),
            *self._say_limits(code, column),
        ]

    def _say_size(self, code, column):
        values = {
            "name": self._name(code),
            "n": self._number(column["n"], 0),
            "mean": self._value(column["mean"], code),
            "median": self._value(column["median"], code),
        }
        # A sum of rates says nothing.
        if not self._unit(code).adds_up:
            return self.env._(
                "%(name)s is %(mean)s on average of %(n)s rows, and %(median)s in the"
                " middle one.",
                **values,
            )
        return self.env._(
            "%(name)s adds up to %(sum)s in %(n)s rows: %(mean)s on average, and"
            " %(median)s in the middle one.",
            sum=self._value(column["sum"], code),
            **values,
        )

    def _say_spread(self, code, column):
        if column["minimum"] == column["maximum"]:
            if column["n"] == 1:
                return []
            return [self.env._("All rows are equal.")]
        return [
            self.env._(
                "Half of the rows are between %(low)s and %(high)s, all between"
                " %(minimum)s and %(maximum)s.",
                low=self._value(column["quartile_1"], code),
                high=self._value(column["quartile_3"], code),
                minimum=self._value(column["minimum"], code),
                maximum=self._value(column["maximum"], code),
            )
        ]

    def _say_skew(self, column):
        skew = column["skew"]
        if skew is None or abs(skew) < SKEWED:
            return []
        if skew > 0:
            return [
                self.env._(
                    "Few large values pull the average up: the middle one is typical."
                )
            ]
        return [
            self.env._(
                "Few small values pull the average down: the middle one is typical."
            )
        ]

    def _say_concentration(self, code, column):
        if not self._unit(code).adds_up or column["n"] < 2:
            return []
        concentration = column["concentration"]
        if not concentration:
            return [
                self.env._("The total is not above 0, so shares of it mean nothing.")
            ]
        sentences = [
            self.env._(
                "%(rows)s of %(n)s rows make %(share)s of the total.",
                rows=self._number(concentration["rows_to_threshold"], 0),
                n=self._number(column["n"], 0),
                share=self._percent(concentration["threshold"] / 100),
            )
        ]
        if column["gini"] is not None:
            sentences.append(self._say_gini(column["gini"]))
        return sentences

    def _say_gini(self, gini):
        number = self._number(gini)
        if gini < 0.3:
            return self.env._("It is spread evenly (Gini %s).", number)
        if gini < 0.5:
            return self.env._("It is spread unevenly (Gini %s).", number)
        return self.env._("It depends on few (Gini %s).", number)

    def _say_outliers(self, code, column):
        count = column["outlier_count"]
        if not count:
            return []
        named = ", ".join(
            f"{one['label']} ({self._value(one['value'], code)})"
            for one in column["outliers"][:NAMED_OUTLIERS]
        )
        if count == 1:
            return [
                self.env._(
                    "%s is far from all others. Check it before you rely on the"
                    " average.",
                    named,
                )
            ]
        return [
            self.env._(
                "%(count)s rows are far from the others, most of all %(named)s. Check"
                " them before you rely on the average.",
                count=self._number(count, 0),
                named=named,
            )
        ]

    def _say_limits(self, code, column):
        sentences = []
        if column["missing"]:
            sentences.append(
                self.env._(
                    "Left out for lack of %(name)s: %(missing)s.",
                    missing=self._number(column["missing"], 0),
                    name=self._name(code),
                )
            )
        if column["negative"] and self._unit(code).adds_up:
            sentences.append(
                self.env._(
                    "Values below 0: %s. So there is no Gini coefficient.",
                    self._number(column["negative"], 0),
                )
            )
        if column["n"] < FEW_VALUES:
            sentences.append(
                self.env._("So few rows may look different with the next one.")
            )
        return sentences
