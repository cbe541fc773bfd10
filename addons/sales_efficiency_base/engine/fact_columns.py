# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from .dimensions import Dimensions
from .fact_query import FactQuery


class FactColumns:
    """Reads :class:`FactQuery` into columns, in the order of scopes × periods.

    :param env: environment of the requesting user
    :param list scopes: distinct :class:`Scope` objects
    :param list periods: distinct :class:`Period` objects
    """

    def __init__(self, env, scopes, periods):
        self.env = env
        self._query = FactQuery(Dimensions(env).of_scopes(scopes), scopes, periods)
        self._length = len(scopes) * len(periods)

    @property
    def names(self):
        """Names of the dimensions in use."""
        return self._query.names

    def sums(self, measures):
        """Return a column for each measure, see :meth:`.FactQuery.sums`."""
        return self._read_sums(self._query.sums(measures), measures)

    def sums_of(self, relation, measures):
        """Return a column for each measure, see :meth:`.FactQuery.sums_of`."""
        return self._read_sums(self._query.sums_of(relation, measures), measures)

    def _read_sums(self, statement, measures):
        columns = [
            [0 if measure.type == "bigint" else 0.0] * self._length
            for measure in measures
        ]
        for position, *values in self.env.execute_query(statement):
            for column, value in zip(columns, values, strict=True):
                if value is not None:
                    column[position] = value
        return columns

    def counts(self, relations):
        """Return a column for each relation, see :meth:`.FactQuery.counts`."""
        columns = [[0] * self._length for _relation in relations]
        for position, number, count in self.env.execute_query(
            self._query.counts(relations)
        ):
            columns[number][position] = count
        return columns

    def by_key(self, relation, keys, value):
        """Return the SELECT of sums by further keys, see :meth:`.FactQuery.by_key`."""
        return self._query.by_key(relation, keys, value)

    def tabulate(self, statement, number):
        """Return columns of what a statement says, None where it says nothing.

        :param SQL statement: SELECT of a position and values
        :param int number: the number of values
        """
        columns = [[None] * self._length for _value in range(number)]
        for position, *values in self.env.execute_query(statement):
            for column, value in zip(columns, values, strict=True):
                column[position] = value
        return columns
