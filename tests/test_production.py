# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What can be known of the containers without a container engine.

Their programs run as in the image, against the unpacked Odoo and a private database; an
add-on of one file takes the place of the suite, so that a database is made in seconds.
"""

import fnmatch
import http.server
import io
import json
import os
import re
import shutil
import signal
import ssl
import subprocess
import sys
import tarfile
import tempfile
import threading
import time
import urllib.request
from pathlib import Path

import psycopg2
import pytest
import yaml
from odoo_database import ROOT, drop_database, execute, free_port, own_name

SECRETS = ("POSTGRES_PASSWORD", "ODOO_ADMIN_PASSWORD")
# Those of the image odoo:19
IMAGE_VOLUMES = ("/var/lib/odoo", "/mnt/extra-addons")
VARIABLE = re.compile(r"(?<!\$)\$\{(\w+)")


@pytest.fixture(scope="module")
def compose():
    return yaml.safe_load((ROOT / "docker-compose.yml").read_text())


def copies():
    """Yield the sources and the target of each COPY."""
    for line in (ROOT / "Dockerfile").read_text().splitlines():
        if line.startswith("COPY "):
            *sources, target = line.split()[1:]
            yield sources, target


def is_ignored(path):
    """Whether a file stays out of the build context; the last rule decides."""
    ignored = False
    for rule in (ROOT / ".dockerignore").read_text().splitlines():
        pattern = rule.lstrip("!").removeprefix("**/")
        names = Path(path).parts if "**" in rule else [path, *map(str, path.parents)]
        if any(fnmatch.fnmatch(str(name), pattern) for name in names):
            ignored = not rule.startswith("!")
    return ignored


def test_the_build_context_holds_what_is_copied():
    for sources, _target in copies():
        for source in sources:
            assert (ROOT / source).exists()
            assert not is_ignored(Path(source)), source
    assert not is_ignored(Path("addons/one/__manifest__.py"))
    assert is_ignored(Path(".env"))


def test_nothing_is_copied_to_where_a_volume_hides_it():
    """A volume keeps what it was filled with: a rebuilt image would run old code."""
    targets = [target for _sources, target in copies()]
    assert not [target for target in targets if target.startswith(IMAGE_VOLUMES)]


def test_programs_that_are_run_are_copied():
    copied = {Path(source).name for sources, _target in copies() for source in sources}
    assert {"entrypoint", "prepare", "backup", "restore", "bi-user"} <= copied
    mounted = {"replica", "with-tls"}
    for name in {"entrypoint", "prepare", "backup", "restore", "bi-user"} | mounted:
        assert os.access(ROOT / "config" / name, os.X_OK), name


def test_one_service_builds_the_image(compose):
    services = compose["services"]
    builders = [name for name, service in services.items() if "build" in service]
    assert builders == ["prepare"]
    image = services["prepare"]["image"]
    users = [name for name, service in services.items() if service["image"] == image]
    assert users == ["prepare", "web", "cron"]


def test_no_secret_is_on_a_command_line(compose):
    """The entrypoint of Odoo's image would put one there."""
    assert 'ENTRYPOINT ["entrypoint"]' in (ROOT / "Dockerfile").read_text().splitlines()
    for name, service in compose["services"].items():
        words = json.dumps(
            [service.get(key) for key in ("command", "entrypoint", "healthcheck")]
        )
        assert not [secret for secret in SECRETS if secret in words], name


def test_only_the_preparation_knows_the_administrator(compose):
    knowing = [
        name
        for name, service in compose["services"].items()
        if "ODOO_ADMIN_PASSWORD" in service.get("environment", {})
    ]
    assert knowing == ["prepare"]


def test_every_variable_is_explained():
    files = ROOT.glob("docker-compose*.yml")
    used = {name for file in files for name in VARIABLE.findall(file.read_text())}
    lines = (ROOT / ".env.example").read_text().splitlines()
    told = {match[1] for line in lines if (match := re.match(r"(?:# )?(\w+)=", line))}
    assert told - {"COMPOSE_PROFILES", "COMPOSE_FILE"} == used


def test_what_is_mounted_and_waited_for_is_there(compose):
    for service in compose["services"].values():
        for mount in service.get("volumes", []):
            source = mount.split(":")[0]
            if source.startswith("."):
                assert (ROOT / source).is_file()
            else:
                assert source in compose["volumes"]
        assert set(service.get("depends_on", [])) <= compose["services"].keys()


# ----------------------------------------------------------------------
# The proxy
# ----------------------------------------------------------------------


