# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from functools import cached_property

from dateutil.relativedelta import relativedelta

from odoo import fields
from odoo.fields import Domain
from odoo.tools import format_date

from ...tools import Period, Scope, name_period, name_period_kinds

QUARTERS = 4


class Choice:
    """The scope and period shown in the cockpit, and the alternatives.

    Missing or unavailable choices default by role: the company for a director, the team
    for a leader, otherwise the user's own figures; and the year to date. ``asked``
    comes from a client, so it may contain anything.

    Add-ons extend this class to offer further choices, see ``_get_choice_class`` of
    ``sales.cockpit``.

    :param env: environment of the user
    :param dict asked: may have ``scope`` (``my``, ``team``, ``company``), ``period``
        (see ``name_period_kinds``) and ``date_from`` (the first day of a period as
        text; defaults to the current period)
    """

    def __init__(self, env, asked):
        self.env = env
        self.company = self._get_company()
        self.today = self._get_today()
        self.scopes = self._get_scopes()
        self.scope = self._take(asked.get("scope"), self.scopes, self.scopes[0])
        self.spans = self._get_spans()
        usual = "to_date" if "to_date" in self.spans else "year"
        self.kind = self._take(asked.get("period"), self.spans, usual)
        self.position = self._find_position(asked.get("date_from"))

    @staticmethod
    def _take(value, choices, usual):
        """Return the requested value if it is a valid choice, else the default.

        Choices are compared as a list because the client may send unhashable values.
        """
        return value if value in list(choices) else usual

    # ------------------------------------------------------------------
    # Current choice
    # ------------------------------------------------------------------

    @property
    def period(self):
        """The :class:`Period` shown."""
        return self.spans[self.kind][self.position]

    @property
    def figures_scope(self):
        """The :class:`Scope` of the figures shown."""
        return Scope(self.company.id, **self._get_dimensions())

    def get_facts_domain(self, period):
        """Return the domain of all facts of the scope in a period."""
        domain = Domain("company_id", "=", self.company.id)
        domain &= Domain("date", ">=", period.start) & Domain("date", "<=", period.end)
        dimensions = self._get_dimensions().items()
        return domain & self.env["sales.fact"]._get_inside_domain(dimensions)

    @cached_property
    def has_figures(self):
        """Whether the user may see any facts."""
        domain = Domain("company_id", "=", self.company.id)
        return bool(self.env["sales.fact"].search_count(domain, limit=1))

    def describe(self):
        """Return the current choice and the alternatives for the client."""
        names = self._name_scopes()
        kinds = name_period_kinds(self.env)
        return {
            "scopes": [{"id": scope, "name": names[scope]} for scope in self.scopes],
            "scope": self.scope,
            "periods": [
                {"id": kind, "name": kinds[kind]}
                for kind in kinds
                if kind in self.spans
            ],
            "period": self._describe_period(),
        }

    # ------------------------------------------------------------------
    # Scopes
    # ------------------------------------------------------------------

    def _get_company(self):
        return self.env.company

    def _get_scopes(self):
        """:return: list of the scopes that the user may choose, the widest first"""
        scopes = []
        if self.env.user.has_group("sales_efficiency_base.group_sales_director"):
            scopes.append("company")
        if self._is_leader() and self.env.user.sales_led_team_ids:
            scopes.append("team")
        if not scopes or self._has_own():
            scopes.append("my")
        return scopes

    def _is_leader(self):
        return self.env.user.has_group("sales_efficiency_base.group_sales_leader")

    def _has_own(self):
        """:return: whether the user has figures of their own"""
        return True

    def _name_scopes(self):
        """:return: dict of scope → name"""
        return {
            "company": self.env._("Company"),
            "team": self.env._("My Team"),
            "my": self.env._("My Figures"),
        }

    def _get_dimensions(self):
        """:return: dict of dimension → ids of the scope"""
        user = self.env.user
        return {
            "company": {},
            "team": {"team_id": user.sales_led_team_ids.ids},
            "my": {"user_id": user.ids},
        }[self.scope]

    # ------------------------------------------------------------------
    # Periods
    # ------------------------------------------------------------------

    def _get_today(self):
        return self.company._get_sales_today()

    def _get_spans(self):
        """Return the periods of this and the previous year that have begun.

        :return: dict of kind → list of :class:`Period` in chronological order
        """
        year = Period.year(self.today, self.company)
        years = [year.previous_year(), year]
        months = Period(years[0].start, year.end).months()
        quarters = (
            year.start + relativedelta(months=3 * number)
            for year in years
            for number in range(QUARTERS)
        )
        spans = {
            "month": [Period.month(day) for day in months],
            "quarter": [Period.quarter(day, self.company) for day in quarters],
            "year": years,
        }
        begun = {
            kind: [span for span in spans[kind] if span.start <= self.today]
            for kind in spans
        }
        return begun | {"to_date": [year.until(self.today)]}

    def _find_position(self, date_from):
        """:return: position of the period that starts on a day, else the current one"""
        spans = self.spans[self.kind]
        starts = [fields.Date.to_string(span.start) for span in spans]
        if date_from in starts:
            return starts.index(date_from)
        return sum(span.start <= self.today for span in spans) - 1

    def _describe_period(self):
        spans, place = self.spans[self.kind], self.position
        starts = [fields.Date.to_string(span.start) for span in spans]
        return {
            "id": self.kind,
            "name": self._name_period(),
            "date_from": starts[place],
            "date_to": fields.Date.to_string(self.period.end),
            "previous": starts[place - 1] if place else False,
            "next": (starts[place + 1 :] or [False])[0],
        }

    def _name_period(self):
        span = self.period
        if self.kind == "month":
            return name_period(self.env, self.kind, span.start)
        if self.kind == "quarter":
            return self.env._(
                "Quarter %(number)s, %(year)s",
                number=self.position % QUARTERS + 1,
                year=self._name_year(),
            )
        end = min(span.end, self.today) if self.kind == "to_date" else span.end
        return self.env._(
            "%(start)s to %(end)s",
            start=format_date(self.env, span.start),
            end=format_date(self.env, end),
        )

    def _name_year(self):
        """:return: the name of the fiscal year of the period"""
        year = Period.year(self.period.start, self.company)
        return "/".join(map(str, sorted({year.start.year, year.end.year})))
