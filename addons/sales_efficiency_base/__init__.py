# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from . import controllers
from . import demo
from . import models
from . import wizards
from .hooks import post_init_hook, pre_init_hook, uninstall_hook
