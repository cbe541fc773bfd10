# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What the documents name is there, and what they compute is right."""

import re

import pytest
from odoo_database import ROOT

from odoo.addons.sales_efficiency_base.tools import grow
from odoo.addons.sales_efficiency_target.engine.attainment import derive

DOCUMENTS = sorted(
    [
        *ROOT.glob("*.md"),
        *ROOT.glob("docs/*.md"),
        *ROOT.glob("addons/*/README.md"),
    ]
)
LINK = re.compile(r"\]\(([^)\s]+)\)")
PATH = re.compile(r"`((?:script|docs|tests|config|addons)/[\w./-]+)`")


def get_anchors(document):
    """Return the anchors of the headings, as a forge makes them."""
    headings = re.findall(r"^#+ (.*)$", document.read_text(), re.MULTILINE)
    return {
        re.sub(r"[^\w\- ]", "", h).strip().lower().replace(" ", "-") for h in headings
    }


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_links_lead_somewhere(document):
    text = document.read_text()
    for link in LINK.findall(text):
        if "://" in link:
            continue
        path, _hash, anchor = link.partition("#")
        target = (document.parent / path) if path else document
        assert target.exists(), link
        if anchor:
            assert anchor in get_anchors(target), link
    for path in PATH.findall(text):
        if not any(part in path for part in ("NAME", "...")):
            assert (ROOT / path).exists() or "addons" in path, path


def test_the_example_of_the_words_is_computed_like_the_figures():
    rows = re.findall(
        r"^\| \*\*([\w ]+)\*\* \|.*\| ([^|]+) \|$",
        (ROOT / "docs" / "words.md").read_text(),
        re.MULTILINE,
    )
    told = {
        name: float(re.sub(r"[^\d.−]", "", figure).replace("−", "-"))
        for name, figure in rows
        if re.search(r"\d", figure)
    }
    result = derive(
        {
            "amount": told["Target"],
            "actual": told["Actual"],
            "expected": told["Expected to date"],
            "actual_to_date": None,
            "expected_to_date": None,
            "is_additive": True,
            "higher_is_better": True,
        }
    )
    assert told["Attainment"] == result["attainment"]
    assert told["Pace"] == result["pace"]
    assert told["Deviation"] == result["deviation"]
    assert told["Gap to go"] == result["gap"]
    assert told["Projected landing"] == result["projected"]
    assert told["Growth"] == grow(told["Actual"], 500, False)
    assert dict(rows)["Status"].strip().lower() == result["status"]
