from .domain import read_domain, try_domain
from .fact_query import Dimension, FactQuery, Measure
from .metric_values import MetricValues
from .period import Period
from .scope import Scope
