# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from .alert_judgement import TargetJudgement
from .attainment import (
    DERIVED,
    SUMMED,
    add_up,
    attain,
    average_unless_additive,
    choose_whole,
    derive,
    deviate,
    rank,
    sum_up,
)
from .results import ResultValues, Results
