# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Ask a study and read its answer, as the web client has a worker do, and print what
that has left in the memory of this process.

python -m bench_suite.web_worker DATABASE ROWS
"""

import gc
import json
import subprocess
import sys
from xml.etree import ElementTree

from .database import environment
from .memory import read_resident

METRICS = ("ordered_amount", "margin")
LIBRARIES = ("numpy", "scipy", "sklearn", "statsmodels", "pyarrow")


def work(database, rows):
    with environment(database) as env:
        env = env(user=env.ref("base.user_admin"), context={"lang": "en_US"})
        # A worker has shown other forms before.
        for model in ("sales.metric", "sales.region", "res.partner"):
            open_form(env[model].search([], limit=1))
        before = measure_memory(env)
        study = ask(env, rows)
        env.cr.commit()
        subprocess.run(
            [sys.executable, "-m", "bench_suite.answering", database], check=True
        )
        env.cr.rollback()
        env.invalidate_all()
        open_form(study)
        number = study.answer_id.row_count if study.state == "done" else 0
        after = measure_memory(env)
        return {
            "before": before,
            "grown": after - before,
            "rows": number,
            "libraries": [name for name in LIBRARIES if name in sys.modules],
        }


def measure_memory(env):
    env.invalidate_all()
    gc.collect()
    return read_resident()


def ask(env, rows):
    metrics = env["sales.metric"]
    metric, other = (metrics.search([("code", "=", code)]) for code in METRICS)
    study = env["sales.study"].create(
        {
            "name": "What goes together?",
            "method": "correlation",
            "metric_id": metric.id,
            "metric_ids": other.ids,
            "rows": rows,
            "period_kind": "fixed",
            "date_from": "2024-01-01",
            "date_to": "2025-12-31",
        }
    )
    study.action_answer()
    return study


def open_form(record):
    """Answer the requests of a client that opens the form of a record."""
    answer = record.get_views([(False, "form"), (False, "search")])
    arch = ElementTree.fromstring(answer["views"]["form"]["arch"])
    known = answer["models"][record._name]["fields"]
    names = {node.get("name") for node in arch.iter("field")} & known.keys()
    values = record.web_read({name: {} for name in names})
    return json.dumps([answer, values], default=str)


if __name__ == "__main__":
    print(json.dumps(work(*sys.argv[1:])))
