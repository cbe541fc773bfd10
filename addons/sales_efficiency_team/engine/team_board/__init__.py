# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from .answers import Answers
from .board import Board
from .channels import Channels
from .grades import Grades
from .head_count import HeadCount
from .improvements import Improvements
from .judgements import Judgements
from .kpi_map import KpiMap
from .newcomers import Newcomers
from .promotions import Promotions
from .sessions import Sessions
from .talks import Talks
from .training_plans import TrainingPlans
