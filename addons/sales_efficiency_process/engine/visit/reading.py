# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from dataclasses import dataclass

from odoo.exceptions import ValidationError

LATITUDE, LONGITUDE = 90, 180
# Metres; half way round the earth
FARTHEST = 20_037_508
# Why there is no place
PROBLEMS = ("refused", "no_signal")


@dataclass(frozen=True, slots=True)
class Reading:
    """One reading of a phone: a place, or why there is none.

    :param accuracy: metres by which the place may be wrong
    :param problem: one of ``PROBLEMS``, False with a place
    """

    latitude: float = 0.0
    longitude: float = 0.0
    accuracy: float = 0.0
    problem: str | bool = False

    @classmethod
    def parse(cls, env, values):
        """Read what a client sent, which may be anything.

        :raise ValidationError: if it is no place
        """
        if not isinstance(values, dict):
            return cls(problem="no_signal")
        if values.get("latitude") is None or values.get("longitude") is None:
            problem = values.get("problem")
            return cls(problem=problem if problem in list(PROBLEMS) else "no_signal")
        return cls(
            cls._read(env, env._("Latitude"), values["latitude"], -LATITUDE, LATITUDE),
            cls._read(
                env, env._("Longitude"), values["longitude"], -LONGITUDE, LONGITUDE
            ),
            cls._read(env, env._("Accuracy"), values.get("accuracy") or 0, 0, FARTHEST),
        )

    @staticmethod
    def _read(env, name, value, least, most):
        try:
            number = float(value)
        except (TypeError, ValueError):
            number = None
        # Also false for NaN
        if number is not None and least <= number <= most:
            return number
        raise ValidationError(
            env._(
                "%(name)s cannot be %(value)s: it lies between %(least)s and %(most)s.",
                name=name,
                value=str(value)[:40],
                least=least,
                most=most,
            )
        )

    @property
    def place(self):
        """Latitude and longitude, or None."""
        return None if self.problem else (self.latitude, self.longitude)
