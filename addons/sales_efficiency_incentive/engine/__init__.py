# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from .accounting import Accounting
from .adjustment_reader import AdjustmentReader
from .bonus_curve import BonusCurve
from .dispute_notice import DisputeNotice
from .dispute_opening import DisputeOpening
from .entry import ADJUSTMENT, BALANCES, KINDS, Entry
from .entry_text import EntryText
from .estimate import Estimate
from .estimate_text import EstimateText
from .fiscal_calendar import FiscalCalendar
from .hand_postings import HandPostings
from .incentive_cost import IncentiveCost
from .ledger import EARNED, Ledger
from .money import Money
from .month_checklist import MonthChecklist
from .month_computation import MonthComputation
from .month_figures import MonthFigures, find_rise
from .month_follower import MonthFollower
from .month_order import MonthOrder
from .month_payout import MonthPayout
from .month_computation import BATCH
from .next_tier import NextTier
from .pay_statement import PayStatement
from .payout import pay
from .plan_letter import PlanLetter
from .pool import Grant, Member, Pool
from .own_month import OwnMonth
from .plan_simulation import PlanSimulation
from .quotation_lines import QuotationLines
from .rate_table import RateTable
from .releases import paid_share
from .returns import ReturnTerms
from .rule_progress import RuleProgress
from .rule_text import RuleText
from .rule_trial import RuleTrial
from .sale_line import Return, SaleLine
from .simulation import simulate
from .statement import Statement
from .terms import (
    AssignmentTerms,
    Attainment,
    DrawTerms,
    MonthFacts,
    PlanTerms,
    Receipt,
    RuleTerms,
)
from .terms_reader import read_assignment, read_rule, read_version
from .version_cost import VersionCost
from .what_if import WhatIf
