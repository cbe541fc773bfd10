# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from .verdict import Verdict

NAMED_PAIRS = 5
# Pearson and Spearman differ by so much if few rows or a curve make the difference.
DIFFERENT = 0.15


class CorrelationVerdict(Verdict):
    """What goes together, how closely, and what that does not mean."""

    def sentences(self):
        pairs = self.result["pairs"]
        told = [pair for pair in pairs if not pair["problem"]]
        sentences = [self._say_pair(pair) for pair in told[:NAMED_PAIRS]]
        sentences += [
            sentence
            for pair in told[:NAMED_PAIRS]
            for sentence in self._say_shape(pair)
        ]
        if len(told) > 1:
            sentences.append(
                self.env._(
                    "p is corrected for %s pairs: among many, some go together by"
                    " chance.",
                    self._number(len(told), 0),
                )
            )
        sentences += [self._say_problem(pair) for pair in pairs if pair["problem"]]
        if self.result["is_monthly"]:
            sentences.append(
                self.env._(
                    "Months that grow or have seasons go together for that alone:"
                    " compare growth, or regions, as well."
                )
            )
        sentences.append(
            self.env._(
                "What goes together need not cause each other: a third thing may cause"
                " both."
            )
        )
        return sentences

    @classmethod
    def refusals(cls, env):
        return super().refusals(env) | {
            "too_few_rows": env._(
                "Rows with both values: %(rows)s; a correlation needs at least"
                " %(needed)s."
            ),
        }

    def _say_pair(self, pair):
        values = {
            "x": self._name(pair["x"]),
            "y": self._name(pair["y"]),
            "r": self._number(pair["pearson"]),
            "confidence": self._confidence(),
            "low": self._number(pair["low"]),
            "high": self._number(pair["high"]),
            "p": self._p(pair["p"]),
            "n": self._number(pair["n"], 0),
        }
        if not self._is_sure(pair["p"]):
            return self.env._(
                "Whether %(x)s and %(y)s go together cannot be told (r %(r)s,"
                " %(confidence)s between %(low)s and %(high)s, %(p)s, %(n)s rows).",
                **values,
            )
        values["strength"] = self._name_strength(abs(pair["pearson"]))
        if pair["pearson"] > 0:
            return self.env._(
                "The higher %(x)s, the higher %(y)s: %(strength)s (r %(r)s,"
                " %(confidence)s between %(low)s and %(high)s, %(p)s, %(n)s rows).",
                **values,
            )
        return self.env._(
            "The higher %(x)s, the lower %(y)s: %(strength)s (r %(r)s, %(confidence)s"
            " between %(low)s and %(high)s, %(p)s, %(n)s rows).",
            **values,
        )

    def _name_strength(self, r):
        if r < 0.3:
            return self.env._("a weak tie")
        if r < 0.7:
            return self.env._("a moderate tie")
        return self.env._("a strong tie")

    def _say_shape(self, pair):
        pearson, spearman = abs(pair["pearson"]), abs(pair["spearman"])
        values = {
            "x": self._name(pair["x"]),
            "y": self._name(pair["y"]),
            "spearman": self._number(pair["spearman"]),
        }
        if spearman - pearson > DIFFERENT:
            return [
                self.env._(
                    "By rank, %(x)s and %(y)s are closer (Spearman %(spearman)s): they"
                    " follow a curve, or a few rows blur it. Look at the chart.",
                    **values,
                )
            ]
        if pearson - spearman > DIFFERENT:
            return [
                self.env._(
                    "By rank, %(x)s and %(y)s are less close (Spearman %(spearman)s):"
                    " a few extreme rows, or a curve, may make the tie. Look at the"
                    " chart.",
                    **values,
                )
            ]
        return []

    def _say_problem(self, pair):
        values = {"x": self._name(pair["x"]), "y": self._name(pair["y"])}
        if pair["problem"] == "constant":
            return self.env._(
                "%(x)s and %(y)s cannot be compared: one of them is the same in all"
                " rows.",
                **values,
            )
        return self.env._(
            "%(x)s and %(y)s cannot be compared. Rows with both, too few: %(n)s.",
            n=self._number(pair["n"], 0),
            **values,
        )
