# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from .superiors import Superiors
from .appraisal_average import AppraisalAverage
from .appraisal_batch import AppraisalBatch
from .appraisal_measurement import KNOWN, AppraisalMeasurement
from .appraisal_score import PartScore, score_total
from .award_proposal import AwardProposal
from .award_sum import AWARD, AwardGrant, AwardSum
from .award_text import AwardText
from .award_total import hides_people
from .grading import Band, grade
from .kpi_figures import KpiFigures, KpiQuestion
from .improvement_check import ImprovementCheck
from .kpi_record import KpiRecord, find_period
from .kpi_score import attain, score
from .kpi_status import describe_kpi_status, get_elapsed, get_kpi_status
from .rater_proposal import RaterProposal
from .rating_closing import RatingClosing
from .applicant_erasure import ApplicantErasure
from .newcomer import Newcomer
from .selection_score import POINTS, exact, rate_interviews, show, weigh
from .people_figures import PeopleFigures
from .sales_people import SalesPeople
from .staffing_need import StaffingMonth, StaffingNeed
from .staffing_proposal import StaffingProposal
from .training_effect import TrainingEffect
from .training_needs import TrainingNeeds
from .career_progress import CareerProgress
from . import cockpit, development, team_board
from .honour_ranking import HonourRanking
