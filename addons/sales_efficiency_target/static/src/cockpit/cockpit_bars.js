import {
    formatFigure,
    formatPercent,
} from "@sales_efficiency_base/sales_figure/format_figure";
import {Component} from "@odoo/owl";
import {clamp} from "@web/core/utils/numbers";
import {getStatusColor} from "@sales_efficiency_base/sales_status/status_color";

/** A list of results with bars: a ranking, or the targets behind. */
export class CockpitBars extends Component {
    static template = "sales_efficiency_target.CockpitBars";
    static props = {
        rows: Array,
        metric: Object,
        currencyId: Number,
        isRanking: {type: Boolean, optional: true},
        hasAvatar: {type: Boolean, optional: true},
        openFigures: Function,
        openResults: Function,
        openTargets: Function,
        explain: {type: Function, optional: true},
    };

    getColor(row) {
        return getStatusColor("attainment", row.status);
    }

    getWidth(row) {
        return clamp(row.attainment || 0, 0, 100);
    }

    /** Value expected to date, in percent of the target, or null */
    getMark(row) {
        const isAhead = row.expected && row.expected < row.amount;
        return this.props.metric.is_additive && isAhead
            ? (100 * row.expected) / row.amount
            : null;
    }

    formatAttainment(row) {
        return row.attainment === null ? "–" : formatPercent(row.attainment);
    }

    formatDifference(value) {
        return this.format(value, true);
    }

    format(value, isDifference) {
        return formatFigure(value, {
            unit: this.props.metric.unit,
            currencyId: this.props.currencyId,
            whole: true,
            isDifference,
        });
    }
}
