# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from . import import_words
from .adjustment_change import AdjustmentChange
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
from .cascade_tree import CascadeTree
from .contributions import Contributions
from .figure_change import FigureChange
from .imported_targets import ImportedTargets
from .levels import by_level
from .measurement import Measurement
from .own_targets import find_own_targets
from .pipeline import Pipeline
from .plan_calendar import PlanCalendar
from .plan_changes import PlanChanges
from .plan_edit import PlanEdit
from .plan_figures import PlanFigures
from .plan_renewal import PlanRenewal
from .plan_totals import PlanTotals
from .result_statements import ResultStatements
from .results import ResultValues, Results
from .spread import Spread
from .target_merge import TargetMerge
from .uncounted import Uncounted
from .variances import Variances
