# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from .appraisals import Appraisals
from .courses_passed import CoursesPassed
from .honours import Honours
from .kpis import Kpis
from .person import Person
from .to_dos import ToDos
from .trainings import Trainings
