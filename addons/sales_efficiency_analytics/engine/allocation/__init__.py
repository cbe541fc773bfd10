# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from .customer_work import CustomerWork
from .hand_over import HandOver
from .pair_values import PairValues
from .question import AllocationQuestion
from .score import AllocationScore
from .staffing import Staffing, get_needed
from .target_shift import TargetShift
from .working_hours import WorkingHours
