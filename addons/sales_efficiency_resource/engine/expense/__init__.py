# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from .returns import Marginal, divide
from .finance import FINANCE
from .outcomes import Outcome, Outcomes
from .benefit_choice import BenefitChoice
from .benefit_board import BenefitBoard, describe_reason
from .benefit_sheet import BenefitSheet
from .campaign_figures import CampaignFigures, CampaignReader
from .budget_check import BudgetCheck
from .budget_left import BudgetLeft
from .budget_returns import BudgetReturns
from .documents import BILLS, ExpenseDocuments
from .kind_mapping import KindMapping
from .budget_move_change import BudgetMoveChange
from .budget_use import BudgetUse, Use
from .budget_board import BudgetBoard
from .budget_board_sheet import BudgetBoardSheet
from .budget_draft import BudgetDraft
from .budget_shares import share_months, share_parts
from .budgets_panel import BudgetsPanel
from .claim_check import ClaimCheck, Finding, Verdict
from .outlay import BudgetStand, Outlay
from .typed_claims import TypedClaims
from .workbook import MIMETYPE
