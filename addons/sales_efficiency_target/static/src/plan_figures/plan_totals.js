import {
    formatFigure,
    formatGrowth,
    formatPercent,
} from "@sales_efficiency_base/sales_figure/format_figure";
import {Component} from "@odoo/owl";

/** What a plan asks for by metric, beside the year before. */
export class PlanTotals extends Component {
    static template = "sales_efficiency_target.PlanTotals";
    static props = {data: Object, chooseMetric: Function};

    format(total, name) {
        return total[name] === null
            ? "–"
            : formatFigure(total[name], {
                  unit: total.unit,
                  currencyId: this.props.data.currency_id,
                  whole: true,
              });
    }

    formatGrowth(total, name) {
        return total[name] === null ? "" : formatGrowth(total[name], total.unit);
    }

    formatPercent(total) {
        return total.assigned_percent === null
            ? "–"
            : formatPercent(total.assigned_percent);
    }
}
