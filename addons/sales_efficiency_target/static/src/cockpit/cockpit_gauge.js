import {
    formatFigure,
    formatGrowth,
    formatPercent,
} from "@sales_efficiency_base/sales_figure/format_figure";
import {Component} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {clamp} from "@web/core/utils/numbers";
import {formatFloat} from "@web/views/fields/formatters";
import {getStatusColor} from "@sales_efficiency_base/sales_status/status_color";

/** One metric of the scope: attainment, expected to date, projection, gap to go. */
export class CockpitGauge extends Component {
    static template = "sales_efficiency_target.CockpitGauge";
    static props = {
        gauge: Object,
        currencyId: Number,
        isSelected: Boolean,
        onSelect: Function,
        openFigures: Function,
        openPipeline: Function,
        openResults: Function,
        openTargets: Function,
    };

    get color() {
        return getStatusColor("attainment", this.props.gauge.status);
    }

    get scope() {
        const {names, target_ids: ids} = this.props.gauge;
        return ids.length === 1 ? names[0] : _t("%s targets", ids.length);
    }

    get attainment() {
        const {attainment} = this.props.gauge;
        return attainment === null ? "–" : formatPercent(attainment);
    }

    /** Length of the arc, from 0 to 100 */
    get reached() {
        return clamp(this.props.gauge.attainment || 0, 0, 100);
    }

    /** Angle of the value expected to date, or null */
    get mark() {
        const {amount, expected, metric} = this.props.gauge;
        if (!metric.is_additive || !expected || expected >= amount) {
            return null;
        }
        return 180 * (expected / amount);
    }

    /** The figures beside the arc: label, value, colour */
    get facts() {
        const gauge = this.props.gauge;
        const isAdditive = gauge.metric.is_additive;
        const isAhead = gauge.metric.higher_is_better ? gauge.gap <= 0 : gauge.gap >= 0;
        const facts = [];
        const add = (name, label, value, color = "") =>
            facts.push({name, label, value, color});
        if (gauge.actual !== null && isAdditive) {
            if (gauge.expected !== null) {
                add("expected", _t("Expected to date"), this.format(gauge.expected));
            }
            if (gauge.pace !== null) {
                add(
                    "pace",
                    _t("Pace"),
                    formatPercent(gauge.pace),
                    `text-${this.color}`
                );
            }
            if (gauge.projected !== null) {
                add("projected", _t("Projected landing"), this.format(gauge.projected));
            }
            if (gauge.projected_growth !== null && gauge.remaining_days) {
                add(
                    "projected_growth",
                    _t("Landing against last year"),
                    formatGrowth(gauge.projected_growth, gauge.metric.unit)
                );
            }
        }
        if (gauge.actual !== null) {
            const label = isAhead ? _t("Beyond the target") : _t("Gap to go");
            add("gap", label, this.format(Math.abs(gauge.gap), true));
        }
        if (gauge.gap_per_day !== null) {
            const days = formatFloat(gauge.remaining_days, {
                digits: [16, 1],
                trailingZeros: false,
            });
            const label = _t("Gap per working day (%s left)", days);
            add("gap_per_day", label, this.format(gauge.gap_per_day));
        }
        if (gauge.growth !== null) {
            add(
                "growth",
                _t("Against last year, same days"),
                formatGrowth(gauge.growth, gauge.metric.unit)
            );
        }
        return facts;
    }

    /** Weighted pipeline, which is not part of the projected landing */
    get pipeline() {
        const {
            pipeline,
            with_pipeline: withPipeline,
            remaining_days: days,
        } = this.props.gauge;
        if (pipeline === null || !(pipeline || days)) {
            return [];
        }
        return [
            {
                name: "pipeline",
                label: _t("Weighted pipeline"),
                value: this.format(pipeline),
            },
            {
                name: "with_pipeline",
                label: _t("Actual + pipeline"),
                value: this.format(withPipeline),
            },
        ];
    }

    format(value, isDifference) {
        return formatFigure(value, {
            unit: this.props.gauge.metric.unit,
            currencyId: this.props.currencyId,
            whole: true,
            isDifference,
        });
    }
}
