# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from .customer_file import CustomerFile, CustomerFileMetric
from .customer_places import MEMBERS, select_customer_places
from .duplicates import Duplicates
from .purchase_history import PurchaseHistory
from .contact import (
    ContactCoverage,
    ContactDigest,
    ContactLog,
    ContactPlanning,
    ContactRhythms,
    ContactsPanel,
    ContactSource,
    ContactToDos,
    CustomerEvents,
    DoneActivities,
    PastMeetings,
    PolicyMatch,
    merge_rows,
)
from .buying_drop import BuyingDropTest
from .customer_retention import CustomerRetention
from .customers import Customers
from .drops_panel import Drops
from .coverage import Coverage
from .adaptability import Adaptability
from .payment_figures import PaymentFigures
from .scorecard_points import KNOWN_TO_RISE, add_up, find_level, give_points
from .scorecard_scoring import ScorecardScoring
from .waiting_documents import WaitingDocuments
from .expense import (
    BILLS,
    BudgetBoard,
    BudgetBoardSheet,
    BudgetDraft,
    BudgetLeft,
    BudgetMoveChange,
    BudgetsPanel,
    BudgetUse,
    ExpenseDocuments,
    KindMapping,
    share_months,
    BudgetStand,
    ClaimCheck,
    TypedClaims,
)
