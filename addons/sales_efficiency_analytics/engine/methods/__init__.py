# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Statistical methods: plain Python, arrays in, dataclasses out, nothing of Odoo.

Each method is a module with a function ``run(data, options)`` that returns a dataclass
or raises ``Refused``. They import numpy and heavier libraries, so Odoo imports none of
them: ``child.py`` runs them in a process of its own.

``data`` is ``{"labels": [text, ...], "columns": {name: [number or None, ...]}}``: for
each row one label, and one value per column. ``None`` is a missing value, never 0.
"""
