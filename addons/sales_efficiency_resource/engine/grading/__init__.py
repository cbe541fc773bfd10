# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from .class_assignment import ClassAssignment
from .grade_history import GradeHistory
from .grade_merge import GradeMerge
from .graded_customers import GradedCustomers
from .migration import count_migration
from .scoring import Scoring
from .spans import subtract
