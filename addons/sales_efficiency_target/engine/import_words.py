# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What the columns of files with targets are called, see the vocabulary of base"""

from odoo.addons.sales_efficiency_base.engine.importing import list_words

AMOUNT = list_words(
    """
        target, goal, quota, sales target,
        目標, 目標金額, 業績目標, 年度目標, 目标, 目标金额, 销售目标, 业绩目标, 任务,
        ziel, objectif
    """
)
METRIC = list_words(
    """
        metric, kpi, indicator, target type, measure,
        指標, 考核指標, 目標項目, 指标, 考核指标, 目标项目,
        kennzahl, indicateur
    """
)
PARENT = list_words(
    """
        part of, parent, parent target, rolls up to,
        上層目標, 所屬上層目標, 上級目標, 父目標, 隸屬, 屬於, 上层目标, 所属上层目标,
        上级目标, 隶属, 属于,
        teil von
    """
)
