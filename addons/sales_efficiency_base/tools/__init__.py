from .fact_query import Dimension, FactQuery, Measure
from .growth import GROWTH, grow
from .metric_values import MetricValues
from .period import Period
from .scope import Scope
