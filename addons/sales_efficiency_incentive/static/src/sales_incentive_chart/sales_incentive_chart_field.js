import {Component, useEffect, useRef, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {formatFigure} from "@sales_efficiency_base/sales_figure/format_figure";
import {getColor} from "@web/core/colors/colors";
import {loadBundle} from "@web/core/assets";
import {registry} from "@web/core/registry";
import {standardFieldProps} from "@web/views/fields/standard_field_props";

/** What a rule pays: a line from bound to bound, with a jump where all has a new rate. */
export class SalesIncentiveChartField extends Component {
    static template = "sales_efficiency_incentive.SalesIncentiveChartField";
    static props = {...standardFieldProps};

    setup() {
        this.canvas = useRef("canvas");
        // Load the library without delaying the form around the chart.
        this.state = useState({isReady: false});
        loadBundle("web.chartjs_lib").then(() => {
            this.state.isReady = true;
        });
        useEffect(
            (_points, isReady) => {
                if (!isReady || !this.data) {
                    return undefined;
                }
                const chart = new Chart(this.canvas.el, this.config);
                return () => chart.destroy();
            },
            () => [JSON.stringify(this.data), this.state.isReady]
        );
    }

    get data() {
        return this.props.record.data[this.props.name];
    }

    get currencyId() {
        return this.props.record.data.currency_id?.id;
    }

    formatMeasure(value) {
        return formatFigure(value, {
            unit: this.data.unit,
            currencyId: this.currencyId,
            whole: true,
            humanReadable: value >= 10000,
        });
    }

    formatEarned(value, humanReadable) {
        return formatFigure(value, {
            unit: "currency",
            currencyId: this.currencyId,
            whole: humanReadable,
            humanReadable: humanReadable && value >= 10000,
        });
    }

    /** Text alternative of the chart for screen readers */
    get summary() {
        return this.data.points
            .map(({x, y}) =>
                _t("%(measure)s: %(earned)s", {
                    measure: this.formatMeasure(x),
                    earned: this.formatEarned(y),
                })
            )
            .join("; ");
    }

    get config() {
        const color = getColor(1, null, "md");
        const ink = getComputedStyle(this.canvas.el).color;
        const ticks = (format) => ({color: ink, maxTicksLimit: 6, callback: format});
        return {
            type: "line",
            data: {
                datasets: [
                    {
                        data: this.data.points,
                        borderColor: color,
                        backgroundColor: color + "22",
                        borderWidth: 3,
                        fill: "origin",
                        pointRadius: 0,
                        pointHitRadius: 12,
                        pointHoverRadius: 5,
                    },
                ],
            },
            options: {
                animation: false,
                maintainAspectRatio: false,
                parsing: false,
                interaction: {mode: "nearest", axis: "x", intersect: false},
                plugins: {
                    legend: {display: false},
                    tooltip: {
                        callbacks: {
                            title: ([item]) => this.formatMeasure(item.raw.x),
                            label: ({raw}) =>
                                _t("Earned: %s", this.formatEarned(raw.y)),
                        },
                    },
                },
                scales: {
                    x: {
                        type: "linear",
                        max: this.data.points.at(-1).x,
                        grid: {display: false},
                        ticks: ticks((value) => this.formatMeasure(value)),
                    },
                    y: {
                        beginAtZero: true,
                        border: {display: false},
                        ticks: ticks((value) => this.formatEarned(value, true)),
                    },
                },
            },
        };
    }
}

registry.category("fields").add("sales_incentive_chart", {
    component: SalesIncentiveChartField,
    displayName: _t("Chart of an Incentive Rule"),
    supportedTypes: ["json"],
    fieldDependencies: [
        {
            name: "currency_id",
            type: "many2one",
            relation: "res.currency",
            readonly: true,
        },
    ],
});
