# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Abstract models are for sharing; computations belong in plain classes; a replica may
open records; dimensions are declared, not listed."""

import ast
import re
from collections import defaultdict

from odoo_database import ROOT

# Abstract models inherited by a single model, and the reason in their docstring
SINGLE = {
    "sales.fact.source.invoice": "Payments inherit it",
    "sales.fact.source.order": "Incentives inherit it",
    "sales.target.tree": "in a file of its own",
}


def get_models():
    """Return the models that the add-ons make, and those that inherit each of them.

    :return: dict name of an abstract model -> its docstring, and dict name of a model
        -> names of its heirs
    """
    abstract, heirs = {}, defaultdict(set)
    for path in sorted(ROOT.glob("addons/sales_efficiency_*/**/*.py")):
        for node in ast.parse(path.read_text()).body:
            names = _read_names(node) if isinstance(node, ast.ClassDef) else {}
            inherited = names.get("_inherit", [])
            name = names.get("_name", inherited[:1])
            if "_name" in names and "AbstractModel" in ast.unparse(node.bases[0]):
                docstring = ast.get_docstring(node) or ""
                abstract[name[0]] = " ".join(docstring.split())
            for other in set(inherited) - set(name):
                heirs[other].update(name)
    return abstract, heirs


def _read_names(node):
    """Return what a class says by ``_name`` and ``_inherit``, as lists."""
    names = {}
    for part in node.body:
        name = ast.unparse(part.targets[0]) if isinstance(part, ast.Assign) else ""
        if name in ("_name", "_inherit"):
            value = ast.literal_eval(part.value)
            names[name] = [value] if isinstance(value, str) else value
    return names


def test_abstract_models_are_shared_or_say_why_they_are_not():
    abstract, heirs = get_models()
    single = {name for name in abstract if len(heirs[name]) == 1}
    assert single == set(SINGLE)
    for name, reason in SINGLE.items():
        assert reason in abstract[name], name


def get_constants(path):
    """Return the constants of a module and the texts that each holds in a list, or as
    the keys of a dict."""
    for node in ast.parse(path.read_text()).body:
        if not isinstance(node, ast.Assign):
            continue
        for part in ast.walk(node.value):
            parts = part.keys if isinstance(part, ast.Dict) else None
            parts = parts or getattr(part, "elts", ())
            texts = {p.value for p in parts if isinstance(p, ast.Constant)}
            yield ast.unparse(node.targets[0]), texts


def test_no_constant_lists_dimensions():
    """They are the fields of ``sales.scope.mixin`` that have a breakdown."""
    dimensions = {
        ast.unparse(node.targets[0])
        for path in ROOT.glob("addons/*/models/sales_scope_mixin.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Call)
        if "dimension" in {keyword.arg for keyword in node.value.keywords}
    }
    assert {"user_id", "team_id", "categ_id"} <= dimensions
    # Words for headings of files, in many languages, are data.
    words = "importing/vocabulary.py"
    found = [
        f"{path.relative_to(ROOT)}: {name}"
        for path in sorted(ROOT.glob("addons/sales_efficiency_*/**/*.py"))
        if not {"tests", "migrations", "demo"} & set(path.parts)
        if not str(path).endswith(words)
        for name, texts in get_constants(path)
        if len(dimensions & texts) > 1
    ]
    assert found == []


def test_what_is_of_led_teams_is_said_in_one_place():
    """It is ``_get_led_domain`` of ``res.users``, for record rules too."""
    by_hand = re.compile(r"""["']child_of["'], [\w.]*sales_led_team_ids""")
    found = [
        str(path.relative_to(ROOT))
        for path in sorted(ROOT.glob("addons/sales_efficiency_*/*/**/*.*"))
        if path.suffix in (".py", ".xml") and by_hand.search(path.read_text())
    ]
    assert found == []


def test_what_opens_prints_or_downloads_may_be_read_from_a_replica():
    """The rows of a wizard, which has just been made, are not there yet."""
    names = ("action_open_", "action_print", "action_download")
    paths = [
        path
        for folder in ("models", "reports")
        for path in sorted(ROOT.glob(f"addons/sales_efficiency_*/{folder}/*.py"))
    ]
    for path in paths:
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.FunctionDef) and node.name.startswith(names):
                decorators = [ast.unparse(name) for name in node.decorator_list]
                assert "api.readonly" in decorators, f"{path.name}: {node.name}"
