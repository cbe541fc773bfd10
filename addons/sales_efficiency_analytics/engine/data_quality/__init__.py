# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from .checks import CHECKS, LIMIT
from .data_digest import DataDigest
from .data_issues_panel import DataIssuesPanel
from .data_log import DataLog
from .data_score_metric import DataScoreMetric
from .data_subject import DataSubject
from .data_to_dos import DataToDos
from .private_fields import find_private_field
from .rule_check import RuleCheck
from .subjects import get_subjects, restrict_to_customers
