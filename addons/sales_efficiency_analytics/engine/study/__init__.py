# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from .question import MONTH, Question
from .reach import StudyReach
from .figures import Figures
from .study_data import MAX_ROWS, StudyData
from .screen_reader import ScreenReader
from .thinning import thin
