# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from .comparison import compare_lines
from .concession import OfferLine, get_concession
from .files import check_file, hash_file, merge_files
from .offer import OfferContent
from .ready_clauses import READY_CLAUSES, READY_TYPE
from .requirement_kinds import ConcernsSettled, ContractSigned, NegotiationPrepared
from .terms import add_working_days, get_next_term, get_notice_date
from .waste import select_unsigned, select_versions
