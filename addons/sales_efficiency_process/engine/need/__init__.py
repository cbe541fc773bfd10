# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from .key_people import KeyPeople
from .need_score import CRITERIA, NeedScore
from .people_map import PeopleMap
from .requirement_kinds import GradedNeed, SolutionMade
from .solution_value import SolutionValue
