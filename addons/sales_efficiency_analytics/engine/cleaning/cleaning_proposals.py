# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from collections import defaultdict
from functools import cached_property
from typing import NamedTuple

from odoo.fields import Domain
from odoo.tools import SQL

from odoo.addons.sales_efficiency_resource.engine import Duplicates

from ..data_quality import restrict_to_customers
from .cleaners import clean_email, clean_name, clean_phone, clean_tax_id

# Kind of proposal -> field of each model; add-ons may add models of theirs.
FIELDS = {
    "name": {"res.partner": "name", "crm.lead": "partner_name"},
    "email": {"res.partner": "email", "crm.lead": "email_from"},
    "phone": {"res.partner": "phone", "crm.lead": "phone"},
    "tax_id": {"res.partner": "vat"},
    "state": {"res.partner": "state_id", "crm.lead": "state_id"},
}
# Customers of one ZIP code that must agree on the state
LEAST = 2
# Names of duplicates that are shown
LONGEST = 200


class Proposal(NamedTuple):
    """A better value of a field."""

    kind: str
    field_name: str
    old: object
    new: object


class CleaningProposals:
    """Proposes how customers and leads should be written (policy 6.1.2).

    The number of queries depends on that of batches, not of records.

    :param env: environment of the superuser
    """

    def __init__(self, env):
        self.env = env
        self._cleanings = env["sales.data.cleaning"]

    def find_records(self):
        """:return: dict model -> ids of the records that can be cleaned"""
        partners, leads = self.env["res.partner"], self.env["crm.lead"]
        companies = self.env["res.company"].search([])
        customers = partners._search(restrict_to_customers(companies))
        return {
            "res.partner": partners.search(
                Domain("commercial_partner_id", "in", customers), order="id"
            ).ids,
            "crm.lead": leads.search([], order="id").ids,
        }

    # ------------------------------------------------------------------
    # Values
    # ------------------------------------------------------------------

    def propose(self, model, ids):
        """Renew the proposals for some records."""
        self.env.flush_all()
        records = self.env[model].browse(ids).exists()
        known = self._read_known(model, ids)
        new, kept = [], self._cleanings.browse()
        for record in records:
            for proposal in self._propose_for(record):
                key = record.id, proposal.kind
                cleaning = known[key].get((proposal.old, proposal.new))
                if cleaning is None:
                    new.append(self._prepare(record, proposal))
                else:
                    kept |= cleaning
        # What is right by now, or has another value, is proposed no more.
        found = self._cleanings.union(*(c for k in known.values() for c in k.values()))
        gone = (found - kept).filtered(lambda cleaning: cleaning.state == "proposed")
        gone.unlink()
        self._cleanings.create(new)
        self._renew_places(kept)

    def _read_known(self, model, ids):
        """Return what is proposed, or was dismissed or undone: it is not proposed
        again.

        :return: dict (record id, kind) -> dict (old, new value) -> cleaning
        """
        known = defaultdict(dict)
        for cleaning in self._cleanings.search(
            [
                ("res_model", "=", model),
                ("res_id", "in", ids),
                ("kind", "!=", "duplicate"),
                ("state", "in", ("proposed", "dismissed", "undone")),
            ],
            order="id desc",
        ):
            key = cleaning.res_id, cleaning.kind
            known[key].setdefault(
                (cleaning.old["value"], cleaning.new["value"]), cleaning
            )
        return known

    def _propose_for(self, record):
        values = {
            kind: (fields[record._name], record[fields[record._name]])
            for kind, fields in FIELDS.items()
            if record._name in fields
        }
        for kind, (name, old) in values.items():
            if new := getattr(self, f"_clean_{kind}")(record, old):
                yield Proposal(kind, name, old.id if kind == "state" else old, new)

    def _clean_name(self, record, old):
        is_company = record._name != "res.partner" or record.is_company
        return clean_name(old, is_company)

    def _clean_email(self, _record, old):
        return clean_email(old)

    def _clean_phone(self, record, old):
        country = record.country_id or record.company_id.country_id
        return clean_phone(old, country.code, country.phone_code)

    def _clean_tax_id(self, record, old):
        if not old:
            return None
        country = record.commercial_partner_id.country_id
        if new := clean_tax_id(old, country.code):
            # With the means to check tax IDs, Odoo says how they are written.
            new = self.env["res.partner"]._run_vat_checks(
                country, new, validation="setnull"
            )[0]
        return new if new != old else None

    def _clean_state(self, record, old):
        is_contact = record._name == "res.partner" and record.parent_id
        if old or is_contact or not record.country_id:
            return None
        by_zip, by_city = self._states
        country_id = record.country_id.id
        return by_zip.get((country_id, (record.zip or "").strip())) or by_city.get(
            (country_id, (record.city or "").strip().lower())
        )

    @cached_property
    def _states(self):
        """The state by country and ZIP code, as far as customers agree on it; and by
        country and city, where the city is called as the state."""
        by_zip = self.env.execute_query(
            SQL(
                """
                SELECT country_id, BTRIM(zip), MIN(state_id)
                  FROM res_partner
                 WHERE active AND country_id IS NOT NULL AND state_id IS NOT NULL
                   AND BTRIM(zip) <> ''
                 GROUP BY country_id, BTRIM(zip)
                HAVING COUNT(*) >= %s AND MIN(state_id) = MAX(state_id)
                """,
                LEAST,
            )
        )
        states = self.env["res.country.state"].search_fetch([], ["name", "country_id"])
        return (
            {(country_id, code): state_id for country_id, code, state_id in by_zip},
            {(s.country_id.id, s.name.strip().lower()): s.id for s in states},
        )

    def _prepare(self, record, proposal):
        return {
            "kind": proposal.kind,
            "res_model": record._name,
            "res_id": record.id,
            "field_name": proposal.field_name,
            "old": {"value": proposal.old},
            "new": {"value": proposal.new},
            "before": self._show(proposal.kind, proposal.old),
            "after": self._show(proposal.kind, proposal.new),
            **self._get_place(record),
        }

    def _show(self, kind, value):
        if kind == "state" and value:
            return self.env["res.country.state"].browse(value).name
        return value or ""

    def _get_place(self, record):
        """Return company and salesperson, who decide who sees the proposal."""
        user = record.user_id
        if record._name == "res.partner":
            user = record.commercial_partner_id.user_id
        return {"company_id": record.company_id.id, "user_id": user.id}

    def _renew_places(self, cleanings):
        for cleaning in cleanings:
            place = self._get_place(cleaning._get_record())
            if (cleaning.company_id.id, cleaning.user_id.id) != tuple(place.values()):
                cleaning.write(place)

    # ------------------------------------------------------------------
    # Duplicates
    # ------------------------------------------------------------------

    def propose_duplicates(self):
        """Renew the proposals to merge customers, of all companies."""
        known = {
            tuple(cleaning.new["ids"]): cleaning
            for cleaning in self._cleanings.search(
                [("kind", "=", "duplicate"), ("state", "=", "proposed")]
            )
        }
        found = {}
        # Customers of no company are found in each of them.
        for company in self.env["res.company"].search([]):
            partners = self.env["res.partner"].with_company(company)
            found |= {group.ids: group for group in Duplicates(partners.env).find()}
        gone = [cleaning for ids, cleaning in known.items() if ids not in found]
        self._cleanings.union(*gone).unlink()
        self._cleanings.create(
            [self._prepare_merge(ids) for ids in found if ids not in known]
        )

    def _prepare_merge(self, ids):
        partners = self.env["res.partner"].browse(ids)
        companies, users = partners.company_id, partners.user_id
        return {
            "kind": "duplicate",
            "res_model": partners._name,
            "res_id": partners[0].id,
            "old": {"ids": ids},
            "new": {"ids": ids},
            "before": " · ".join(partners.mapped("name"))[:LONGEST],
            "after": partners[0].name,
            "company_id": companies[:1].id,
            # Customers of several people are for those above them.
            "user_id": users.id if len(users) == 1 else False,
        }
