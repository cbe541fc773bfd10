# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from collections import defaultdict
from typing import NamedTuple

from odoo.fields import Domain
from odoo.tools import SQL

from .customer_keys import (
    get_email_key,
    get_name_key,
    get_phone_key,
    get_tax_key,
    get_website_key,
)
from .customers import Customers

# Reason -> columns of the customer and the normal form of its value; strong ones first
REASONS = {
    "vat": (("vat",), get_tax_key),
    "email": (("email",), get_email_key),
    "phone": (("phone_sanitized", "phone"), get_phone_key),
    "website": (("website",), get_website_key),
    "name": (("name",), get_name_key),
}


class Group(NamedTuple):
    """Customers that are the same for one reason."""

    reason: str
    key: str
    ids: tuple


class Duplicates:
    """Finds customers that stand in the database more than once.

    One query reads the customers; the rest takes time in proportion to their number.

    :param env: environment of the requesting user
    """

    def __init__(self, env):
        self.env = env

    def find(self):
        """Find the groups of customers, those with the strongest reason first.

        :return: list of :class:`Group`; customers that only pairs told to be different
            would join are left out
        """
        distinct = self._read_distinct()
        groups, known = [], set()
        for reason, found in self._read_keys().items():
            for key, ids in found.items():
                ids = self._leave_out(sorted(ids), distinct)
                if len(ids) < 2 or ids in known:
                    continue
                known.add(ids)
                groups.append(Group(reason, key, ids))
        return groups

    def are_same(self, partners):
        """Return whether customers whom the user may merge are all the same for one
        reason. Others are not read."""
        wanted = tuple(sorted(partners.ids))
        distinct = self._read_distinct()
        return len(wanted) > 1 and any(
            self._leave_out(sorted(ids), distinct) == wanted
            for found in self._read_keys(Domain("id", "in", wanted)).values()
            for ids in found.values()
        )

    def get_domain(self):
        """Return the domain of the customers whom the user may merge: directors all of
        the company, leaders those of their people and those of nobody."""
        customers = Customers(self.env.company)
        self.env["res.partner"].flush_model()
        domain = Domain.custom(
            to_sql=lambda _partners, alias, _query: customers.sql_is_outside(alias)
        )
        user = self.env.user
        if not user.has_group("sales_efficiency_base.group_sales_director"):
            domain &= Domain("user_id", "in", (False, user.id)) | user._get_led_domain(
                user="user_id"
            )
        return domain

    def _read_keys(self, domain=Domain.TRUE):
        """:return: dict reason -> key -> ids of the customers"""
        keys = {reason: defaultdict(list) for reason in REASONS}
        for row in self._read_customers(domain):
            for reason, (names, get_key) in REASONS.items():
                values = (get_key(row.get(name)) for name in names)
                if key := next(filter(None, values), None):
                    keys[reason][key].append(row["id"])
        return keys

    def _read_customers(self, domain):
        """:return: list of dicts: id, and the values that may be the same"""
        partners = self.env["res.partner"]
        names = {name for columns, _get_key in REASONS.values() for name in columns}
        names = ["id", *sorted(names.intersection(partners._fields))]
        query = partners._search(self.get_domain() & domain, order="id")
        return self.env.execute_query_dict(
            query.select(
                *(
                    SQL(
                        "%s AS %s",
                        partners._field_to_sql(query.table, name, query),
                        SQL.identifier(name),
                    )
                    for name in names
                )
            )
        )

    def _read_distinct(self):
        """:return: dict id -> ids of the customers known to be others"""
        distinct = defaultdict(set)
        # sudo: which pairs are known to be different is the same for everybody
        pairs = self.env["sales.customer.distinct"].sudo()
        for pair in pairs.search_fetch([], ["partner_id", "other_id"]):
            distinct[pair.partner_id.id].add(pair.other_id.id)
            distinct[pair.other_id.id].add(pair.partner_id.id)
        return distinct

    @staticmethod
    def _leave_out(ids, distinct):
        """:return: those who may still be the same as another one of the group"""
        group = set(ids)
        return tuple(id_ for id_ in ids if len(distinct[id_] & group) < len(group) - 1)
