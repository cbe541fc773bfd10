# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from .bonus_curve import BonusCurve
from .entry import BALANCES, KINDS, Entry
from .entry_text import EntryText
from .estimate import Estimate
from .fiscal_calendar import FiscalCalendar
from .ledger import Ledger
from .money import Money
from .month_computation import MonthComputation
from .next_tier import NextTier
from .payout import pay
from .plan_letter import PlanLetter
from .pool import Member, Pool
from .rate_table import RateTable
from .releases import paid_share
from .returns import ReturnTerms
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
