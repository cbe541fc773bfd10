import {
    formatFigure,
    formatGrowth,
    formatPercent,
} from "@sales_efficiency_base/sales_figure/format_figure";
import {Layout} from "@web/search/layout";
import {SalesCockpit} from "@sales_efficiency_base/cockpit/cockpit";
import {Sparkline} from "./sparkline";
import {registry} from "@web/core/registry";
import {useService} from "@web/core/utils/hooks";

const MODEL = "sales.indicator";

/** The board of indicators, with the choices of the cockpit and one record beside. */
export class SalesIndicators extends SalesCockpit {
    static template = "sales_efficiency_analytics.SalesIndicators";
    static components = {Layout, Sparkline};

    setup() {
        super.setup();
        this.action = useService("action");
    }

    /** There are no panels beside the choices. */
    getPanels() {
        return [];
    }

    fetch() {
        return this.orm.call(MODEL, "get_board", [], this.choice);
    }

    chooseDimension(ev) {
        return this.choose({dimension: ev.target.value || null, record_id: null});
    }

    chooseRecord(ev) {
        return this.choose({record_id: Number(ev.target.value) || null});
    }

    format(row, value) {
        return value === null
            ? "–"
            : formatFigure(value, {
                  unit: row.unit,
                  currencyId: this.data.currency_id,
                  whole: true,
              });
    }

    formatTarget(row) {
        const target = this.format(row, row.target);
        return row.attainment === null
            ? target
            : `${target} (${formatPercent(row.attainment)})`;
    }

    formatChange(row, name) {
        return row[name] === null ? "–" : formatGrowth(row[name], row.unit);
    }

    formatMover({change, unit}) {
        const text = formatFigure(change, {
            unit,
            currencyId: this.data.currency_id,
            whole: true,
            isDifference: true,
        });
        return change > 0 ? `+${text}` : text;
    }

    /** Colour of a change: whether it is for the better. */
    getClass(row, change) {
        if (!change) {
            return "";
        }
        return change > 0 === row.higher_is_better ? "text-success" : "text-danger";
    }

    async open(row) {
        const action = await this.orm.call(MODEL, "get_figures_action", [], {
            ...this.choice,
            indicator_id: row.id,
        });
        return this.action.doAction(action);
    }
}

registry
    .category("actions")
    .add("sales_efficiency_analytics.indicators", SalesIndicators);
