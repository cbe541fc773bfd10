# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Readers of figures: roles of PostgreSQL that may read the views of ``sales_bi``.

They are made by the program that makes them in production, in a copy of the suite, and
connect like Excel does.
"""

import os
import subprocess

import psycopg2
import pytest
from odoo_database import (
    ROOT,
    await_database,
    copy_database,
    drop_database,
    execute,
    own_name,
    run_odoo,
)

COMPANIES = """
other = env["res.company"].create({"name": "Other Company"})
env["res.lang"]._activate_lang("zh_TW")
region = env["sales.region"].create({"name": "North"})
region.with_context(lang="zh_TW").name = "北區"
partner = env["res.partner"].create(
    {"name": "anna@customer.example", "is_company": True}
)
other_partner = env["res.partner"].create(
    {"name": "Theirs", "is_company": True, "company_id": other.id}
)
env["res.users"].create(
    {
        "name": "Theirs",
        "login": "theirs",
        "company_id": other.id,
        "company_ids": [(6, 0, other.ids)],
    }
)
env["product.product"].create({"name": "Their Product", "company_id": other.id})
for company, customer, amount in (
    (env.company, partner, 100), (other, other_partner, 7)
):
    env["sales.history.line"].create(
        {
            "date": "2026-08-14",
            "recorded_as": "order",
            "amount": amount,
            "company_id": company.id,
            "partner_id": customer.id,
        }
    )
