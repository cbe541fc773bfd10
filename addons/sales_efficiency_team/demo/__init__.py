# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from . import sales_training_demo
from . import sales_appraisal_demo
from . import sales_rating_demo
from . import sales_feedback_demo
from . import sales_selection_demo
from . import sales_staffing_demo
from . import sales_conduct_demo
from . import sales_honour_demo
from . import sales_onboarding_demo
from . import sales_career_demo
from . import sales_incentive_award_demo
