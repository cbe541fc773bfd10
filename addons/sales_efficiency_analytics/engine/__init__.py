# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from .child_process import ChildFailed, ChildProcess
from .forecast_comparison import ForecastComparison
from .target_proposal import TargetProposal
from .cleaning import CleaningProposals
from .data_quality import (
    CHECKS,
    LIMIT,
    DataDigest,
    DataIssuesPanel,
    DataLog,
    DataScoreMetric,
    DataSubject,
    DataToDos,
    RuleCheck,
    find_private_field,
    get_subjects,
    restrict_to_customers,
)
from .customer_spread import CustomerSpread
from .formulas import get_coverage, get_velocity
from .indicator import IndicatorBoard, IndicatorChoice
from .pipeline_history import PipelineHistory
from .share_of_wallet import ShareOfWallet
from .export import BiViews, ExportChanges, MartExport, WriterFailed, write_archive
