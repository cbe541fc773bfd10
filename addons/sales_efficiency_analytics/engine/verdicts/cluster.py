# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tools import format_list

from .verdict import Verdict

# Half a standard deviation from the mean is worth a word.
APART = 0.5
NAMED = 2
# Silhouettes, by the usual reading
STRONG, FAIR = 0.7, 0.5


class ClusterVerdict(Verdict):
    """Whether there are groups, what sets them apart, and how sure that is."""

    def sentences(self):
        if not self.result["clear"]:
            return [
                self._say_none(),
                self.env._(
                    "They differ by degrees: rank them instead of grouping them."
                ),
                *self._say_limits(),
            ]
        return [
            self._say_groups(),
            *map(self._say_group, self.result["found"]),
            self._say_strength(),
            *self._say_limits(),
        ]

    @classmethod
    def refusals(cls, env):
        return super().refusals(env) | {
            "all_equal": env._("All rows are equal, so there is nothing to group."),
            "fewer_points_than_k": env._(
                "There are %(points)s different rows, too few for %(k)s groups."
            ),
            "log_of_negative": env._(
                "%(column)s has values below 0, which have no logarithm. Do not use"
                " the log scale, or leave it out."
            ),
        }

    def get_group_names(self):
        """Return a name for each group, in their order."""
        return [self._name_group(group) for group in self.result["found"]]

    # ------------------------------------------------------------------
    # Sentences
    # ------------------------------------------------------------------

    def _say_none(self):
        if self.result["why"] == "chance":
            return self.env._(
                "There are no clear groups: the best grouping (silhouette %(found)s)"
                " is no tidier than one of rows without groups may be (up to"
                " %(chance)s).",
                found=self._number(self.result["silhouette"]),
                chance=self._number(self.result["chance"]),
            )
        return self.env._(
            "There are no clear groups: where some rows are left out, the others fall"
            " into different ones (stability %(stability)s, 0.6 is needed).",
            stability=self._number(self.result["stability"]),
        )

    def _say_groups(self):
        return self.env._(
            "There are %(k)s groups among %(rows)s.",
            k=self._number(self.result["k"], 0),
            rows=self._number(self.result["rows"], 0),
        )

    def _say_group(self, group):
        means = [
            self.env._(
                "%(column)s %(mean)s",
                column=self._name(code),
                mean=self._value(group["means"][code], code),
            )
            for code, _apart in group["apart"][:NAMED]
        ]
        return self.env._(
            "Group %(number)s, %(name)s: %(size)s rows (%(share)s), on average"
            " %(means)s.",
            number=group["number"],
            name=self._name_group(group),
            size=self._number(group["size"], 0),
            share=self._percent(group["share"]),
            means=format_list(self.env, means, "unit-short"),
        )

    def _name_group(self, group):
        """Name a group by what sets it apart most."""
        words = [
            self._name_level(code, apart)
            for code, apart in group["apart"][:NAMED]
            if abs(apart) >= APART
        ]
        return format_list(self.env, words) if words else self.env._("in the middle")

    def _name_level(self, code, apart):
        if apart > 0:
            return self.env._("high %s", self._name(code))
        return self.env._("low %s", self._name(code))

    def _say_strength(self):
        silhouette = self.result["silhouette"]
        values = {
            "silhouette": self._number(silhouette),
            "chance": self._number(self.result["chance"]),
            "stability": self._number(self.result["stability"]),
        }
        if silhouette >= STRONG:
            return self.env._(
                "They are well apart (silhouette %(silhouette)s; without groups up to"
                " %(chance)s) and stay the same in samples (stability %(stability)s).",
                **values,
            )
        if silhouette >= FAIR:
            return self.env._(
                "They are fairly apart (silhouette %(silhouette)s; without groups up to"
                " %(chance)s) and mostly stay the same in samples (stability"
                " %(stability)s).",
                **values,
            )
        return self.env._(
            "They overlap (silhouette %(silhouette)s; without groups up to %(chance)s),"
            " so rows at the edges may as well be in the next one (stability"
            " %(stability)s).",
            **values,
        )

    def _say_limits(self):
        result, sentences = self.result, []
        if result["missing"]:
            sentences.append(
                self.env._(
                    "%s rows lack a value and are in no group.",
                    self._number(result["missing"], 0),
                )
            )
        if result["equal"]:
            sentences.append(
                self.env._(
                    "Left out, as it is the same everywhere: %s.",
                    format_list(
                        self.env, [self._name(code) for code in result["equal"]]
                    ),
                )
            )
        if result["log"]:
            sentences.append(
                self.env._(
                    "Values were compared on a log scale: by ratio, not distance."
                )
            )
        return sentences
