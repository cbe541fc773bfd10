# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Take the pictures of the guides: screenshots.py URL FOLDER [SUFFIX].

The server shows the demo company. Chromium is steered by its DevTools protocol, as
Odoo's own tests do.
"""

import base64
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from urllib.request import Request, urlopen

import websocket

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
DESKTOP = (1440, 850)
TALL = (1440, 1150)
PHONE = (375, 800)
# The first page waits for its assets to be built.
TIMEOUT = 120
# Pages count as drawn when nothing has been loading for so long.
REST = 1.5
# Crons of a new database may have much to compute.
COMPUTING = 900
OF_VIVIAN = [("user_id.login", "=", "vivian"), ("plan_id.state", "=", "running")]


@dataclass
class Picture:
    """A page as seen by a user, whose password is the login.

    :param path: page to open, or else the first record of ``model`` that meets
        ``domain``, in the window action ``action`` or by its method ``method``
    :param clicks: selectors of what to click then
    :param queue: model and domain of what crons have to work off before
    """

    name: str
    login: str
    path: str = ""
    model: str = ""
    domain: tuple = ()
    order: str = "id"
    action: str = ""
    method: str = ""
    clicks: tuple = ()
    queue: tuple = ()
    size: tuple = DESKTOP


PICTURES = (
    Picture("cockpit", "grace", path="/odoo/sales-cockpit", size=TALL),
    Picture("cockpit_phone", "amy", path="/odoo/sales-cockpit", size=PHONE),
    Picture(
        "target",
        "grace",
        model="sales.target",
        domain=OF_VIVIAN,
        action="sales_efficiency_target.sales_target_action",
    ),
    Picture(
        "gap",
        "linda",
        model="sales.target.result",
        domain=[
            ("target_id.user_id.login", "=", "vivian"),
            ("period", "=", "to_date"),
        ],
        method="action_open_gap_analysis",
    ),
    Picture(
        "adjustment",
        "grace",
        model="sales.target.adjustment",
        domain=[("state", "=", "requested")],
        action="sales_efficiency_target.sales_target_adjustment_action",
        clicks=(".nav-link[name=effects]",),
    ),
    Picture(
        "alert",
        "kevin",
        model="sales.alert",
        domain=[("answered_at", "!=", False)],
        order="date_to desc, id",
        action="sales_efficiency_base.sales_alert_action",
    ),
    Picture(
        "weekly_board",
        "kevin",
        path="/odoo/weekly-reports",
        # All weeks: on some days this one and the last are almost empty.
        clicks=(".o_facet_remove",),
    ),
    Picture(
        "weekly_report",
        "amy",
        model="sales.weekly.report",
        domain=[("user_id.login", "=", "amy"), ("submitted_at", "!=", False)],
        order="date_from desc",
        action="sales_efficiency_review.sales_weekly_report_action",
    ),
    Picture(
        "meeting",
        "linda",
        model="sales.meeting",
        domain=[("state", "=", "held")],
        order="date desc",
        action="sales_efficiency_review.sales_meeting_action",
        clicks=(".nav-link[name=pack]",),
    ),
    Picture(
        "incentive_month",
        "olivia",
        model="sales.incentive.period",
        domain=[("state", "=", "published")],
        action="sales_efficiency_incentive.sales_incentive_period_action",
        queue=("sales.incentive.change", [("is_new", "=", True)]),
    ),
    Picture(
        "pay_statement",
        "amy",
        model="sales.incentive.statement",
        domain=[("user_id.login", "=", "amy"), ("state", "=", "paid")],
        order="month desc",
        action="sales_efficiency_incentive.sales_incentive_statement_my_action",
        size=TALL,
    ),
    Picture(
        "earnings_phone",
        "amy",
        path="/odoo/action-sales_efficiency_incentive.sales_incentive_earnings_action",
        size=PHONE,
    ),
    Picture(
        "staffing_plan",
        "grace",
        model="sales.staffing.plan",
        domain=[("state", "!=", "draft")],
        action="sales_efficiency_team.sales_staffing_plan_action",
    ),
    Picture("team_board", "kevin", path="/odoo/team-board", size=TALL),
    Picture(
        "appraisal",
        "kevin",
        model="sales.appraisal",
        domain=[("user_id.login", "=", "amy"), ("state", "=", "closed")],
        action="sales_efficiency_team.sales_appraisal_action",
        size=TALL,
    ),
    Picture(
        "training_session",
        "helen",
        model="sales.training.session",
        domain=[("state", "=", "done"), ("topic", "=", "sales")],
        order="date_start desc",
        action="sales_efficiency_team.sales_training_session_action",
    ),
    Picture(
        "hall_of_fame",
        "amy",
        path="/odoo/action-sales_efficiency_team.sales_honour_fame_action",
    ),
    Picture("development_phone", "amy", path="/odoo/my-development", size=PHONE),
    Picture(
        "customer_file",
        "grace",
        model="res.partner",
        domain=[
            ("sales_stakeholder_ids", "!=", False),
            ("sales_need_ids", "!=", False),
            ("sales_grade_id", "!=", False),
        ],
        action="sales_efficiency_resource.res_partner_action_customers",
        clicks=(".nav-link[name=sales_customer]",),
        size=TALL,
    ),
    Picture(
        "grading_run",
        "grace",
        model="sales.grading.run",
        domain=[("state", "=", "confirmed")],
        order="date desc",
        action="sales_efficiency_resource.sales_grading_run_action",
    ),
    Picture("my_contacts_phone", "amy", path="/odoo/my-contacts", size=PHONE),
    Picture("buying_drops", "grace", path="/odoo/sales-drops"),
    Picture(
        "channel_board",
        "grace",
        path="/odoo/action-sales_efficiency_resource.sales_channel_action_board",
    ),
    Picture(
        "scorecard",
        "grace",
        model="sales.scorecard.result",
        domain=[
            ("subject", "=", "member"),
            ("is_scored", "=", True),
            ("has_trend", "=", True),
        ],
        order="date_to desc, rank",
        action="sales_efficiency_resource.sales_scorecard_result_action",
        size=TALL,
    ),
    Picture("budget_board", "grace", path="/odoo/sales-budget-board"),
    Picture(
        "claim_phone",
        "amy",
        model="hr.expense",
        domain=[("sales_submitted_status", "=", "exceeded")],
        action="sales_efficiency_resource.hr_expense_action_my_claims",
        size=PHONE,
    ),
    Picture("benefit_board", "grace", path="/odoo/sales-expense-benefit", size=TALL),
)


class Page:
    """A page of a browser."""

    def __init__(self, address, url):
        # Chromium refuses connections of pages of other origins.
        self._socket = websocket.create_connection(
            address, timeout=TIMEOUT, suppress_origin=True
        )
        self._numbers = count(1)
        self._url = url

    def call(self, method, **params):
        number = next(self._numbers)
        self._socket.send(
            json.dumps({"id": number, "method": method, "params": params})
        )
        while True:
            answer = json.loads(self._socket.recv())
            if answer.get("id") == number:
                if "error" in answer:
                    sys.exit(f"error: {method}: {answer['error']['message']}")
                return answer["result"]

    def run(self, script):
        """Return the value of a JavaScript expression, or of what it promises."""
        result = self.call(
            "Runtime.evaluate",
            expression=script,
            awaitPromise=True,
            returnByValue=True,
        )
        if "exceptionDetails" in result:
            sys.exit(f"error: {script}: {result['exceptionDetails']}")
        return result["result"].get("value")

    def wait_for(self, condition):
        end = time.monotonic() + TIMEOUT
        while not self.run(f"Boolean({condition})"):
            if time.monotonic() > end:
                sys.exit(f"error: waited in vain for {condition}")
            time.sleep(0.2)

    def open(self, path):
        self.call("Page.navigate", url=self._url + path)
        self.wait_for("document.readyState === 'complete'")

    def wait_until_drawn(self):
        self.wait_for("document.querySelector('.o_action_manager > .o_action')")
        time.sleep(REST)
        self.wait_for("!document.querySelector('.o_loading_indicator, .o_blockUI')")

    def log_in(self, login):
        self.open("/web/session/logout?redirect=/web/login")
        self.wait_for("document.querySelector('form.oe_login_form')")
        self.run(
            f"""(() => {{
                const form = document.querySelector("form.oe_login_form");
                form.login.value = form.password.value = {login!r};
                form.submit();
            }})()"""
        )
        self.wait_for("document.querySelector('.o_main_navbar')")

    def ask(self, model, method, *args, **kwargs):
        """Return what a method of a model answers to the user."""
        params = {"model": model, "method": method, "args": args, "kwargs": kwargs}
        body = json.dumps({"jsonrpc": "2.0", "params": params})
        answer = self.run(
            f"""fetch("/web/dataset/call_kw", {{
                method: "POST",
                headers: {{"Content-Type": "application/json"}},
                body: {json.dumps(body)},
            }}).then((response) => response.json())"""
        )
        if "error" in answer:
            sys.exit(f"error: {model}: {answer['error']['data']['message']}")
        return answer["result"]

    def wait_until_empty(self, model, domain):
        end = time.monotonic() + COMPUTING
        while self.ask(model, "search_count", domain):
            if time.monotonic() > end:
                sys.exit(f"error: waited in vain for {model} to be worked off")
            time.sleep(REST)

    def show(self, picture):
        if picture.queue:
            self.wait_until_empty(*picture.queue)
        if picture.path:
            return self.open(picture.path)
        ids = self.ask(
            picture.model, "search", picture.domain, order=picture.order, limit=1
        )
        if not ids:
            sys.exit(f"error: there is no {picture.model} to show in {picture.name}")
        if picture.action:
            return self.open(f"/odoo/action-{picture.action}/{ids[0]}")
        self.open("/odoo/sales-cockpit")
        self.wait_until_drawn()
        action = self.ask(picture.model, picture.method, ids)
        services = "odoo.__WOWL_DEBUG__.root.env.services"
        return self.run(
            f"{services}.action.doAction({json.dumps(action)}).then(() => 1)"
        )

    def take(self, picture):
        width, height = picture.size
        self.call(
            "Emulation.setDeviceMetricsOverride",
            width=width,
            height=height,
            deviceScaleFactor=1,
            mobile=False,
        )
        self.log_in(picture.login)
        self.show(picture)
        self.wait_until_drawn()
        for selector in picture.clicks:
            self.wait_for(f"document.querySelector({selector!r})")
            self.run(f"document.querySelector({selector!r}).click()")
            time.sleep(REST)
        return base64.b64decode(self.call("Page.captureScreenshot")["data"])


@contextmanager
def open_page(url):
    browser = next(filter(None, map(shutil.which, BROWSERS)), None)
    if not browser:
        sys.exit("error: there is no Chromium")
    with tempfile.TemporaryDirectory() as profile:
        process = subprocess.Popen(
            [
                browser,
                "--headless=new",
                "--no-sandbox",
                "--hide-scrollbars",
                "--remote-debugging-port=0",
                f"--user-data-dir={profile}",
                "about:blank",
            ],
            stderr=subprocess.DEVNULL,
            # Times of day are those of the demo company.
            env=os.environ | {"TZ": "Asia/Taipei"},
        )
        try:
            yield Page(find_page(Path(profile, "DevToolsActivePort")), url)
        finally:
            process.terminate()
            process.wait()


def find_page(file):
    """Return the address of a new page of the browser that has written a file."""
    end = time.monotonic() + TIMEOUT
    while not file.exists() or not file.read_text():
        if time.monotonic() > end:
            sys.exit("error: Chromium does not start")
        time.sleep(0.2)
    port = file.read_text().splitlines()[0]
    request = Request(f"http://127.0.0.1:{port}/json/new?about:blank", method="PUT")
    with urlopen(request, timeout=TIMEOUT) as response:
        return json.load(response)["webSocketDebuggerUrl"]


def main(url, folder, suffix=""):
    with open_page(url) as page:
        for picture in PICTURES:
            file = Path(folder, f"{picture.name}{suffix}.png")
            file.write_bytes(page.take(picture))
            print(file)


if __name__ == "__main__":
    main(*sys.argv[1:])
