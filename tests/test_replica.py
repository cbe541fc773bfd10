# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Reading goes to a replica, and leaves the primary alone.

Odoo serves a copy of the suite from a database server of its own, which a hot standby
follows. Both are real, and made by the functions of the scripts.
"""

import contextlib
import json
import os
import shutil
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from http.cookiejar import CookieJar
from pathlib import Path
from xml.etree import ElementTree

import psycopg2
import pytest
from odoo_database import free_port, own_name

from odoo.tools import config

REPLICA_PORT = 5433
SHELL = """
set -euo pipefail
LIB=$ROOT/script/lib
source "$LIB/common.sh"
source "$LIB/postgres.sh"
VAR=$FOLDER
cluster_path() { echo "$FOLDER/postgres"; }
CLUSTER=$(cluster_path)
exec {STARTING}>/dev/null {USING}>/dev/null
"""


class Cluster:
    """A database server, reached by a socket in a folder of its own, and its replica"""

    def __init__(self, database):
        self.database = database
        # Short, for the path of a socket has 107 characters
        self.folder = tempfile.mkdtemp(prefix="replica", dir="/tmp")
        Path(self.folder).chmod(0o755)
        self.host = f"{self.folder}/postgres"
        self.replica = f"{self.host}/replica"
        self.env = os.environ | {"PGHOST": self.host, "PGPORT": "5432"}

    def _run(self, command):
        subprocess.run(
            ["bash", "-c", SHELL + command],
            env=os.environ | {"FOLDER": self.folder},
            check=True,
            timeout=300,
        )

    def start(self):
        self._run(
            """
            install_postgres
            pg_control --wait --options="-c unix_socket_directories='$CLUSTER'" start
            """
        )
        subprocess.run(["createdb", self.database], env=self.env, check=True)
        dump = ["pg_dump", "--format=custom", os.environ["SUITE_TEMPLATE"]]
        restore = ["pg_restore", "--exit-on-error", "--dbname", self.database]
        with subprocess.Popen(dump, stdout=subprocess.PIPE) as process:
            subprocess.run(restore, stdin=process.stdout, env=self.env, check=True)
        source, target = map(
            config.filestore, (os.environ["SUITE_TEMPLATE"], self.database)
        )
        shutil.copytree(source, target)
        self._run(f"start_replica {self.replica} {REPLICA_PORT}")

    def stop_replica(self):
        self._run(f"stop_replica {self.replica}")

    def stop(self):
        self.stop_replica()
        self._run("pg_control --mode=immediate stop || true")
        shutil.rmtree(self.folder)
        shutil.rmtree(config.filestore(self.database))

    def ask(self, query, port=5432, user="odoo"):
        """Return the rows that a query has on the primary, or on the replica."""
        connection = psycopg2.connect(
            dbname=self.database, host=self.host, port=port, user=user
        )
        connection.autocommit = True
        try:
            with connection.cursor() as cr:
                cr.execute(query)
                return cr.fetchall()
        finally:
            connection.close()

    def ask_replica(self, query):
        [[value]] = self.ask(query, REPLICA_PORT, "postgres")
        return value

    def catch_up(self):
        # Of what is committed; the file may get it a moment later.
        [[position]] = self.ask("SELECT pg_current_wal_insert_lsn()")
        for _try in range(300):
            if self.ask_replica(f"SELECT pg_last_wal_replay_lsn() >= '{position}'"):
                return
            time.sleep(0.1)
        raise AssertionError("the replica does not follow")

    def watch(self):
        """Return what shows any statement of Odoo on the primary."""
        return set(
            self.ask(
                """
                SELECT pid, query_start, state_change
                  FROM pg_stat_activity
                 WHERE datname = current_database() AND pid <> pg_backend_pid()
                   AND backend_type = 'client backend'
                """
            )
        )


class Server:
    """Odoo on a database, reading from the replica"""

    def __init__(self, cluster, log):
        self.cluster = cluster
        self.log = log
        self.port = free_port()
        name = cluster.database
        command = ["odoo", "--database", name, "--db-filter", f"^{name}$"]
        options = ["--http-port", self.port, "--workers", "0", "--max-cron-threads=0"]
        self.process = subprocess.Popen(
            [*command, *options, "--logfile", log],
            env=cluster.env
            | {"PGHOST_REPLICA": cluster.host, "PGPORT_REPLICA": str(REPLICA_PORT)},
        )
        cookies = urllib.request.HTTPCookieProcessor(CookieJar())
        self.opener = urllib.request.build_opener(cookies)

    def open(self, path, params=None):
        """Return the answer of a page, or of a JSON route."""
        data = None if params is None else json.dumps({"params": params}).encode()
        request = urllib.request.Request(
            f"http://127.0.0.1:{self.port}{path}",
            data=data,
            headers={"Content-Type": "application/json"},
        )
        with self.opener.open(request, timeout=60) as response:
            return response.read()

    def ask(self, path, **params):
        answer = json.loads(self.open(path, params))
        assert "error" not in answer, answer["error"]["data"]["debug"]
        return answer.get("result")

    def call(self, model, method, *args, button=False, **kwargs):
        """Call a method as the web client does."""
        return self.ask(
            "/web/dataset/call_button" if button else "/web/dataset/call_kw",
            model=model,
            method=method,
            args=args,
            kwargs=kwargs,
        )

    def get_id(self, name):
        query = f"SELECT res_id FROM ir_model_data WHERE name = '{name}'"
        return self.cluster.ask(query)[0][0]

    def log_in(self):
        for _try in range(300):
            try:
                self.open("/web/health")
                break
            except OSError:
                time.sleep(0.2)
        names = {"login": "admin", "password": "admin"}
        self.ask("/web/session/authenticate", db=self.cluster.database, **names)

    def stop(self):
        self.process.terminate()
        self.process.wait(60)


@pytest.fixture(scope="class")
def cluster():
    cluster = Cluster(own_name("replica"))
    try:
        cluster.start()
        yield cluster
    finally:
        cluster.stop()


@pytest.fixture(scope="class")
def server(cluster, tmp_path_factory):
    """Return the server, its user logged in, with a running plan of this year."""
    log = tmp_path_factory.mktemp("replica") / "odoo.log"
    server = Server(cluster, log)
    try:
        server.log_in()
        server.plan = server.call("sales.target.plan", "create", [{}])[0]
        metric = server.get_id("sales_metric_ordered_amount")
        values = {"plan_id": server.plan, "metric_id": metric, "amount": 1200}
        server.target = server.call("sales.target", "create", [values])[0]
        values = {"name": "What sells?", "metric_id": metric}
        server.study = server.call("sales.study", "create", [values])[0]
        server.call("sales.target.plan", "action_submit", [server.plan])
        server.call("sales.target.plan", "action_start", [server.plan])
        job = server.get_id("ir_cron_results")
        server.call("ir.cron", "method_direct_trigger", [job])
        cluster.catch_up()
        yield server
    finally:
        server.stop()
        print(log.read_text()[-3000:])


def get_actions(server):
    """Return the models and views of all actions of the suite."""
    return server.cluster.ask(
        """
        SELECT DISTINCT a.res_model, a.view_mode
          FROM ir_act_window a
          JOIN ir_model_data d ON d.model = 'ir.actions.act_window' AND d.res_id = a.id
         WHERE d.module LIKE 'sales_efficiency_%' AND a.res_model LIKE 'sales.%'
           AND a.target = 'current'
        """,
    )


def read_screens(server):
    """Open every list, pivot and board as the web client does."""
    for model, modes in get_actions(server):
        modes = [mode for mode in modes.split(",") if mode in ("list", "kanban")]
        views = [(False, mode) for mode in [*modes, "search"]]
        answer = server.call(model, "get_views", views=views, options={})
        for mode in modes:
            arch = ElementTree.fromstring(answer["views"][mode]["arch"])
            known = answer["models"][model]["fields"]
            names = {node.get("name") for node in arch.iter("field")} & known.keys()
            names = {name: {} for name in names}
            server.call(model, "web_search_read", [], specification=names, limit=80)
        server.call(
            model, "formatted_read_group", [], groupby=[], aggregates=["__count"]
        )


def read_cockpit(server):
    data = server.call("sales.cockpit", "get_data", period="year")
    [gauge] = data["panels"]["figures"]
    assert gauge["amount"] == 1200


def read_numbers(server):
    """Open what is behind the numbers of a target."""
    domain = [("target_id", "=", server.target), ("period", "=", "year")]
    [result] = server.call("sales.target.result", "search", domain)
    for model, method, id_ in (
        ("sales.target.result", "action_open_figures", result),
        ("sales.target.result", "action_open_target", result),
        ("sales.target", "action_open_results", server.target),
        ("sales.target", "action_open_alerts", server.target),
        ("sales.target", "action_open_parts", server.target),
        ("sales.target.plan", "action_open_targets", server.plan),
    ):
        server.call(model, method, [id_], button=True)
    server.call("sales.cockpit", "get_figures_action", [result])
    server.call("sales.cockpit", "get_pipeline_action", [result])
    server.call("sales.mart.source", "get_freshness")
    server.open(f"/sales_efficiency_target/plan/{server.plan}/xlsx")
    server.call(
        "sales.fact",
        "formatted_read_grouping_sets",
        [],
        grouping_sets=[[], ["team_id"], ["team_id", "date:quarter"]],
        aggregates=["amount:sum"],
    )


def read_gap(server):
    """Open a gap analysis, compare with last year, and use the buttons."""
    action = server.call(
        "sales.target", "action_open_gap_analysis", [server.target], button=True
    )
    model, context = action["res_model"], action["context"]
    rows = {"fields": {"name": {}, "domain": {}, "cause_id": {}}}
    spec = {"comparison": {}, "actual": {}, "scope_line_ids": rows, "cause_ids": {}}
    for comparison in ("target", "last_year"):
        context["default_comparison"] = comparison
        answer = server.call(model, "onchange", [], {}, [], spec, context=context)
        assert answer["value"]["comparison"] == comparison
    for name in ("action_open_target", "action_open_figures", "action_open_last_year"):
        server.call(model, name, [], button=True, context=context)
    context["sales_gap_row"] = {"section": "scope", "kind": "rest", "domain": []}
    for name in ("action_open_figures", "action_open_last_year", "action_tag_cause"):
        server.call(f"{model}.line", name, [], context=context)


def read_analysis(server):
    """Open the board of indicators and what is behind it, and a study."""
    board = server.call("sales.indicator", "get_board", period="year")
    id_ = board["rows"][0]["id"]
    server.call("sales.indicator", "get_figures_action", indicator_id=id_)
    views = server.call("sales.study", "get_views", views=[(False, "form")])
    arch = ElementTree.fromstring(views["views"]["form"]["arch"])
    known = views["models"]["sales.study"]["fields"].keys()
    names = {node.get("name") for node in arch.iter("field")} & known
    names = {name: {} for name in names}
    server.call("sales.study", "web_read", [server.study], names)
    server.call("sales.study", "action_open_results", [server.study], button=True)


class TestReplica:
    @pytest.mark.parametrize(
        "read", [read_cockpit, read_screens, read_numbers, read_gap, read_analysis]
    )
    def test_reading_opens_no_transaction_on_the_primary(self, cluster, server, read):
        # Once a while, Odoo notes the device of a user.
        server.call("sales.mart.source", "get_freshness")
        before = cluster.watch()
        read(server)
        assert cluster.watch() <= before
        assert "retrying with a read/write cursor" not in server.log.read_text()

    def test_scripts_that_are_made_on_the_way_are_there_at_once(self, server):
        """A replica does not know them yet."""
        assert server.open("/web/assets/any/web.chartjs_lib.min.js")

    def test_what_is_written_is_written_on_the_primary(self, cluster, server):
        """The test above would notice it."""
        before = cluster.watch()
        server.call("sales.region", "create", [{"name": "South"}])
        assert cluster.watch() - before

    def test_a_replica_that_lags_says_since_when(self, cluster, server):
        # Sources of the add-on that was installed last wait for a job to read them.
        cluster.ask("DELETE FROM sales_fact_queue RETURNING 1")
        cluster.catch_up()
        cluster.ask_replica("SELECT pg_wal_replay_pause()")
        [[paused]] = cluster.ask("SELECT now() AT TIME ZONE 'UTC'")
        paused = f"{paused:%Y-%m-%d %H:%M:%S}"
        time.sleep(1.1)
        names = server.call("sales.region", "create", [{"name": "North"}])
        assert server.call("sales.mart.source", "get_freshness")["as_of"] <= paused
        cluster.ask_replica("SELECT pg_wal_replay_resume()")
        cluster.catch_up()
        assert server.call("sales.mart.source", "get_freshness")["as_of"] > paused
        assert server.call("sales.region", "read", names, ["name"])

    def test_without_its_replica_odoo_reads_from_the_primary(self, cluster, server):
        """The last test, for the replica does not come back.

        In each of its processes Odoo notices it by a connection that it had, and one
        request fails for that.
        """
        cluster.stop_replica()
        with contextlib.suppress(urllib.error.HTTPError):
            read_cockpit(server)
        before = cluster.watch()
        read_cockpit(server)
        assert cluster.watch() - before
        assert "falling back to read-write cursor" in server.log.read_text()
