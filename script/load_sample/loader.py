# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What the loaders of all data sets have in common."""

from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

from odoo.fields import Command

from .csv_folder import BadData, read_folder

# Nobody is to be told of what happened in a sample.
QUIET = {
    "mail_auto_subscribe_no_notify": True,
    "mail_create_nolog": True,
    "mail_create_nosubscribe": True,
    "mail_notrack": True,
    "no_reset_password": True,
    "tracking_disable": True,
}
ROLES = "sales_efficiency_base.group_sales_%s"


class Loader:
    """Loads one data set into a company of its own.

    The company keeps the sample apart from everything else in the database. Each record
    carries an external id ``<namespace>.<table>_<key>``; a record that is there is left
    as it is, so loading again completes what is missing and changes nothing else.

    :param env: environment of the superuser
    :param path: folder of the CSV files
    :param progress: :class:`~.progress.Progress`
    """

    namespace = None  # of the external ids
    company_name = None
    tables = {}

    def __init__(self, env, path, progress):
        self.env = env(context={**env.context, **QUIET, "active_test": False})
        self.path = path
        self.progress = progress
        self.company = self.env["res.company"]
        self.data = {}

    def load(self):
        """Check all files, then create what is missing: everything or nothing.

        :return: number of records created
        :raise BadData: when a row of any file is wrong; nothing has been written then
        """
        self.data = read_folder(self.path, self.tables)
        if problems := sorted(self._find_problems()):
            raise BadData(problems)
        before = self._count()
        with self.env.cr.savepoint():
            self._load_company()
            self._load_records()
        return self._count() - before

    def _find_problems(self):
        """Yield what the columns alone do not tell."""
        return ()

    def _load_records(self):
        """Create the records of the data set, in the order of their references."""
        raise NotImplementedError

    def _load_company(self):
        """Create or find the company and work in it from here on."""
        values = {
            "name": self.company_name,
            "country_id": self.env.ref("base.us").id,
            "currency_id": self.env.ref("base.USD").id,
            "sales_tz": "America/Los_Angeles",
        }
        ids = self._ensure("Company", "res.company", [("company", values)])
        self.company = self.env["res.company"].browse(ids["company"])
        # Whoever administers the database is to see the sample.
        users = self.env.ref("base.user_admin") | self.env.user
        users.write({"company_ids": [Command.link(self.company.id)]})
        self.env = self.env(
            context={**self.env.context, "allowed_company_ids": self.company.ids}
        )
        self.company = self.company.with_env(self.env)

    def _count(self):
        return self.env["ir.model.data"].search_count([("module", "=", self.namespace)])

    def _ensure(self, label, model, values_by_name, size=500):
        """Create the records that are missing.

        :param list values_by_name: pairs of external name and values
        :return: id by external name
        """
        ids = self._find(model)
        missing = [pair for pair in values_by_name if pair[0] not in ids]
        for batch in self.progress.batches(label, missing, size):
            ids.update(self._create(model, batch))
        return ids

    def _find(self, model):
        """Return id by external name of what was loaded before."""
        domain = [("module", "=", self.namespace), ("model", "=", model)]
        found = self.env["ir.model.data"].search_read(domain, ["name", "res_id"])
        return {data["name"]: data["res_id"] for data in found}

    def _create(self, model, values_by_name):
        """Create records with their external ids; return id by external name."""
        records = self.env[model].create([values for __, values in values_by_name])
        ids = {
            name: record.id
            for (name, __), record in zip(values_by_name, records, strict=True)
        }
        self.env["ir.model.data"].create(
            [
                {
                    "module": self.namespace,
                    "name": name,
                    "model": model,
                    "res_id": record_id,
                    "noupdate": True,
                }
                for name, record_id in ids.items()
            ]
        )
        return ids

    def _prepare_user(self, name, role):
        """Values of a user who gets no mail and has no password yet.

        :param str role: person, leader or director
        """
        login = ".".join(name.lower().split())
        return {
            "name": name,
            "login": f"{login}@{self.namespace.replace('_', '-')}.example",
            "email": f"{login}@{self.namespace.replace('_', '-')}.example",
            "tz": self.company.sales_tz,
            "company_id": self.company.id,
            "company_ids": [Command.set(self.company.ids)],
            "group_ids": [Command.link(self.env.ref(ROLES % role).id)],
        }

    def _prepare_team(self, leader_id, member_ids, **values):
        leader = self.env["res.users"].browse(leader_id)
        return {
            "name": f"{leader.name}'s team",
            "user_id": leader_id,
            "member_ids": [Command.set([leader_id, *member_ids])],
            "company_id": self.company.id,
            **values,
        }

    def _noon(self, day):
        """Noon of a day where the company is, as Odoo stores moments."""
        zone = ZoneInfo(self.company.sales_tz)
        noon = datetime.combine(day, time(12), zone)
        return noon.astimezone(UTC).replace(tzinfo=None)

    def _get_countries(self):
        """Return the country ids by English name and by code."""
        countries = self.env["res.country"].with_context(lang="en_US").search([])
        return {
            **{country.name: country.id for country in countries},
            **{country.code: country.id for country in countries},
        }
