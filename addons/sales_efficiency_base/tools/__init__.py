from .domain import read_domain, try_domain
from .fact_groups import FactGroups, FactGroupsReader
from .fact_query import Dimension, FactQuery, Measure
from .growth import GROWTH, grow
from .known import Known
from .limits import FIRST_DAY, LAST_DAY, MAX_FIGURE, MAX_INTEGER
from .metric_values import MetricValues
from .period import Period
from .scope import Scope
from .uninstall import release_records
