# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from .funnel import Funnel, get_day, get_steps, share_team
from .funnel_figures import describe_funnel
from .funnel_step import FunnelStep
from .opportunities import Opportunities, SeenPeople
from .waits_panel import WaitsPanel
from .stage_triggers import MOMENT, StageTriggers
from .tracked_stays import TrackedStays
from .waste import Waste
from .waste_cause import WasteCause, WasteFigure
from .waste_causes import StageCauses, get_stage_causes
from .working_time import WorkingTime
