# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date

from odoo.tools import format_date

from .verdict import Verdict

# Durbin-Watson below it: what is left of a period resembles that of the one before.
ALIKE = 1.2
# The two lines differ by more than this share of the steeper one.
DIFFERENT = 0.4


class TrendVerdict(Verdict):
    """Where it goes, how sure that is, and which seasons are strong."""

    def sentences(self):
        result = self.result
        if result["p"] is None:
            return [
                self.env._(
                    "%(name)s was the same in all %(n)s periods: %(value)s.",
                    name=self._name(result["column"]),
                    n=self._number(result["n"], 0),
                    value=self._value(result["mean"], result["column"]),
                ),
                *self._say_limits(),
            ]
        return [
            self._say_trend(),
            self._say_line(),
            *self._say_doubt(),
            self._say_seasons(),
            *self._say_limits(),
        ]

    @classmethod
    def refusals(cls, env):
        return super().refusals(env) | {
            "too_few_periods": env._(
                "Periods with a value: %(periods)s; a trend needs at least %(needed)s."
                " Choose a longer time."
            ),
            "too_many_periods": env._(
                "These are %(periods)s periods; at most %(limit)s can be analysed."
            ),
            "gap": env._("Between %(label)s and %(next)s, periods are missing."),
            "not_a_period": env._("“%(label)s” is neither a month nor a quarter."),
            "no_working_days": env._(
                "%(label)s has no working day in the company's calendar, so it cannot"
                " be adjusted. Turn the adjustment off, or complete the calendar."
            ),
        }

    def _say_trend(self):
        result = self.result
        slope = result["theil_sen"]["slope"]
        values = {
            "name": self._name(result["column"]),
            "slope": self._value(abs(slope), result["column"], is_difference=True),
            "first": self._period(result["first"]),
            "last": self._period(result["last"]),
            "p": self._p(result["p"]),
        }
        if not self._is_sure(result["p"]) or not slope:
            return self.env._(
                "From %(first)s to %(last)s, %(name)s shows no trend that could not be"
                " chance (%(p)s).",
                **values,
            )
        values["share"] = self._percent(
            abs(slope / result["mean"]) if result["mean"] > 0 else None
        )
        if result["seasons"] == 4:
            return self._say_quarterly(slope, values)
        if slope > 0:
            return self.env._(
                "From %(first)s to %(last)s, %(name)s rises by about %(slope)s a month,"
                " %(share)s of the average (%(p)s).",
                **values,
            )
        return self.env._(
            "From %(first)s to %(last)s, %(name)s falls by about %(slope)s a month,"
            " %(share)s of the average (%(p)s).",
            **values,
        )

    def _say_quarterly(self, slope, values):
        if slope > 0:
            return self.env._(
                "From %(first)s to %(last)s, %(name)s rises by about %(slope)s a"
                " quarter, %(share)s of the average (%(p)s).",
                **values,
            )
        return self.env._(
            "From %(first)s to %(last)s, %(name)s falls by about %(slope)s a quarter,"
            " %(share)s of the average (%(p)s).",
            **values,
        )

    def _say_line(self):
        line, code = self.result["ols"], self.result["column"]
        return self.env._(
            "The straight line changes by %(slope)s each period (%(confidence)s between"
            " %(low)s and %(high)s) and explains %(r2)s of the ups and downs.",
            slope=self._value(line["slope"], code, is_difference=True),
            confidence=self._confidence(),
            low=self._value(line["low"], code, is_difference=True),
            high=self._value(line["high"], code, is_difference=True),
            r2=self._percent(self.result["r2"]),
        )

    def _say_doubt(self):
        result, sentences = self.result, []
        ols, robust = result["ols"]["slope"], result["theil_sen"]["slope"]
        steeper = max(abs(ols), abs(robust))
        if self._is_sure(result["p"]) and abs(ols - robust) > DIFFERENT * steeper:
            sentences.append(
                self.env._(
                    "A few periods bend that line: without their weight it changes by"
                    " %s (Theil-Sen).",
                    self._value(robust, result["column"], is_difference=True),
                )
            )
        watson = result["durbin_watson"]
        if watson is not None and watson < ALIKE:
            sentences.append(
                self.env._(
                    "Each period resembles the one before, so the trend is less sure"
                    " than p says."
                )
            )
        return sentences

    def _say_seasons(self):
        result = self.result
        if result["no_indices"] == "too_short":
            return self.env._(
                "Seasons cannot be told: that takes two whole years, these are %s"
                " periods. What looks like a trend may be a season.",
                self._number(len(result["series"]), 0),
            )
        if result["no_indices"] == "missing":
            return self.env._("Seasons cannot be told: too many values are missing.")
        if result["no_indices"]:
            return self.env._(
                "Seasons cannot be told in percent: values are 0 or below for a whole"
                " year."
            )
        indices = result["indices"]
        high, low = max(indices), min(indices)
        return self.env._(
            "By season, %(high)s is highest (%(high_index)s of an average period) and"
            " %(low)s lowest (%(low_index)s).",
            high=self._name_season(indices.index(high)),
            high_index=self._percent(high),
            low=self._name_season(indices.index(low)),
            low_index=self._percent(low),
        )

    def _name_season(self, number):
        if self.result["seasons"] == 4:
            return self.env._("quarter %s", number + 1)
        return format_date(self.env, date(2000, number + 1, 1), date_format="LLLL")

    def _say_limits(self):
        result, sentences = self.result, []
        if result["is_adjusted"]:
            sentences.append(
                self.env._("Values are those of a period with usual working days.")
            )
        if result["missing"]:
            sentences.append(
                self.env._(
                    "Periods without a value, left out: %s.",
                    self._number(result["missing"], 0),
                )
            )
        return sentences
