# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from .customer_news import CustomerNews
from .data_pack import DataPack
from .deadlines import Deadlines
from .news_lines import News, NewsLines
from .prefill import Prefill
from .reminders import Reminders
from .week_records import WeekRecords
