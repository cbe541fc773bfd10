# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from . import bulk_create
from .action_effect import ActionEffect
from .alert_digest import AlertDigest, DigestSection
from .alert_evaluation import AlertEvaluation
from .alert_notification import AlertNotification
from .answer_mails import OPT_OUT, AnswerMails
from .dimensions import Dimensions
from .employee_finder import EmployeeFinder, get_placeholder
from .evaluation import Evaluation
from .fact_changes import FactChanges
from .fact_columns import FactColumns
from .fact_differences import FactDifferences
from .fact_groups import FactGroups, FactGroupsReader
from .fact_query import FactQuery
from .fact_terms import FACT_KEY, Dimension, Measure
from .fact_watch import UPDATE, FactTriggers, Watch
from .first_steps import CompanySetup, RegionsFromCustomers
from .history_writer import HistoryWriter
from .import_draft import ImportDraft
from .import_interview import ImportInterview
from .import_terms import SHEETS, ImportField
from .lead_facts import LEADS, get_lead_columns
from .metric_figures import MetricFigures
from .metric_formula import MetricFormula
from .name_finder import Match, NameFinder, get_halves, get_key
from .new_business import NewBusiness
from .new_customers import NewCustomers
from .record_uses import find_used
from .working_days import WorkingDays