env["sales.mart"]._rebuild()
env.cr.commit()
"""
UNINSTALL = """
module = env["ir.module.module"].search([("name", "=", "sales_efficiency_analytics")])
module.button_immediate_uninstall()
"""
# What a reader must not do, each refused by the database itself
REFUSED = (
    "SELECT * FROM public.res_users",
    "SELECT * FROM public.res_partner",
    "SELECT * FROM public.sales_fact",
    "SELECT * FROM public.sales_bi_role",
    "SELECT * FROM public.ir_config_parameter",
    "INSERT INTO sales_bi.company (id) VALUES (9)",
    "UPDATE sales_bi.facts SET amount = 0",
    "DELETE FROM sales_bi.facts",
    "CREATE TABLE public.mine (id int)",
    "CREATE TABLE sales_bi.mine (id int)",
    "CREATE TEMPORARY TABLE mine (id int)",
    "CREATE SCHEMA mine",
    "CREATE FUNCTION public.mine() RETURNS int LANGUAGE sql AS 'SELECT 1'",
    "CREATE ROLE mine",
    "SET ROLE odoo",
    "SET SESSION AUTHORIZATION odoo",
    "SELECT sales_bi.drop_user('{name}')",
    "SELECT pg_read_file('/etc/passwd')",
    "COPY (SELECT 1) TO PROGRAM 'true'",
    "SELECT * FROM pg_authid",
)


class Server:
    """A copy of the suite with two companies, and the program that makes readers."""

    def __init__(self, database):
        self.database = database
        # Roles are those of the whole server, so their names are ours alone.
        self.prefix = f"reader_{database}"[-40:].lower().replace("-", "_")

    def name(self, name):
        return f"r{self.prefix}_{name}"

    def run(self, *arguments):
        """Run the program; return its status and what it says."""
        done = subprocess.run(
            [ROOT / "config" / "bi-user", *arguments],
            env={**os.environ, "ODOO_DATABASE": self.database, "PGUSER": "postgres"},
            capture_output=True,
            text=True,
            check=False,
        )
        return done.returncode, (done.stdout + done.stderr).strip()

    def make(self, name, *companies, **options):
        arguments = [a for company in companies for a in ("--company", company)]
        arguments += [a for key, value in options.items() for a in (f"--{key}", value)]
        status, said = self.run(self.name(name), *arguments)
        assert status == 0, said
        return said

    def ask(self, name, query):
        """Ask as a reader, who has turned off what only guards against mistakes."""
        connection = psycopg2.connect(dbname=self.database, user=self.name(name))
        try:
            with connection.cursor() as cr:
                cr.execute("SET default_transaction_read_only = off")
                connection.commit()
                cr.execute(query)
                return cr.fetchall()
        finally:
            connection.close()

    @staticmethod
    def read_passwords():
        """Return what the server knows of passwords, by role."""
        connection = psycopg2.connect(dbname="postgres", user="postgres")
        try:
            with connection.cursor() as cr:
                cr.execute("SELECT rolname, rolpassword FROM pg_authid")
                return dict(cr.fetchall())
        finally:
            connection.close()

    def get_roles(self):
        rows = execute(
            "postgres",
            f"SELECT rolname FROM pg_roles WHERE rolname LIKE 'r{self.prefix}%'",
        )
        return sorted(name for (name,) in rows)


@pytest.fixture(scope="class")
def database():
    """A copy of the suite with two companies, for all tests; the last uninstalls."""
    name = own_name("bi")
    await_database(os.environ["SUITE_TEMPLATE"])
    copy_database(os.environ["SUITE_TEMPLATE"], name)
    run_odoo(name, "shell", script=COMPANIES)
    yield name
    drop_database(name)


@pytest.fixture
def server(database):
    server = Server(database)
    yield server
    for role in server.get_roles():
        server.run(role, "--drop")
    assert server.get_roles() == []


class TestReaders:
    def test_a_reader_reads_the_views_and_nothing_else(self, server):
        password = server.make("anna", "My Company")
        assert len(password) == 32
        assert server.ask("anna", "SELECT amount FROM facts") == [(100,)]
        for statement in REFUSED:
            with pytest.raises(psycopg2.Error) as refused:
                server.ask("anna", statement.format(name=server.name("anna")))
            assert "permission denied" in str(refused.value) or "must be" in str(
                refused.value
            ), statement
        # Nothing but the views has a privilege of the reader's.
        rows = server.ask(
            "anna",
            """
            SELECT c.oid::regclass::text FROM pg_class c
             WHERE c.relkind IN ('r', 'v', 'm', 'p', 'f')
               AND c.relnamespace NOT IN ('pg_catalog'::regnamespace,
                                          'information_schema'::regnamespace)
               AND has_table_privilege(c.oid, 'SELECT')
               AND c.relnamespace <> 'sales_bi'::regnamespace
            """,
        )
        assert rows == []
        rows = server.ask(
            "anna",
            """
            SELECT c.oid::regclass::text FROM pg_class c
             WHERE c.relnamespace = 'sales_bi'::regnamespace
               AND (has_any_column_privilege(c.oid, 'INSERT, UPDATE, REFERENCES')
                    OR has_table_privilege(c.oid, 'DELETE, TRUNCATE, TRIGGER'))
            """,
        )
        assert rows == []

    def test_a_reader_sees_the_companies_named(self, server):
        server.make("anna", "My Company")
        server.make("both", "My Company", "Other Company")
        server.make("other", "Other Company")
        total = "SELECT SUM(amount)::int FROM {}"
        for table in ("facts", "cells"):
            sums = [
                server.ask(name, total.format(table))
                for name in ("anna", "both", "other")
            ]
            assert sums == [[(100,)], [(107,)], [(7,)]]
        assert server.ask("other", "SELECT name FROM company") == [("Other Company",)]
        assert server.ask("other", "SELECT name FROM partner") == [("Theirs",)]
        assert ("Theirs",) not in server.ask("anna", "SELECT name FROM users")
        products = "SELECT name FROM product WHERE name = 'Their Product'"
        assert server.ask("other", products) == [("Their Product",)]
        assert server.ask("anna", products) == []
        # A function of the reader's own is not shown what the view hides.
        guess = "SELECT 1 FROM company WHERE 1 / (id - {}) > 0"
        [[hidden]] = execute(
            server.database, "SELECT id FROM res_company WHERE name = 'Other Company'"
        )
        server.ask("anna", guess.format(hidden))
        # Another company, at once
        server.make("anna", "Other Company")
        assert server.ask("anna", total.format("facts")) == [(7,)]
        execute(
            server.database,
            "UPDATE sales_bi_role SET active = FALSE RETURNING id",
        )
        assert server.ask("anna", "SELECT * FROM facts") == []

    def test_names_are_in_the_language_asked_for_and_without_addresses(self, server):
        server.make("anna", "My Company")
        server.make("lin", "My Company", lang="zh_TW")
        names = "SELECT name FROM region WHERE name IN ('North', '北區')"
        assert server.ask("anna", names) == [("North",)]
        assert server.ask("lin", names) == [("北區",)]
        assert server.ask("anna", "SELECT name FROM partner") == [("*",)]
        columns = server.ask(
            "anna",
            "SELECT column_name FROM information_schema.columns"
            " WHERE table_schema = 'sales_bi'",
        )
        told = " ".join(name for (name,) in columns)
        for word in ("email", "login", "phone", "wage", "pay", "password"):
            assert word not in told

    def test_the_program_says_what_is_wrong(self, server):
        name = server.name("anna")
        for arguments, said in (
            ((name,), "Which company?"),
            ((name, "--company", "Nobody"), "no company Nobody"),
            ((name, "--company", "x' OR 1=1 --"), "no company"),
            ((name, "--company", "My Company", "--lang", "xx"), "not installed"),
            (("Anna", "--company", "My Company"), "Not a name"),
            (("pg_anna", "--company", "My Company"), "Not a name"),
            (("odoo", "--company", "My Company"), "of another kind"),
            (("odoo", "--drop"), "of another kind"),
            ((name, "--password"), "no user"),
            ((name, "other"), "usage"),
            (("--company",), "usage"),
        ):
            status, told = server.run(*arguments)
            assert (status, said in told) == (1, True), (arguments, told)
        assert server.get_roles() == []
        assert execute(server.database, "SELECT * FROM sales_bi_role") == []

    def test_words_of_sql_are_names_like_others(self, server):
        """Unquoted, it would be the password of whoever runs the program."""
        before = server.read_passwords()
        status, password = server.run("current_user", "--company", "My Company")
        try:
            assert (status, len(password)) == (0, 32), password
            after = server.read_passwords()
            assert after.pop("current_user")
            assert after == before
        finally:
            server.run("current_user", "--drop")

    def test_a_reader_whom_a_copy_knows_is_shut_out(self, server):
        server.make("anna", "My Company")
        name, copy = server.name("anna"), own_name("bi_copy")
        copy_database(server.database, copy)
        try:
            status, told = server.run(name, "--drop")
            assert (status, "a copy of the database" in told) == (1, True), told
            with pytest.raises(psycopg2.OperationalError):
                server.ask("anna", "SELECT * FROM facts")
            assert server.run() == (0, "")
        finally:
            drop_database(copy)
        # Made anew, one may connect again.
        server.make("anna", "My Company")
        assert server.ask("anna", "SELECT amount FROM facts") == [(100,)]

    def test_readers_are_listed_and_dropped(self, server):
        server.make("anna", "My Company", "Other Company")
        name = server.name("anna")
        assert server.run() == (0, f"{name}|en_US|My Company, Other Company|")
        _status, password = server.run(name, "--password")
        assert len(password) == 32
        assert server.run(name, "--drop") == (0, "")
        assert server.run() == (0, "")
        assert server.get_roles() == []

    def test_an_update_makes_the_views_anew(self, server):
        server.make("anna", "My Company")
        execute(server.database, "DROP VIEW sales_bi.facts CASCADE; SELECT 1")
        # As in a database that was restored
        execute(
            server.database,
            f'GRANT TEMPORARY ON DATABASE "{server.database}" TO PUBLIC; SELECT 1',
        )
        run_odoo(
            server.database,
            "server",
            "--stop-after-init",
            "--update",
            "sales_efficiency_analytics",
        )
        assert server.ask("anna", "SELECT amount FROM facts") == [(100,)]
        with pytest.raises(psycopg2.Error, match="permission denied"):
            server.ask("anna", "CREATE TEMPORARY TABLE mine (id int)")

    def test_uninstalling_leaves_no_schema_and_no_role(self, server):
        server.make("anna", "My Company")
        assert not run_odoo(server.database, "shell", script=UNINSTALL)
        assert server.get_roles() == []
        found = execute(
            server.database, "SELECT FROM pg_namespace WHERE nspname = 'sales_bi'"
        )
        assert found == []