class Answer(http.server.BaseHTTPRequestHandler):
    """Says where it is, and how it was asked."""

    def do_GET(self):
        scheme = self.headers["X-Forwarded-Proto"]
        host = self.headers["X-Forwarded-Host"]
        answer = f"{self.server.name} {scheme} {host}".encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *args):
        pass


@pytest.fixture
def servers():
    """Return the ports of what stands for Odoo's two servers."""
    running = []
    for name in ("web", "live"):
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Answer)
        server.name = name
        threading.Thread(target=server.serve_forever, daemon=True).start()
        running.append(server)
    yield [server.server_port for server in running]
    for server in running:
        server.shutdown()
        server.server_close()


@pytest.fixture
def proxy(servers, tmp_path):
    """Run the proxy as configured, but for its ports; return its address."""
    port = free_port()
    env = {
        **os.environ,
        "DOMAIN": f"https://localhost:{port}",
        "WEB": "127.0.0.1",
        "HOME": str(tmp_path),
        "XDG_DATA_HOME": str(tmp_path),
        "XDG_CONFIG_HOME": str(tmp_path),
    }
    file = ROOT / "config" / "Caddyfile"
    adapted = subprocess.run(
        ["caddy", "adapt", "--adapter", "caddyfile", "--config", file],
        env=env,
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    for before, after in zip((8069, 8072), servers, strict=True):
        adapted = adapted.replace(f"127.0.0.1:{before}", f"127.0.0.1:{after}")
    config = json.loads(adapted) | {"admin": {"disabled": True}}
    config["apps"]["http"]["http_port"] = int(free_port())
    authorities = {"local": {"install_trust": False}}
    config["apps"]["pki"] = {"certificate_authorities": authorities}
    (tmp_path / "caddy.json").write_text(json.dumps(config))
    with (tmp_path / "log").open("w") as log:
        process = subprocess.Popen(
            ["caddy", "run", "--config", tmp_path / "caddy.json"],
            env=env,
            stdout=log,
            stderr=log,
        )
        yield f"https://localhost:{port}"
        process.terminate()
        process.wait(30)


def ask(url):
    """Return the answer of the proxy, whose certificate it has signed itself."""
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    for _try in range(100):
        try:
            with urllib.request.urlopen(url, timeout=10, context=context) as answer:
                return answer.read().decode()
        except OSError:
            time.sleep(0.2)
    raise AssertionError(f"no answer from {url}")


def test_the_proxy_speaks_tls_and_knows_the_server_of_live_updates(proxy):
    host = proxy.removeprefix("https://")
    assert ask(f"{proxy}/odoo") == f"web https {host}"
    assert ask(f"{proxy}/websocket?version=1") == f"live https {host}"
    assert ask(f"{proxy}/websockets") == f"web https {host}"


# ----------------------------------------------------------------------
# The programs of the image
# ----------------------------------------------------------------------


class Image:
    """The programs of the image, with an add-on of one file as the suite"""

    def __init__(self, folder, database):
        self.folder = folder
        self.database = database
        self.addon = folder / "addons" / "sales_efficiency_one"
        self.addon.mkdir(parents=True)
        (self.addon / "__init__.py").touch()
        self.write_manifest("19.0.1.0.0")
        self.env = {
            **os.environ,
            "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
            "SUITE_ADDONS": str(folder / "addons"),
            "ODOO_ADDONS_PATH": f"{os.environ['ODOO_ADDONS_PATH']},{folder / 'addons'}",
            "ODOO_DATA_DIR": str(folder / "data"),
            "ODOO_DATABASE": database,
            "ODOO_ADMIN_PASSWORD": "not admin",
            "ODOO_LANGUAGE": "zh_TW",
            "ODOO_COUNTRY": "tw",
            "PGHOST_REPLICA": "",
        }
        self.files = folder / "data" / "filestore"
        self.files.mkdir(parents=True)

    def write_manifest(self, version):
        manifest = {
            "name": "One",
            "version": version,
            "author": "Sales Efficiency Contributors",
            "license": "AGPL-3",
            "depends": ["base"],
        }
        (self.addon / "__manifest__.py").write_text(repr(manifest))

    def run(self, *command, **options):
        """Run a program of the image through its entrypoint."""
        command = [str(ROOT / "config" / word) for word in command[:1]] + [*command[1:]]
        return subprocess.run(
            [ROOT / "config" / "entrypoint", *command],
            env=self.env | options.pop("env", {}),
            capture_output=True,
            timeout=300,
            check=False,
            **options,
        )

    def prepare(self, **env):
        done = self.run("prepare", env=env)
        return done.returncode, done.stderr.decode()

    def one(self, query, database=None):
        [[value]] = execute(database or self.database, query)
        return value


@pytest.fixture(scope="class")
def image(tmp_path_factory):
    """Return the image with a database that it has just created.

    What an interrupted creation has left is in its way.
    """
    image = Image(tmp_path_factory.mktemp("image"), own_name("production"))
    unfinished = f"{image.database}_unfinished"
    subprocess.run(["createdb", unfinished], check=True)
    (image.files / unfinished / "aa").mkdir(parents=True)
    status, log = image.prepare()
    assert status == 0, log
    yield image
    for name in ("", "_unfinished", "_copy", "_other"):
        drop_database(image.database + name)


class TestPrograms:
    def test_a_new_database_has_the_country_and_the_language_that_were_asked_for(
        self, image
    ):
        query = """
            SELECT concat_ws(' ', country.code, currency.name, p.lang, own.tz, own.lang)
              FROM res_company c
              JOIN res_partner p ON p.id = c.partner_id
              JOIN res_country country ON country.id = p.country_id
              JOIN res_currency currency ON currency.id = c.currency_id
              JOIN res_users u ON u.login = 'admin'
              JOIN res_partner own ON own.id = u.partner_id
             WHERE currency.active
        """
        assert image.one(query) == "TW TWD zh_TW Asia/Taipei zh_TW"

    def test_a_new_database_is_whole(self, image):
        state = "SELECT state FROM ir_module_module WHERE name = 'sales_efficiency_one'"
        assert image.one(state) == "installed"
        assert not list(image.files.glob("*_unfinished"))
        databases = "SELECT count(*) FROM pg_database WHERE datname = '{}_unfinished'"
        assert image.one(databases.format(image.database), "postgres") == 0

    def test_nobody_keeps_the_password_that_odoo_starts_with(self, image):
        script = """
admin = env.ref("base.user_admin").with_user(env.ref("base.user_admin"))
credential = {"type": "password", "password": "not admin"}
admin._check_credentials(credential, {"interactive": False})
"""
        done = self._shell(image, script)
        assert done.returncode == 0, done.stderr

    def _shell(self, image, script, **env):
        """Run Python in Odoo, as the image would."""
        command = ["odoo", "shell", "--no-http", "--database", image.database]
        return subprocess.run(
            [ROOT / "config" / "entrypoint", *command],
            input=script,
            text=True,
            env=image.env | env,
            capture_output=True,
            check=False,
        )

    def test_with_nothing_to_do_servers_run_on(self, image):
        """The second preparation of one image, while the database is in use"""
        connection = psycopg2.connect(dbname=image.database)
        start = time.monotonic()
        status, log = image.prepare()
        connection.close()
        assert status == 0, log
        assert "up to date" in log
        assert time.monotonic() - start < 15

    def test_servers_are_never_updated_while_they_run(self, image):
        image.write_manifest("19.0.1.0.1")
        connection = psycopg2.connect(dbname=image.database)
        status, log = image.prepare()
        connection.close()
        assert status == 1
        assert "docker compose stop web cron" in log
        version = self._get_version(image)
        assert version == "19.0.1.0.0"
        status, log = image.prepare()
        assert status == 0, log
        assert self._get_version(image) == "19.0.1.0.1"
        assert "up to date" in image.prepare()[1]

    def _get_version(self, image):
        return image.one(
            "SELECT latest_version FROM ir_module_module"
            " WHERE name = 'sales_efficiency_one'"
        )

    @pytest.mark.parametrize(
        "wrong", [{"ODOO_COUNTRY": "XX"}, {"ODOO_LANGUAGE": "xx_XX"}]
    )
    def test_a_wrong_country_or_language_ends_the_preparation(self, image, wrong):
        script = (ROOT / "config" / "new_company.py").read_text()
        done = self._shell(image, script, **wrong)
        assert done.returncode == 1
        assert "error: " in done.stderr

    def test_a_backup_becomes_a_copy_that_is_the_same(self, image):
        self._attach(image, b"a contract")
        archive = self._back_up(image)
        copy = f"{image.database}_copy"
        done = image.run("restore", copy, input=archive)
        assert done.returncode == 0, done.stderr
        assert self._count_rows(copy) == self._count_rows(image.database)
        names = "SELECT store_fname FROM ir_attachment WHERE store_fname IS NOT NULL"
        stored = [name for (name,) in execute(copy, names)]
        assert stored
        for name in stored:
            before, after = (
                (image.files / database / name).read_bytes()
                for database in (image.database, copy)
            )
            assert before == after
        assert not list((image.folder / "data").glob("*.*")), "work was left behind"
        done = image.run("restore", copy, input=archive)
        assert done.returncode == 1
        assert b"left as it is" in done.stderr
        drop_database(copy)

    def test_files_that_come_and_go_during_a_backup_are_in_it(self, image, tmp_path):
        folder = image.files / image.database / "zz"
        folder.mkdir()
        (folder / "goes").touch()
        program = tmp_path / "pg_dump"
        program.write_text(
            f"#!/bin/bash\nrm {folder}/goes\ntouch {folder}/comes\n"
            f'exec {shutil.which("pg_dump")} "$@"\n'
        )
        program.chmod(0o755)
        path = f"{tmp_path}:{image.env['PATH']}"
        done = image.run("backup", image.database, env={"PATH": path})
        assert done.returncode == 0, done.stderr
        with tarfile.open(fileobj=io.BytesIO(done.stdout)) as archive:
            names = archive.getnames()
        assert {"filestore/zz/goes", "filestore/zz/comes"} <= set(names)

    def test_a_restore_replaces_a_database_when_it_is_told_to(self, image):
        archive = self._back_up(image)
        before = self._count_rows(image.database)
        self._attach(image, b"came after the backup")
        connection = psycopg2.connect(dbname=image.database)
        done = image.run("restore", image.database, "--replace", input=archive)
        assert done.returncode == 1, "a database in use was replaced"
        connection.close()
        done = image.run("restore", image.database, "--replace", input=archive)
        assert done.returncode == 0, done.stderr
        assert self._count_rows(image.database) == before

    def test_a_copy_for_trying_sends_no_mail(self, image):
        copy = f"{image.database}_copy"
        done = image.run("restore", copy, "--copy", input=self._back_up(image))
        assert done.returncode == 0, done.stderr
        neutralized = (
            "SELECT value FROM ir_config_parameter"
            " WHERE key = 'database.is_neutralized'"
        )
        assert image.one(neutralized, copy)
        drop_database(copy)

    def test_half_an_archive_changes_nothing(self, image):
        archive = self._back_up(image)
        with tarfile.open(fileobj=io.BytesIO(archive)) as content:
            dump, *_files, last = content.getmembers()
        before = self._count_rows(image.database)
        # tar itself sees no fault where a file ends.
        for end in (0, 5000, dump.offset_data + dump.size, last.offset):
            part = archive[:end]
            for name in (image.database, f"{image.database}_copy"):
                done = image.run("restore", name, "--replace", input=part)
                assert done.returncode == 1
                assert b"not all of it" in done.stderr
        assert self._count_rows(image.database) == before
        query = f"SELECT count(*) FROM pg_database WHERE datname ~ '^{image.database}_'"
        assert image.one(query, "postgres") == 0

    def _attach(self, image, content):
        done = self._shell(
            image,
            f"env['ir.attachment'].create({{'name': 'x', 'raw': {content!r}}})\n"
            "env.cr.commit()\n",
        )
        assert done.returncode == 0, done.stderr

    def _back_up(self, image):
        done = image.run("backup", image.database)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def _count_rows(self, database):
        tables = execute(
            database,
            "SELECT relname FROM pg_class WHERE relkind = 'r'"
            " AND relnamespace = 'public'::regnamespace",
        )
        return {
            table: execute(database, f'SELECT count(*) FROM "{table}"')
            for (table,) in tables
        }


def test_the_entrypoint_waits_for_the_database_server_and_hides_its_password(tmp_path):
    env = {"PATH": os.environ["PATH"], "PGHOST": str(tmp_path), "PGPASSWORD": "secret"}
    program = [ROOT / "config" / "entrypoint", "sleep", "30"]
    done = subprocess.run(
        program, env=env | {"WAIT_SECONDS": "1"}, capture_output=True, check=False
    )
    assert done.returncode == 1
    assert b"does not answer" in done.stderr
    waiting = subprocess.Popen(program, env={**os.environ, "PGPASSWORD": "secret"})
    try:
        path = Path(f"/proc/{waiting.pid}/cmdline")
        for _try in range(100):
            words = path.read_bytes().split(b"\0")
            if words[0] == b"sleep":
                break
            time.sleep(0.1)
        assert words == [b"sleep", b"30", b""]
    finally:
        waiting.kill()
        waiting.wait()


def test_an_empty_name_of_a_replica_is_none():
    """Odoo would simulate one on the primary."""
    done = subprocess.run(
        [ROOT / "config" / "entrypoint", "env"],
        env={**os.environ, "PGHOST_REPLICA": ""},
        capture_output=True,
        check=True,
    )
    assert b"PGHOST_REPLICA" not in done.stdout


# ----------------------------------------------------------------------
# The database server, published for BI
# ----------------------------------------------------------------------


def test_what_publishes_the_database_is_there(compose):
    published = yaml.safe_load((ROOT / "docker-compose.bi.yml").read_text())
    assert published["services"].keys() <= compose["services"].keys()
    for service in published["services"].values():
        for mount in service["volumes"]:
            source = mount.split(":")[0]
            assert source in published["volumes"] or (ROOT / source).is_file()
    # What everybody's server has is not published.
    ports = [
        name for name, service in compose["services"].items() if "ports" in service
    ]
    assert ports == ["proxy"]


class TlsServer:
    """A new database server, started as with ``docker-compose.bi.yml``"""

    def __init__(self):
        # Short, for the path of a socket has 107 characters
        self.folder = tempfile.mkdtemp(prefix="tls", dir="/tmp")
        self.port = free_port()
        # PostgreSQL refuses to run as root.
        self.user = {"user": "postgres", "group": "postgres"} if not os.getuid() else {}
        if self.user:
            shutil.chown(self.folder, "postgres", "postgres")
        # The server's user may not enter every checkout.
        for name in ("pg_hba_bi.conf", "with-tls"):
            shutil.copy(ROOT / "config" / name, self.folder)
        # As in a container whose gateway is this machine
        Path(self.folder, "routes").write_text(
            "Iface\tDestination\tGateway\tFlags\n"
            "eth0\t00000000\t0100007F\t0003\n"
            "eth0\t000012AC\t00000000\t0001\n"
        )

    def _run(self, start, *command):
        return start(
            command,
            env={
                **os.environ,
                "TLS_FOLDER": f"{self.folder}/tls",
                "TLS_HBA": f"{self.folder}/pg_hba_bi.conf",
                "TLS_ROUTES": f"{self.folder}/routes",
            },
            cwd="/",
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            **self.user,
        )

    def start(self):
        data = f"{self.folder}/data"
        initdb = ["initdb", "--pgdata", data, "--username=odoo", "--auth=trust"]
        assert self._run(subprocess.call, *initdb) == 0
        options = {
            "port": self.port,
            "listen_addresses": "127.0.0.1",
            "unix_socket_directories": self.folder,
            "hba_file": f"{self.folder}/pg_hba_bi.conf",
        }
        self.process = self._run(
            subprocess.Popen,
            *("bash", f"{self.folder}/with-tls", "postgres", "-D", data),
            *(word for key in options for word in ("-c", f"{key}={options[key]}")),
        )
        for _try in range(100):
            try:
                return self.connect(host=self.folder, user="odoo")
            except psycopg2.OperationalError:
                time.sleep(0.2)
        raise AssertionError("the server does not start")

    def connect(self, **options):
        known = {"host": "127.0.0.1", "port": self.port, "dbname": "postgres"}
        return psycopg2.connect(**(known | options))

    def stop(self):
        # At once, also while somebody is connected
        self.process.send_signal(signal.SIGINT)
        self.process.wait(60)
        shutil.rmtree(self.folder)


@pytest.fixture
def tls_server():
    server = TlsServer()
    connection = server.start()
    with connection, connection.cursor() as cr:
        cr.execute("CREATE ROLE reader LOGIN PASSWORD 'secret'")
        cr.execute("ALTER ROLE odoo PASSWORD 'secret'")
    connection.close()
    yield server
    server.stop()


def test_readers_connect_with_tls_and_password(tls_server):
    reader = {"user": "reader", "password": "secret"}
    connection = tls_server.connect(**reader, sslmode="require")
    with connection.cursor() as cr:
        cr.execute("SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()")
        assert cr.fetchone() == (True,)
    connection.close()
    for options in (
        {**reader, "sslmode": "disable"},
        {**reader, "password": "wrong", "sslmode": "require"},
        # What Docker passes on from outside comes from the gateway.
        {**reader, "user": "odoo", "sslmode": "require"},
        {**reader, "user": "odoo", "sslmode": "disable"},
    ):
        with pytest.raises(psycopg2.OperationalError):
            tls_server.connect(**options)
    # PostgreSQL would not start with a key that others may read.
    key = Path(tls_server.folder, "tls", "server.key")
    assert key.stat().st_mode & 0o077 == 0
