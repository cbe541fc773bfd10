# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Reads the files that people have: plain Python, without Odoo's environment.

``read_file`` gives sheets, ``find_tables`` the tables in them, ``match_headings`` the
columns of a table, ``find_matrix`` months or names as columns, and
``Table.get_readings`` what the cells of a column say.
"""

from .currencies import find_foreign, find_foreign_code
from .dates import has_no_year
from .file_reader import list_sheets, read_file
from .headings import Field, match_headings
from .matrix import Figure, Matrix, find_matrix
from .month_names import MonthName, read_month
from .left_out import LeftOut
from .readings import Reading, find_readings
from .sheet import BadCell, Row, Sheet, UnreadableFile, clean, name_cell, name_column
from .table import Table
from .table_finder import find_table, find_tables
from .vocabulary import SYNONYMS, list_words
