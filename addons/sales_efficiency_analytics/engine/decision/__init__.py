# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from .comparable_scopes import ComparableScopes
from .decision_figures import DecisionFigures
from .decision_measurement import DecisionMeasurement
from .decision_periods import DecisionPeriods
from .known_only import KnownFloat, aggregate_known
