# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from .action_effect import ActionEffect
from .alert_digest import AlertDigest
from .alert_evaluation import AlertEvaluation
from .alert_notification import AlertNotification
