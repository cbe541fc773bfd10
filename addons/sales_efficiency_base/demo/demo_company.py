# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
COMPANY = "sales_efficiency_base.company_demo"


def get_demo_language(env):
    """Return the language of the demo data: the first one that was installed beside
    English, as ``script/server --lang`` does."""
    codes = [code for code, _name in env["res.lang"].get_installed()]
    return next((code for code in codes if code != "en_US"), "en_US")


def enter_demo(model, **context):
    """Return a model in the demo company, in the language of the demo data."""
    language = get_demo_language(model.env)
    demo = model.with_company(model.env.ref(COMPANY))
    return demo.with_context(lang=language, **context)
