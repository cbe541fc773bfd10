# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from .verdict import Verdict

# Breusch-Pagan below it: errors differ in size.
UNEVEN_BELOW = 0.05


class RegressionVerdict(Verdict):
    """What explains a metric, by how much, and what to beware of."""

    def sentences(self):
        result = self.result
        coefficients = result["coefficients"][1:]
        weights = sorted(coefficients, key=lambda one: -abs(one["beta"] or 0))
        return [
            self._say_fit(),
            *(self._say_coefficient(one) for one in weights),
            *(self._warn(warning) for warning in result["warnings"]),
            *self._say_errors(),
            *(self._say_prediction(one) for one in result["predictions"]),
            *self._say_limits(),
        ]

    @classmethod
    def refusals(cls, env):
        return super().refusals(env) | {
            "explains_itself": env._("%(column)s cannot explain itself."),
            "collinear": env._(
                "%(column)s says the same as other metrics together, so their effects"
                " cannot be told apart. Leave one of them out."
            ),
            "no_robust_errors": env._(
                "%(label)s alone decides a coefficient, so robust errors cannot be"
                " computed. Leave it out, or use the usual errors."
            ),
            "no_value_to_predict": env._("To predict, %(column)s needs a value."),
        }

    def _say_fit(self):
        result = self.result
        values = {
            "target": self._name(result["target"]),
            "names": ", ".join(self._name(name) for name in result["predictors"]),
            "r2": self._percent(result["r2"]),
            "n": self._number(result["n"], 0),
            "p": self._p(result["f_p"]),
        }
        if result["f_p"] is not None and not self._is_sure(result["f_p"]):
            return self.env._(
                "%(names)s cannot be shown to explain %(target)s: %(r2)s of its"
                " differences in %(n)s rows, which may be chance (%(p)s).",
                **values,
            )
        if len(result["predictors"]) == 1:
            return self.env._(
                "%(names)s explains %(r2)s of the differences in %(target)s between"
                " %(n)s rows (%(p)s).",
                **values,
            )
        return self.env._(
            "Together, %(names)s explain %(r2)s of the differences in %(target)s"
            " between %(n)s rows (%(p)s).",
            **values,
        )

    def _say_coefficient(self, one):
        target = self.result["target"]
        values = {
            "name": self._name(one["name"]),
            "target": self._name(target),
            "step": self._value(1, one["name"], is_difference=True),
            "value": self._value(one["value"], target, is_difference=True),
            "confidence": self._confidence(),
            "low": self._value(one["low"], target, is_difference=True),
            "high": self._value(one["high"], target, is_difference=True),
            "p": self._p(one["p"]),
        }
        if one["p"] is not None and not self._is_sure(one["p"]):
            return self.env._(
                "Whether %(name)s matters by itself cannot be told (%(value)s per"
                " %(step)s, %(confidence)s between %(low)s and %(high)s, %(p)s).",
                **values,
            )
        return self.env._(
            "%(step)s more of %(name)s goes with %(value)s of %(target)s, all else"
            " equal (%(confidence)s between %(low)s and %(high)s, %(p)s).",
            **values,
        )

    def _warn(self, warning):
        code = warning["code"]
        return getattr(self, f"_warn_{code}")(warning)

    def _warn_few_rows(self, warning):
        return self.env._(
            "Beware: %(rows)s rows are few for so many metrics (%(needed)s or more"
            " would do); the equation may fit this data only.",
            rows=self._number(warning["rows"], 0),
            needed=self._number(warning["needed"], 0),
        )

    def _warn_collinear(self, warning):
        return self.env._(
            "Beware: %(column)s says much the same as other metrics (VIF %(vif)s), so"
            " their effects are hard to tell apart.",
            column=self._name(warning["column"]),
            vif=self._number(warning["vif"], 1),
        )

    def _warn_influential(self, warning):
        return self.env._(
            "Beware: %(label)s alone decides much of the equation (Cook %(cook)s,"
            " leverage %(leverage)s). Check it, and try without it.",
            label=warning["label"],
            cook=self._number(warning["cook"]),
            leverage=self._number(warning["leverage"]),
        )

    def _warn_curvature(self, warning):
        return self.env._(
            "Beware: a straight line does not fit, the data is curved (RESET %s).",
            self._p(warning["p"]),
        )

    def _say_errors(self):
        p = self.result["breusch_pagan_p"]
        if p is None or p >= UNEVEN_BELOW or self.result["robust"]:
            return []
        return [
            self.env._(
                "Errors differ in size (Breusch-Pagan %s): take robust errors (HC3)"
                " for the ranges.",
                self._p(p),
            )
        ]

    def _say_prediction(self, prediction):
        target = self.result["target"]
        values = {
            "at": ", ".join(
                f"{self._name(name)} {self._value(value, name)}"
                for name, value in prediction["at"].items()
            ),
            "target": self._name(target),
            "value": self._value(prediction["value"], target),
            "confidence": self._confidence(),
            "low": self._value(prediction["low"], target),
            "high": self._value(prediction["high"], target),
        }
        if not prediction["outside"]:
            return self.env._(
                "With %(at)s, %(target)s is %(value)s (%(confidence)s of single cases"
                " between %(low)s and %(high)s).",
                **values,
            )
        return self.env._(
            "With %(at)s, %(target)s would be %(value)s (%(confidence)s of single cases"
            " between %(low)s and %(high)s), but nothing like it is in the data.",
            **values,
        )

    def _say_limits(self):
        sentences = []
        if self.result["missing"]:
            sentences.append(
                self.env._(
                    "Rows that lack a value, left out: %s.",
                    self._number(self.result["missing"], 0),
                )
            )
        sentences.append(
            self.env._(
                "An equation describes; whether changing one changes the other, only a"
                " trial can tell."
            )
        )
        return sentences
