# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

# A clause in brackets, in each language that the add-ons are translated into
CLAUSE = r"\s*[(（](policy|管理辦法|管理办法) [^()（）]*[)）]"
PIPELINE = (
    "What open opportunities let expect. One whose expected closing is over, or not"
    " known, does not count: date it anew.",
    "Expected revenue × probability of open opportunities. Those with a past or missing"
    " expected closing do not count: update their date.",
)


def migrate(cr, version):
    """Describe the metrics of the suite without the clauses of a policy."""
    cr.execute(
        """
        UPDATE sales_metric m
           SET description = regexp_replace(m.description::text, %s, '', 'g')::jsonb
          FROM ir_model_data d
         WHERE d.model = 'sales.metric' AND d.res_id = m.id
           AND starts_with(d.module, 'sales_efficiency_')
           AND m.description::text ~ %s
        """,
        [CLAUSE, CLAUSE],
    )
    old, new = PIPELINE
    cr.execute(
        """
        UPDATE sales_metric
           SET description = description || jsonb_build_object('en_US', %s::text)
         WHERE description->>'en_US' = %s
        """,
        [new, old],
    )
