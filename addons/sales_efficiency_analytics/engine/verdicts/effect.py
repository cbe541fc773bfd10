# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tools import format_list, formatLang

# Names that are told; the others are counted.
NAMED = 5


class EffectVerdict:
    """Says whether something helped, by what, and what speaks against believing it.

    :param env: environment; texts are in its language, money in that of its company
    :param dict result: what ``engine/methods/effect.py`` has found
    :param dict names: the name of the metric by column; here, of ``after``
    :param dict units: the unit of the metric by column
    """

    def __init__(self, env, result, names, units):
        self.env = env
        self._result = result
        self._metric = names["after"]
        self._figures = env["sales.metric"].new({"unit": units["after"]})

    def sentences(self):
        """:return: list of texts, the headline first"""
        found = (
            self.headline(),
            self._get_reason(),
            self._get_change(),
            self._get_control(),
            self._get_effect(),
            self._get_expected(),
            self._get_placebo(),
            self._get_check(),
            self._get_left_out(),
        )
        return [sentence for sentence in found if sentence]

    def headline(self):
        texts = {
            "helped": self.env._("It helped."),
            "did_not": self.env._("It did not help."),
            "unknown": self.env._("Whether it helped cannot be told."),
        }
        return texts[self._result["verdict"]]

    @staticmethod
    def refusals(env):
        """:return: dict of the reasons for which the method refuses, in words"""
        return {
            "no_treated": env._(
                "The metric has no value for any of those affected, before or after:"
                " nothing can be compared."
            ),
        }

    # ------------------------------------------------------------------
    # Sentences
    # ------------------------------------------------------------------

    def _get_reason(self):
        result = self._result
        texts = {
            "no_control": self.env._(
                "Nothing comparable was left unaffected, so what would have happened"
                " anyway is unknown."
            ),
            "few_units": self.env._(
                "At least two are needed on each side; here %(treated)s were affected"
                " and %(control)s were not.",
                treated=result["treated_count"],
                control=result["control_count"],
            ),
            "few_assignments": self.env._(
                "With %(treated)s affected and %(control)s not, there are only"
                " %(ways)s ways to choose them: fewer than 20, so chance cannot be"
                " ruled out. Compare with more.",
                treated=result["treated_count"],
                control=result["control_count"],
                ways=result["assignments"],
            ),
            "check_failed": self.env._(
                "Those affected already ran differently from the others before the"
                " start, so the others do not show what would have come."
            ),
            "chance": self.env._(
                "Groups chosen at random differ as much too often: this may be chance."
            ),
            "worse": self.env._("The effect goes the wrong way."),
            "less_than_expected": self.env._(
                "At best, the effect is smaller than expected."
            ),
            "no_effect": self.env._("No effect can be seen."),
            "wide": self.env._(
                "The figures vary too much: no effect is as possible as the one"
                " expected."
            ),
        }
        return " ".join(texts[reason] for reason in result["reasons"])

    def _get_change(self):
        result = self._result
        return self.env._(
            "%(metric)s of those affected went from %(before)s to %(after)s on average"
            " (%(change)s).",
            metric=self._metric,
            before=self._format(result["before"]),
            after=self._format(result["after"]),
            change=self._format_change(result["change"]),
        )

    def _get_control(self):
        if self._result["control_change"] is None:
            return ""
        return self.env._(
            "Of those not affected (%(count)s), it changed by %(change)s on average.",
            count=self._result["control_count"],
            change=self._format_change(self._result["control_change"]),
        )

    def _get_effect(self):
        result = self._result
        if result["effect"] is None:
            return ""
        effect = self._format_change(result["effect"])
        if result["percent"] is not None:
            effect = self.env._(
                "%(effect)s (%(percent)s %% of what would have come)",
                effect=effect,
                percent=self._format_number(result["percent"], digits=2),
            )
        if result["low"] is None:
            return self.env._("The difference is %s for each one affected.", effect)
        return self.env._(
            "The difference is %(effect)s for each one affected; with 95 %% confidence"
            " it is between %(low)s and %(high)s.",
            effect=effect,
            low=self._format_change(result["low"]),
            high=self._format_change(result["high"]),
        )

    def _get_expected(self):
        if self._result["expected"] is None:
            return ""
        return self.env._(
            "The change expected was %s.", self._format_change(self._result["expected"])
        )

    def _get_placebo(self):
        result = self._result
        if result["p_value"] is None:
            return ""
        values = {
            "percent": self._format_number(100 * result["p_value"], digits=1),
            "ways": self._format_number(result["assignments"], digits=0),
            "tried": self._format_number(result["tried"], digits=0),
        }
        if result["tried"] < result["assignments"]:
            return self.env._(
                "Placebo test: a difference this large comes up in %(percent)s %% of"
                " %(tried)s ways to choose as many, drawn at random from %(ways)s.",
                **values,
            )
        return self.env._(
            "Placebo test: a difference this large comes up in %(percent)s %% of all"
            " %(ways)s ways to choose as many.",
            **values,
        )

    def _get_check(self):
        result = self._result
        if result["check"] == "not_made":
            if result["low"] is None:
                return ""
            return self.env._(
                "Whether both sides ran alike before could not be checked: two months"
                " before the start are needed, known for two on each side."
            )
        values = {
            "months": result["check_periods"],
            "slope": self._format_change(result["check_slope"]),
        }
        if result["check"] == "failed":
            return self.env._(
                "In the %(months)s months before, those affected moved by %(slope)s a"
                " month against the others: more than chance would explain.",
                **values,
            )
        return self.env._(
            "In the %(months)s months before, both sides ran alike, as far as can be"
            " seen: the difference was %(slope)s a month.",
            **values,
        )

    def _get_left_out(self):
        left_out = self._result["left_out"]
        if not left_out:
            return ""
        names = format_list(self.env, left_out[:NAMED])
        if len(left_out) > NAMED:
            return self.env._(
                "Left out for lack of a value: %(names)s and %(count)s more.",
                names=names,
                count=len(left_out) - NAMED,
            )
        return self.env._("Left out for lack of a value: %s.", names)

    # ------------------------------------------------------------------
    # Figures
    # ------------------------------------------------------------------

    def _format(self, value):
        return self._figures._format(value)

    def _format_change(self, value):
        sign = "+" if value > 0 else ""
        return sign + self._figures._format(value, is_difference=True)

    def _format_number(self, value, digits):
        return formatLang(self.env, value, digits=digits)
