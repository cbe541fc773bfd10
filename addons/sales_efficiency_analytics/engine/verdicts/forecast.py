# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tools import format_amount

from .verdict import Verdict

# Decimals of larger values would promise a precision that no forecast has.
LARGE = 100
# A forecast with larger errors is told to be rough.
ROUGH = 0.3
# So much too high or too low on average is told.
BIASED = 0.05
# Ranges that held less often than they say by more than this are told to be narrow.
LESS = 0.1


class ForecastVerdict(Verdict):
    """What is to be expected, how far off it may be, and what forecasts it."""

    def sentences(self):
        self._code = self.result["column"]
        if self.result["why"] == "constant":
            return [self._say_constant(), *self._say_season()]
        return [
            self._say_forecast(),
            self._say_next(),
            self._say_choice(),
            *self._say_errors(),
            *self._say_ranges(),
            *self._say_season(),
            self.env._(
                "It continues the past: what never happened before, it cannot know."
            ),
        ]

    @classmethod
    def refusals(cls, env):
        return super().refusals(env) | {
            "months_not_in_order": env._(
                "A forecast needs whole months, one after the other."
            ),
            "missing_months": env._(
                "%(rows)s months have no value, the first is %(label)s. A forecast"
                " needs a value for each month: choose a later start, or a metric that"
                " has one."
            ),
            "too_short": env._(
                "There are %(rows)s finished months with a value; a forecast needs at"
                " least %(needed)s."
            ),
        }

    @classmethod
    def get_methods(cls, env):
        """Return the names of the methods: dict code → name within a sentence."""
        return {
            "holt_winters": env._("damped trend with season (Holt-Winters)"),
            "naive": env._("the last month carried on"),
            "seasonal_naive": env._("the same month of last year"),
            "seasonal_growth": env._("last year times its growth"),
            "log_trend": env._("steady growth with season"),
        }

    def _value(self, value, code, is_difference=False):
        """Return a value with its unit; large ones without decimals."""
        unit = self._unit(code, is_difference)
        if abs(value) < LARGE and not unit.is_whole:
            return super()._value(value, code, is_difference)
        if unit.currency:
            return format_amount(
                self.env, round(value), unit.currency, trailing_zeroes=False
            )
        return unit.text % self._number(value, 0)

    # ------------------------------------------------------------------
    # What is to be expected
    # ------------------------------------------------------------------

    def _say_constant(self):
        months = self.result["months"]
        return self.env._(
            "%(name)s has been %(value)s in each month since %(first)s, so it is"
            " expected to stay there.",
            name=self._name(self._code),
            value=self._value(self.result["values"][0], self._code),
            first=self._period(months[0]),
        )

    def _say_forecast(self):
        values = self.result["values"]
        if not self._unit(self._code).adds_up or len(values) == 1:
            return self._say_month(-1)
        last = self.result["history"][-len(values) :]
        texts = {
            "name": self._name(self._code),
            "first": self._period(self.result["ahead"][0]),
            "last": self._period(self.result["ahead"][-1]),
            "sum": self._value(sum(values), self._code),
            "number": self._number(len(values), 0),
            "before": self._value(sum(last), self._code),
        }
        if len(last) < len(values):
            return self.env._(
                "%(name)s from %(first)s to %(last)s: %(sum)s are expected.", **texts
            )
        return self.env._(
            "%(name)s from %(first)s to %(last)s: %(sum)s are expected, after"
            " %(before)s in the last %(number)s months.",
            **texts,
        )

    def _say_next(self):
        if len(self.result["values"]) == 1:
            return self._say_widths()
        return self._say_month(0)

    def _say_month(self, place):
        result = self.result
        return self.env._(
            "%(month)s: %(name)s is expected at %(value)s, in 8 of 10 cases between"
            " %(low)s and %(high)s.",
            month=self._period(result["ahead"][place]),
            name=self._name(self._code),
            value=self._value(result["values"][place], self._code),
            low=self._value(result["low_80"][place], self._code),
            high=self._value(result["high_80"][place], self._code),
        )

    def _say_widths(self):
        return self.env._(
            "In 19 of 20 cases it is between %(low)s and %(high)s.",
            low=self._value(self.result["low_95"][0], self._code),
            high=self._value(self.result["high_95"][0], self._code),
        )

    # ------------------------------------------------------------------
    # What forecasts it
    # ------------------------------------------------------------------

    def _say_choice(self):
        say = getattr(self, f"_say_choice_{self.result['why']}")
        return say(self.get_methods(self.env)[self.result["method"]])

    def _say_choice_default(self, method):
        gain = self.result["gain_on_naive"]
        if gain is None or gain <= 0:
            return self.env._("Forecast by: %s. No other method was better.", method)
        return self.env._(
            "Forecast by: %(method)s. In the test its errors were %(gain)s smaller than"
            " those of the better simple guess (%(naive)s).",
            method=method,
            gain=self._percent(gain),
            naive=self.get_methods(self.env)[self.result["better_naive"]],
        )

    def _say_choice_naive(self, method):
        return self.env._(
            "Forecast by: %(method)s. This simple guess had %(gain)s smaller errors in"
            " the test than the method that is used otherwise.",
            method=method,
            gain=self._percent(self.result["gain_on_default"]),
        )

    def _say_choice_other(self, method):
        return self.env._(
            "Forecast by: %(method)s. Its errors were %(gain)s smaller in the test than"
            " those of the method that is used otherwise; that takes 10 %% at least.",
            method=method,
            gain=self._percent(self.result["gain_on_default"]),
        )

    def _say_choice_short(self, method):
        return self.env._("Forecast by: %s.", method)

    def _say_choice_untested(self, method):
        return self.env._(
            "Forecast by: %s. There are too few months to test it, so trust it less.",
            method,
        )

    def _say_choice_failed(self, method):
        return self.env._(
            "Forecast by: %s. The method that is used otherwise finds no answer here.",
            method,
        )

    # ------------------------------------------------------------------
    # How far off it may be
    # ------------------------------------------------------------------

    def _get_chosen(self):
        [chosen] = [
            candidate
            for candidate in self.result["candidates"]
            if candidate["method"] == self.result["method"]
        ]
        return chosen

    def _say_errors(self):
        chosen = self._get_chosen()
        if chosen["wape"] is None:
            return []
        sentences = [
            self.env._(
                "It was off by %(wape)s on average in the test of the last months,"
                " which sees of each month only what was known before.",
                wape=self._percent(chosen["wape"]),
            )
        ]
        if chosen["mase"] is not None and chosen["mase"] >= 1:
            sentences.append(
                self.env._(
                    "That is no better than simple guesses were in the years before."
                )
            )
        if chosen["wape"] > ROUGH:
            sentences.append(
                self.env._("The figures are so uneven that it is only a rough idea.")
            )
        return [*sentences, *self._say_bias(chosen["bias"])]

    def _say_bias(self, bias):
        if abs(bias) < BIASED:
            return []
        share = self._percent(abs(bias))
        if bias > 0:
            return [self.env._("In the test it was too high, by %s on average.", share)]
        return [self.env._("In the test it was too low, by %s on average.", share)]

    def _say_ranges(self):
        result, sentences = self.result, []
        if result["ranges_of"] != result["method"]:
            sentences.append(
                self.env._(
                    "Its ranges are those of a simple guess (%s), which could be"
                    " tested.",
                    self.get_methods(self.env)[result["ranges_of"]],
                )
            )
        if result["coverage_80"] is None:
            return [
                *sentences,
                self.env._("How often the ranges hold is not known yet."),
            ]
        sentences.append(
            self.env._(
                "In %(tests)s tests, the range for 80 %% of cases held in %(share_80)s"
                " of them, that for 95 %% in %(share_95)s.",
                tests=self._number(result["coverage_tests"], 0),
                share_80=self._percent(result["coverage_80"]),
                share_95=self._percent(result["coverage_95"]),
            )
        )
        if result["why"] in ("naive", "other"):
            sentences.append(
                self.env._(
                    "The same tests chose the method, so the ranges may hold less"
                    " often than that."
                )
            )
        if result["coverage_80"] < 0.8 - LESS:
            sentences.append(self.env._("So expect more than the ranges show."))
        return sentences

    def _say_season(self):
        if self.result["has_season"]:
            return []
        return [
            self.env._(
                "There is no forecast by season: that takes %(needed)s finished months,"
                " two of each, and these are %(number)s.",
                needed=self._number(self.result["months_for_season"], 0),
                number=self._number(len(self.result["months"]), 0),
            )
        ]
