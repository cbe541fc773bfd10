# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.fields import Domain
from odoo.tools import SQL


class KeyPeople:
    """Whether the people are known without whom nothing is bought: somebody who
    decides, and somebody who supports us.

    Those of an opportunity count, and those who decide on all purchases of its
    customer; the user sees none whom they may not read.

    :param env: environment of the user
    """

    KINDS = {
        "decider": Domain("role", "=", "decider"),
        "supporter": Domain("attitude", "in", ("1", "2")),
    }

    def __init__(self, env):
        self.env = env
        self._people = env["sales.stakeholder"]

    def find_leads(self, leads):
        """Find the opportunities for which they are known, in a fixed number of
        queries.

        :return: dict kind -> leads
        """
        customers = leads.partner_id.commercial_partner_id
        around = Domain("partner_id", "in", customers.ids)
        around &= Domain("lead_id", "in", [*leads.ids, False])
        found = {}
        for kind, domain in self.KINDS.items():
            groups = self._people._read_group(
                around & domain, ["company_id", "partner_id", "lead_id"]
            )
            known = {
                (company.id, partner.id, lead.id) for company, partner, lead in groups
            }
            found[kind] = leads.filtered(
                lambda lead, known=known: not known.isdisjoint(self._get_keys(lead))
            )
        return found

    def _get_keys(self, lead):
        company = lead.company_id or self.env.company
        customer = lead.partner_id.commercial_partner_id
        return {(company.id, customer.id, id_) for id_ in (lead.id, False)}

    def find_customers(self, customers):
        """Find the customers of whom they are known, for all purchases or one.

        :return: dict kind -> customers
        """
        around = Domain("partner_id", "in", customers.ids)
        around &= Domain("company_id", "=", self.env.company.id)
        return {
            kind: customers.browse(
                partner.id
                for [partner] in self._people._read_group(
                    around & domain, ["partner_id"]
                )
            )
            for kind, domain in self.KINDS.items()
        }

    def sql_leads(self, kind):
        """:return: the ids of the opportunities for which they are known"""
        people = self._people._search(list(self.KINDS[kind]))
        return SQL(
            """
            (SELECT lead.id
               FROM crm_lead AS lead
               JOIN res_partner AS partner ON partner.id = lead.partner_id
               JOIN sales_stakeholder AS person
                 ON person.partner_id = partner.commercial_partner_id
                AND person.company_id = COALESCE(lead.company_id, %(company)s)
                AND COALESCE(person.lead_id, lead.id) = lead.id
              WHERE person.id IN %(people)s)
            """,
            company=self.env.company.id,
            people=people.subselect(),
        )
