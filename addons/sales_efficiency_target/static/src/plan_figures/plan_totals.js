import {
    formatFigure,
    formatGrowth,
    formatPercent,
} from "@sales_efficiency_base/sales_figure/format_figure";
import {Component} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";

/** What a plan asks for by metric, beside the year before. */
export class PlanTotals extends Component {
    static template = "sales_efficiency_target.PlanTotals";
    static props = {data: Object, chooseMetric: Function};

    /** Heading and text of each column; phones show both in each line. */
    get columns() {
        const isYearOver = this.props.data.is_year_over;
        const figure = (name) => (total) => this.format(total, name);
        const growth = (name) => (total) => this.formatGrowth(total, name);
        const columns = [
            {label: _t("This Plan"), format: figure("amount"), isBold: true},
            {label: _t("Last Year's Target"), format: figure("target_before")},
            {label: _t("Growth"), format: growth("target_growth")},
            {
                label: isYearOver
                    ? _t("Last Year's Actual")
                    : _t("Last Year's Actual to Date"),
                format: figure("actual_before"),
            },
        ];
        if (isYearOver) {
            columns.push({label: _t("Growth"), format: growth("actual_growth")});
        }
        columns.push(
            {label: _t("Assigned"), format: (total) => this.formatPercent(total)},
            {label: _t("Gap"), format: figure("gap")}
        );
        return columns;
    }

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
