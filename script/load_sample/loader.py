# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Base class for the loaders of data sets."""

from datetime import datetime, time, timezone
from zoneinfo import ZoneInfo

from odoo.fields import Command
from odoo.tools import SQL

from .csv_folder import BadData, read_folder

# Suppresses notifications about the sample, and the chart of accounts that comes with a
# new company: installing it would commit half-way.
QUIET = {
    "chart_template_load": True,
    "mail_auto_subscribe_no_notify": True,
    "mail_create_nolog": True,
    "mail_create_nosubscribe": True,
    "mail_notrack": True,
    "no_reset_password": True,
    "tracking_disable": True,
}
ROLES = "sales_efficiency_base.group_sales_%s"


class Loader:
    """Loads a data set into its own company.

    The company separates the sample from all other data. Each record has an external id
    ``<namespace>.<table>_<key>``. Existing records stay unchanged, so loading again
    only adds missing ones.

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
        self.ids = {}

    def load(self):
        """Check all files, then create all missing records, or none.

        :return: number of records created
        :raise BadData: if any row of any file is wrong; nothing is written then
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
        """Yield problems that no single column reveals."""
        return ()

    def _load_records(self):
        """Create the records of the data set, in the order of their references."""
        raise NotImplementedError

    def _load_company(self):
        """Find or create the company, and switch to it."""
        self.company = self._ensure_one(
            "res.company", "company", self._prepare_company()
        )
        companies = {"allowed_company_ids": self.company.ids}
        self.env = self.env(context={**self.env.context, **companies})
        self.company = self.company.with_env(self.env)

    def _prepare_company(self):
        return {
            "name": self.company_name,
            "country_id": self.env.ref("base.us").id,
            "currency_id": self.env.ref("base.USD").id,
            "sales_tz": "America/Los_Angeles",
            # The administrator of the database should see the sample.
            "user_ids": [Command.link(self.env.ref("base.user_admin").id)],
        }

    def _count(self):
        return self.env["ir.model.data"].search_count([("module", "=", self.namespace)])

    def _ensure(self, label, model, kind, rows, prepare, finish=None, size=500):
        """Create missing records, and store the ids of all in ``self.ids[kind]``.

        :param kind: prefix of the external ids
        :param dict rows: :class:`~.csv_folder.Row` by key
        :param prepare: returns the values of a row; called batch by batch, so it can
            use the ids of earlier batches
        :param finish: called with the records of a batch and their rows
        """
        found = self._find(model)
        names = {key: f"{kind}_{row.slug}" for key, row in rows.items()}
        ids = {key: found[name] for key, name in names.items() if name in found}
        self.ids[kind] = ids
        missing = [key for key in rows if key not in ids]
        for keys in self.progress.batches(label, missing, size):
            batch = [rows[key] for key in keys]
            records = self.env[model].create([prepare(row) for row in batch])
            ids.update(zip(keys, records.ids, strict=True))
            self._name(records, [names[key] for key in keys])
            if finish:
                finish(records, batch)
            # Keep the cache small, and with it the search for dependent records.
            self.env.flush_all()
            self.env.invalidate_all()

    def _ensure_one(self, model, name, values):
        """Return the record with the external id, created if missing."""
        record = self.env[model].browse(self._find(model).get(name))
        if not record:
            record = record.create(values)
            self._name(record, [name])
        return record

    def _find(self, model):
        """Return the ids of previously loaded records by name of the external id."""
        domain = [("module", "=", self.namespace), ("model", "=", model)]
        found = self.env["ir.model.data"].search_read(domain, ["name", "res_id"])
        return {data["name"]: data["res_id"] for data in found}

    def _name(self, records, names):
        """Give external ids to records."""
        self.env["ir.model.data"].create(
            [
                {
                    "module": self.namespace,
                    "name": name,
                    "model": record._name,
                    "res_id": record.id,
                    "noupdate": True,
                }
                for name, record in zip(names, records, strict=True)
            ]
        )

    def _get_ancestors(self, table, column, key):
        """Return the keys of a row's ancestors, each once even in a cycle."""
        rows, found = self.data[table], []
        parent = rows[key][column]
        while parent is not None and parent not in found:
            found.append(parent)
            parent = rows[parent][column]
        return found

    def _find_circles(self, table, column):
        for key, row in self.data[table].items():
            if key in self._get_ancestors(table, column, key):
                yield row.problem(column, "goes round in a circle")

    def _get_top_down(self, table, column):
        """Return the rows of a tree by key, parents first."""
        rows = self.data[table]
        keys = sorted(rows, key=lambda k: len(self._get_ancestors(table, column, k)))
        return {key: rows[key] for key in keys}

    def _analyze(self, *models):
        """Update PostgreSQL's statistics.

        It does not count the rows of an open transaction, and considers a table empty
        after a killed run had filled it. Queries could then take hours.
        """
        tables = [SQL.identifier(self.env[model]._table) for model in models]
        self.env.cr.execute(SQL("ANALYZE %s", SQL(", ").join(tables)))

    def _prepare_user(self, name, role):
        """Return the values of a user without password, whose address gets no e-mail.

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
            "name": f"{leader.name}'s Team",
            "user_id": leader_id,
            "member_ids": [Command.set([leader_id, *member_ids])],
            "company_id": self.company.id,
            **values,
        }

    def _noon(self, day):
        """Return noon of a day in the company's time zone, as naive UTC."""
        zone = ZoneInfo(self.company.sales_tz)
        noon = datetime.combine(day, time(12), zone)
        return noon.astimezone(timezone.utc).replace(tzinfo=None)

    def _get_countries(self):
        """Return the country ids by English name and by code."""
        countries = self.env["res.country"].with_context(lang="en_US").search([])
        return {
            **{country.name: country.id for country in countries},
            **{country.code: country.id for country in countries},
        }
