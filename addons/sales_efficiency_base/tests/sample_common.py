# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import csv
import importlib
import io
import os
import sys
import unittest
from datetime import date
from pathlib import Path

from odoo.tests import TransactionCase

from ..tools import Period

CHECKOUT = Path(__file__).resolve().parents[3]
VARIABLE = "SALES_EFFICIENCY_SAMPLE_DATA"


def import_loader(module=""):
    """Import ``load_sample`` or one of its modules, from outside the add-ons.

    :raise SkipTest: if the add-on was installed without the rest of the checkout
    """
    scripts = CHECKOUT / "script"
    if not (scripts / "load_sample").is_dir():
        raise unittest.SkipTest(f"{scripts}/load_sample is not there")
    sys.path.insert(0, str(scripts))
    try:
        return importlib.import_module(f"load_sample{module}")
    finally:
        sys.path.remove(str(scripts))


def get_sample_folder(data_set):
    """Return the folder of a public data set, which is not part of the project.

    :raise SkipTest: if the folder does not exist
    """
    root = os.environ.get(VARIABLE) or CHECKOUT.parent / "shared" / "data"
    folder = Path(root) / data_set
    if not folder.is_dir():
        reason = f"{folder} is not there; {VARIABLE} may name the folder above it"
        raise unittest.SkipTest(reason)
    return folder


def get_loader(env, data_set, path):
    """Return a loader that does not show its progress."""
    progress = import_loader(".progress").Progress(io.StringIO())
    return import_loader().DATA_SETS[data_set](env, path, progress)


def read_rows(path):
    """Return the rows of a CSV file as dicts of strings."""
    with path.open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def get_quarter(quarter):
    """Return the period of a quarter written as 2013Q2."""
    year, number = quarter.split("Q")
    return Period.quarter(date(int(year), int(number) * 3, 1))


def get_month(month):
    """Return the period of a month written as 2013-05."""
    return Period.month(date.fromisoformat(f"{month}-01"))


def get_year(year):
    """Return the period of a year written as 2013."""
    return Period.year(date(int(year), 1, 1))


class SampleCase(TransactionCase):
    """Loads a public data set once for all tests of a class, and refreshes the mart.

    If it is loaded already, the existing records are used.
    """

    data_set = None

    @classmethod
    def setUpClass(cls):
        cls.folder = get_sample_folder(cls.data_set)
        import_loader()
        super().setUpClass()
        cls.loader = cls.load_data(cls.env)
        cls.company = cls.loader.company

    @classmethod
    def load_data(cls, env):
        """Load the data set completely and return its loader."""
        loader = get_loader(env, cls.data_set, get_sample_folder(cls.data_set))
        loader.load()
        env["sales.mart"]._refresh()
        return loader

    def _evaluate(self, codes, scopes, periods):
        """Return the values of metrics, by scope and period, then by code."""
        metrics = self.env["sales.metric"].search([("code", "in", list(codes))])
        self.assertEqual(set(metrics.mapped("code")), set(codes))
        values = metrics._evaluate(list(scopes), list(periods))
        return {
            (scope, period): {
                metric.code: values[metric.id, scope, period] for metric in metrics
            }
            for scope in scopes
            for period in periods
        }
