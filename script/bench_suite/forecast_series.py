# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Monthly series on which the forecast is judged.

The seed and all numbers below were written down before the first run; what came out is
reported as it is. Each series has 36 to 48 months and is the product of

- a level of 20,000 to 2,000,000;
- a trend of −10 % to +20 % a year;
- a season: a wave of 5 % to 30 %, and per month another ±8 % (normal);
- a break: from one month on, at least 6 months after the start and before the end,
  sales are 25 % lower to 25 % higher;
- noise of 4 % to 12 % (normal).
"""

import math
import random

SEED = 16
NUMBER = 24


def generate(number=NUMBER, seed=SEED):
    """:return: lists of monthly values"""
    return [_generate(random.Random(seed * 1000 + index)) for index in range(number)]


def _generate(rng):
    months = rng.randint(36, 48)
    level = math.exp(rng.uniform(math.log(20_000), math.log(2_000_000)))
    growth = 1 + rng.uniform(-0.10, 0.20)
    height, phase = rng.uniform(0.05, 0.30), rng.uniform(0, 12)
    usual = [rng.gauss(0, 0.08) for _month in range(12)]
    start, change = rng.randint(6, months - 6), rng.uniform(-0.25, 0.25)
    noise = rng.uniform(0.04, 0.12)
    return [
        round(
            level
            * growth ** (month / 12)
            * (1 + height * math.sin(2 * math.pi * (month + phase) / 12))
            * (1 + usual[month % 12])
            * (1 + (change if month >= start else 0))
            * (1 + rng.gauss(0, noise)),
            2,
        )
        for month in range(months)
    ]
