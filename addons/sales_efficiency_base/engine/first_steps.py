# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import pytz

from odoo import Command
from odoo.exceptions import UserError
from odoo.fields import Domain


class CompanySetup:
    """What the first step asks of a company: country, currency, clock and calendar.

    It is done when the clocks of figures and calendar are those of the country.
    """

    def __init__(self, company):
        self._company = company
        self.env = company.env

    def is_done(self):
        zones = self._get_zones(self._company.country_id)
        calendar = self._company.resource_calendar_id
        return self._company.sales_tz in zones and calendar.tz in (*zones, False)

    def describe(self):
        """:return: the settings on which figures depend"""
        company = self._company
        months = company._fields["fiscalyear_last_month"]
        return self.env._(
            "%(currency)s · %(timezone)s · fiscal year to %(month)s %(day)s ·"
            " %(calendar)s",
            currency=company.currency_id.name,
            timezone=company.sales_tz,
            month=dict(months._description_selection(self.env))[
                company.fiscalyear_last_month
            ],
            day=company.fiscalyear_last_day,
            calendar=company.resource_calendar_id.name or self.env._("every day"),
        )

    def describe_proposal(self):
        """:return: the label of the proposal, or False"""
        country, vals, zone = self._propose()
        if not vals and not zone:
            return False
        currency = self._company.currency_id.browse(vals.get("currency_id"))
        return self.env._(
            "Use %(settings)s",
            settings=" · ".join(filter(None, (country.name, currency.name, zone))),
        )

    def accept(self):
        """Apply the proposal."""
        _country, vals, zone = self._propose()
        if not vals and not zone:
            raise UserError(
                self.env._(
                    "There is nothing to propose. Open the company and enter what is"
                    " missing."
                )
            )
        if zone:
            self._company.resource_calendar_id.tz = zone
        # At last: a new country installs its accounting, which loads the registry anew.
        self._company.write(vals)

    def _propose(self):
        """Take what is customary in the country; where the user is if the company has
        no address yet: its country is then that of the chart of accounts, if any.

        :return: country, values of the company, time zone of the calendar
        """
        company, user_zone = self._company, self.env.user.tz
        country = company.country_id
        if not company.city:
            country = self._find_country(user_zone) or country
        zones = self._get_zones(country)
        if not zones or (country == company.country_id and self.is_done()):
            return country, {}, False
        zone = user_zone if user_zone in zones else zones[0]
        vals = {}
        if country != company.country_id:
            vals["country_id"] = country.id
        if company.sales_tz not in zones:
            vals["sales_tz"] = zone
        if country.currency_id != company.currency_id and self._is_unused():
            vals["currency_id"] = country.currency_id.id
        return country, vals, zone

    def _find_country(self, zone):
        codes = [code for code in pytz.country_timezones if zone in self._list(code)]
        countries = self.env["res.country"]
        return (
            countries.search([("code", "in", codes)])
            if len(codes) == 1
            else (countries)
        )

    def _get_zones(self, country):
        return self._list(country.code)

    @staticmethod
    def _list(code):
        return pytz.country_timezones.get(code, []) if code else []

    def _is_unused(self):
        """:return: whether no amounts are recorded in the currency of the company"""
        first, _last = self._company._get_sales_months()
        # sudo: only whether there are any.
        lines = self.env["account.move.line"].sudo()
        return not first and not lines.search_count(
            [("company_id", "=", self._company.id)], limit=1
        )


class RegionsFromCustomers:
    """Proposes regions from the addresses of customers: each state of the country in
    which the company is, and each other country."""

    def __init__(self, env):
        self.env = env
        self._home = env.company.country_id

    def describe(self):
        """:return: the label of the proposal, or False"""
        states, countries, customers = self._find_places()
        number = len(states) + len(countries)
        return number and self.env._(
            "Create Regions from Addresses (%(addresses)s → %(regions)s)",
            addresses=customers,
            regions=number,
        )

    def apply(self):
        """:return: the new regions"""
        states, countries, _customers = self._find_places()
        regions = self.env["sales.region"]
        vals_list = []
        if states:
            home = regions.create({"name": self._home.name})
            vals_list = [self._prepare(state, "state_ids") for state in states]
            if self._home in countries:
                vals_list.append(
                    self._prepare(self._home, "country_ids")
                    | {"name": self.env._("Elsewhere in %s", self._home.name)}
                )
                countries -= self._home
            for vals in vals_list:
                vals["parent_id"] = home.id
        vals_list += [self._prepare(country, "country_ids") for country in countries]
        if not vals_list:
            raise UserError(self.env._("No customer has a country yet."))
        return regions.create(vals_list)

    @staticmethod
    def _prepare(place, field_name):
        return {"name": place.name, field_name: [Command.set(place.ids)]}

    def _find_places(self):
        """:return: states, countries and the number of customers there"""
        domain = Domain("country_id", "!=", False) & Domain("parent_id", "=", False)
        domain &= Domain("user_ids", "=", False) & Domain("ref_company_ids", "=", False)
        domain &= Domain("company_id", "in", (False, self.env.company.id))
        groups = self.env["res.partner"]._read_group(
            domain, ["country_id", "state_id"], ["__count"]
        )
        states, countries = self.env["res.country.state"], self.env["res.country"]
        for country, state, _count in groups:
            if state and country == self._home:
                states |= state
            else:
                countries |= country
        if len(states) == 1:
            states, countries = states.browse(), countries | self._home
        return (
            states.sorted("name"),
            countries.sorted("name"),
            sum(count for *_place, count in groups),
        )
