# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from .appraisals import Appraisals
from .career import Career
from .courses_passed import CoursesPassed
from .honours import Honours
from .improvement import Improvement
from .kpis import Kpis
from .onboarding import Onboarding
from .person import Person
from .to_dos import ToDos
from .trainings import Trainings
