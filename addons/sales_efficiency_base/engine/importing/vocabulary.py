# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Words of files about sales, in the languages people mix: English, traditional and
simplified Chinese, German, French. Add-ons bring the words of their own subjects."""


def list_words(words):
    """:return: tuple of the words, which commas and lines divide"""
    return tuple(filter(None, map(str.strip, words.replace("\n", ",").split(","))))


# Headings, by the name of the field
SYNONYMS = {
    "date": list_words(
        """
            date, day, order date, sale date, sales date, invoice date,
            transaction date, closing date, document date,
            日期, 訂單日期, 銷售日期, 交易日期, 成交日期, 出貨日期, 發票日期, 單據日期,
            開票日期, 時間, 订单日期, 销售日期, 成交时间, 发货日期, 发票日期, 单据日期,
            开票日期, 时间, 下单日期,
            datum, belegdatum, rechnungsdatum, auftragsdatum, tag, jour,
            date de commande, date de facture
        """
    ),
    "month": list_words(
        """
            month, period, year month, month of sale,
            月份, 月, 年月, 期間, 期间, 月度,
            monat, periode, zeitraum, mois, période
        """
    ),
    "year": list_words(
        """
            year, fiscal year, fy,
            年度, 年, 年份, 目標年度, 計畫年度, 會計年度, 财年, 财务年度, 目标年度,
            计划年度,
            jahr, geschäftsjahr, année, exercice
        """
    ),
    "name": list_words(
        """
            reference, ref, order, order no, order number, order id, invoice,
            invoice no, invoice number, document, document no, number,
            單號, 訂單, 訂單號, 訂單編號, 訂單號碼, 銷售單號, 發票號碼, 單據號碼,
            憑證號碼, 參考, 单号, 订单, 订单号, 订单编号, 销售单号, 发票号, 发票号码,
            单据号, 参考, 合同号, 合約編號,
            beleg, belegnummer, belegnr, auftrag, auftragsnummer, rechnung,
            rechnungsnummer, référence, commande, facture, pièce, n° de commande
        """
    ),
    "user_id": list_words(
        """
            salesperson, sales person, sales rep, rep, representative,
            sales representative, sales, seller, owner, employee, account manager,
            業務員, 業務, 業務人員, 業務姓名, 銷售人員, 銷售員, 負責人, 承辦人, 員工,
            姓名, 业务员, 业务, 业务人员, 销售人员, 销售员, 销售, 负责人, 经办人, 员工,
            客户经理,
            verkäufer, vertreter, mitarbeiter, außendienst, vertriebsmitarbeiter,
            vendeur, commercial, représentant
        """
    ),
    "email": list_words(
        """
            email, e-mail, mail,
            電子郵件, 信箱, 电子邮件, 邮箱,
            courriel
        """
    ),
    "login": list_words(
        """
            login, user, user name,
            帳號, 使用者, 账号, 用户,
            benutzer
        """
    ),
    "department_id": list_words(
        """
            department,
            部門, 部门, 單位, 单位,
            abteilung, service
        """
    ),
    "team_id": list_words(
        """
            team, sales team, group,
            團隊, 業務團隊, 銷售團隊, 業務組, 組別, 团队, 销售团队, 业务组, 组别,
            vertriebsteam, équipe
        """
    ),
    "region_id": list_words(
        """
            region, area, territory, district, zone, city,
            區域, 地區, 業務區, 銷售區域, 縣市, 区域, 地区, 销售区域, 大区, 省份, 城市,
            gebiet, vertriebsgebiet, région, secteur
        """
    ),
    "channel_id": list_words(
        """
            channel, sales channel,
            通路, 銷售通路, 管道, 渠道, 销售渠道,
            kanal, vertriebskanal, canal
        """
    ),
    "partner_id": list_words(
        """
            customer, customer name, client, account, company, partner,
            客戶, 客戶名稱, 客戶簡稱, 客戶全名, 公司, 公司名稱, 買方, 購買人, 客户,
            客户名称, 客户简称, 公司名称, 购买方,
            kunde, kundenname, debitor, cliente, nom du client
        """
    ),
    "product_id": list_words(
        """
            product, product name, item, item name, article, sku, description,
            產品, 產品名稱, 商品, 商品名稱, 品名, 品項, 料號, 品號, 貨品, 产品,
            产品名称, 商品名称, 货品, 料号, 物料,
            produkt, artikel, artikelbezeichnung, ware, produit, désignation
        """
    ),
    "categ_id": list_words(
        """
            product line, category, product category, line, product group,
            產品線, 產品類別, 類別, 分類, 品類, 產品別, 产品线, 产品类别, 类别, 分类,
            品类,
            warengruppe, produktgruppe, kategorie, gamme, catégorie
        """
    ),
    "quantity": list_words(
        """
            quantity, qty, units, pieces,
            數量, 件數, 销量, 銷量, 数量, 件数,
            menge, anzahl, stück, quantité, qté
        """
    ),
    "amount": list_words(
        """
            amount, net amount, sales amount, revenue, turnover, net sales, sales,
            銷售, 销售, 業績, 业绩,
            subtotal, untaxed amount, total, value, price, sum,
            金額, 銷售金額, 銷售額, 未稅金額, 業績, 營收, 營業額, 小計, 總額, 成交金額,
            訂單金額, 金额, 销售金额, 销售额, 未税金额, 业绩, 营收, 营业额, 成交金额,
            订单金额, 总额,
            betrag, umsatz, nettobetrag, netto, summe, nettoumsatz, montant,
            chiffre d'affaires, ca, montant ht
        """
    ),
    "margin": list_words(
        """
            margin, gross margin, profit, gross profit,
            毛利, 毛利額, 利潤, 銷貨毛利, 銷售毛利, 毛利潤, 毛利额, 利润, 毛利润,
            销售毛利,
            marge, rohertrag, deckungsbeitrag, gewinn, marge brute, bénéfice
        """
    ),
    "cost": list_words(
        """
            cost, cogs, cost of sales, total cost,
            成本, 總成本, 成本額, 成本金額, 銷貨成本, 銷售成本, 总成本, 成本额,
            成本金额, 销售成本,
            kosten, einstandswert, coût
        """
    ),
    "currency_id": list_words(
        """
            currency,
            幣別, 幣種, 币别, 币种,
            währung, devise
        """
    ),
    "company_id": list_words(
        """
            our company,
            公司別, 公司别,
            mandant, société
        """
    ),
    "actual": list_words(
        """
            actual, actuals, achieved,
            實績, 實際, 達成, 达成, 实绩, 实际,
            ist, réalisé
        """
    ),
}
# What a row of totals is called
TOTALS = list_words(
    """
        total, totals, subtotal, sub total, grand total, sum, overall,
        合計, 小計, 總計, 總和, 總額, 累計, 加總, 全年合計, 年度合計, 總數, 合计, 小计,
        总计, 总和, 累计, 共计, 全年合计, 总数,
        summe, gesamt, gesamtsumme, zwischensumme, insgesamt, somme, sous total,
        total général
    """
)
# What a sheet with the rows of all others is called, but for totals
WHOLE_SHEETS = list_words(
    """
        all, year, summary, overview, alle, jahr, gesamt,
        全部, 全年, 年度, 彙總, 汇总, 總表, 总表
    """
)
# What stands in a row of units below the headings
UNITS = list_words(
    """
        元, 件, 個, 个, 台, 套, 組, 组, 箱, 人, 次,
        %, kg, pcs,
        千元, 仟元, 萬元, 万元, 百萬元,
        nt$, ntd, twd, rmb, cny, usd, us$, eur, €, $, ¥,
        日期,
        yyyy/mm/dd, yyyy-mm-dd, stück, pc, unit, units
    """
)
# What titles call the unit of all figures
UNIT_LABELS = list_words(
    """
        單位, 单位, 幣別, 币别, 幣種, 币种,
        unit, currency, einheit, währung, unité, devise
    """
)
# What tells that a figure is no sum of a row: a rate, or what one piece costs
NO_SUMS = list_words(
    """
        率, 占比, 比例, 比重, 單位, 單價, 单位, 单价, 均價, 均价, 平均,
        rate, ratio, percent, percentage, unit, per, each, average, avg
    """
)
# What stands beside the month if a table has several figures of each: files of sales
# often say what was planned too
FIGURES = list_words(
    """
        業績, 目標, 實績, 實際, 銷售額, 銷售, 金額, 營收, 預算, 數量, 達成, 业绩, 目标,
        实绩, 实际, 销售额, 销售, 金额, 营收, 预算, 数量, 达成,
        actuals, actual, targets, target, sales, budget, plan, amount, revenue,
        quantity, qty, ist, soll, umsatz
    """
)
# Headings of files from where commas are written before decimals
EUROPEAN = list_words(
    """
        datum, belegdatum, betrag, umsatz, menge, kunde, artikel, monat, produkt,
        verkäufer, vertreter, summe, netto, beleg, montant, quantité, produit, commande,
        facture, vendeur, importe, fecha, cliente, importo, quantità, bedrag, klant
    """
)
# Twelve of each language
MONTHS = list_words(
    """
        january, february, march, april, may, june, july, august, september, october,
        november, december, januar, februar, märz, april, mai, juni, juli, august,
        september, oktober, november, dezember, janvier, février, mars, avril, mai,
        juin, juillet, août, septembre, octobre, novembre, décembre
    """
)
SHORT_MONTHS = {
    "sept": 9,
    "mrz": 3,
    "mär": 3,
    "maerz": 3,
    "okt": 10,
    "dez": 12,
    "jän": 1,
    "janv": 1,
    "févr": 2,
    "fév": 2,
    "fevr": 2,
    "avr": 4,
    "juil": 7,
    "déc": 12,
}
# What a sign of money may stand for; 元 and 圓 are left out, as money of any kind
SIGNS_OF_MONEY = {
    "nt$": "twd",
    "ntd": "twd",
    "臺幣": "twd",
    "台幣": "twd",
    "us$": "usd",
    "美元": "usd",
    "美金": "usd",
    "kusd": "usd",
    "hk$": "hkd",
    "港幣": "hkd",
    "港币": "hkd",
    "a$": "aud",
    "c$": "cad",
    "s$": "sgd",
    "人民幣": "cny",
    "人民币": "cny",
    "rmb": "cny",
    "日圓": "jpy",
    "日元": "jpy",
    "円": "jpy",
    "歐元": "eur",
    "欧元": "eur",
    "€": "eur",
    "teur": "eur",
    "keur": "eur",
    "£": "gbp",
    "₩": "krw",
    "₹": "inr",
    "฿": "thb",
    "¥": "cny jpy",
    "$": "twd usd hkd aud cad sgd nzd mxn",
}
# Codes of currencies that files are likely to name
CURRENCIES = list_words(
    """
        aud, cad, chf, cny, czk, dkk, eur, gbp, hkd, idr, inr, jpy, krw, mxn, myr, nok,
        ntd, nzd, php, pln, rmb, sek, sgd, thb, try, twd, usd, vnd, zar
    """
)
# Names and places, only to tell encodings apart
FREQUENT = (
    "的一是在有人大年月日元號号第季度週周星期一二三四五六七八九十百千萬万億亿台臺北中高雄新竹"
    "桃園园南東东西上海京廣广州深圳市縣县省區区路街股份有限公司企業业科技電电子工商貿贸易集團团"
    "陳陈林黃黄張张李王吳吴劉刘蔡楊杨許许鄭郑謝谢郭洪曾邱廖賴赖周徐蘇苏葉叶莊庄呂吕江何蕭萧羅罗"
    "高簡简朱鍾钟彭游詹胡施沈余趙赵盧卢梁顏颜柯孫孙魏翁戴范宋方鄧邓馮冯潘傅于董任袁杜丁曹薛"
    "志明淑美麗丽華华建國国文玉英俊傑杰偉伟芳娜敏靜静强磊洋勇艷艳娟濤涛超秀霞平剛刚桂雅婷怡君"
    "家豪宗翰冠宇承恩詩诗涵佳穎颖欣宜雯惠玲春生龍龙光榮荣信福德安永和成金銀银"
    "辦办椅桌櫃柜燈灯板沙發发機机器材料設设備备服務务系統统軟软硬體体"
)
