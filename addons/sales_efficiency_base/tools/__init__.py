from .fact_query import Dimension, FactQuery, Measure
from .fact_groups import FactGroups, FactGroupsReader
from .metric_values import MetricValues
from .period import Period
from .scope import Scope
