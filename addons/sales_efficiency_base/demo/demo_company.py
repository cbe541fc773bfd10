# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import re

COMPANY = "sales_efficiency_base.company_demo"
CHINESE = re.compile(r"[\u4e00-\u9fff].*$")


def get_demo_language(env):
    """Return the language of the demo data: the first one that was installed beside
    English, as ``script/server --lang`` does."""
    codes = [code for code, _name in env["res.lang"].get_installed()]
    return next((code for code in codes if code != "en_US"), "en_US")


def choose_name(env, name):
    """Return the part of an English name followed by a Chinese one that suits the
    language."""
    chinese = CHINESE.search(name)
    if not chinese:
        return name
    is_chinese = (env.lang or "").startswith("zh")
    return chinese.group() if is_chinese else name[: chinese.start()].strip()


def enter_demo(model, **context):
    """Return a model in the demo company, in the language of the demo data."""
    language = get_demo_language(model.env)
    demo = model.with_company(model.env.ref(COMPANY))
    return demo.with_context(lang=language, **context)
