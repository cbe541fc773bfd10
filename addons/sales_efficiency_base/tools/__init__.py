from .allocation import allocate
from .answers import score_recommendation, score_satisfaction
from .arrays import to_array
from .bars import draw_bars, draw_steps
from .clock import get_monday
from .code_words import lend_code_words
from .columns import create_empty_column
from .dimension_index import DimensionIndex
from .domain import read_domain, try_domain
from .each_alone import attempt, each_alone, take_free
from .formula import formula
from .growth import grow
from .hand_over import hand_over, require
from .judgement import Judgement
from .known import Known
from .limits import FIRST_DAY, LAST_DAY, MAX_FIGURE, MAX_INTEGER
from .metric_values import MetricValues
from .open_records import open_records
from .period import Period
from .period_names import (
    SHORT_MONTH,
    format_period,
    name_period,
    name_period_kinds,
    select_period_kinds,
)
from .places import give_places
from .returns import get_roas, get_roi
from .rounding import round_all
from .scope import Scope
from .take_turns import take_turns
from .uninstall import close_app, release_records
from .unit import Unit
from .weights import add_up
