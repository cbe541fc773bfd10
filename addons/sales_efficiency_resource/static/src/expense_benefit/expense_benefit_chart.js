import {Component, useEffect, useRef, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {formatFigure} from "@sales_efficiency_base/sales_figure/format_figure";
import {getColor} from "@web/core/colors/colors";
import {loadBundle} from "@web/core/assets";

/** Bars of one or two series beside each other. */
export class ExpenseBenefitChart extends Component {
    static template = "sales_efficiency_resource.ExpenseBenefitChart";
    static props = {chart: Object, currencyId: Number};

    setup() {
        this.canvas = useRef("canvas");
        // Load the library without delaying the table below the chart.
        this.state = useState({isReady: false});
        loadBundle("web.chartjs_lib").then(() => {
            this.state.isReady = true;
        });
        useEffect(
            (_chart, isReady) => {
                if (!isReady) {
                    return undefined;
                }
                const chart = new Chart(this.canvas.el, this.config);
                return () => chart.destroy();
            },
            () => [JSON.stringify(this.props.chart), this.state.isReady]
        );
    }

    format(value, humanReadable = false) {
        if (value === null) {
            return _t("No value");
        }
        return formatFigure(value, {
            unit: this.props.chart.unit,
            currencyId: this.props.currencyId,
            whole: this.props.chart.unit === "currency",
            humanReadable,
        });
    }

    /** Text alternative of the chart for screen readers */
    get summary() {
        const {labels, series} = this.props.chart;
        return labels
            .map((label, index) =>
                _t("%(name)s: %(values)s", {
                    name: label,
                    values: series
                        .map(
                            ({name, values}) => `${name} ${this.format(values[index])}`
                        )
                        .join(", "),
                })
            )
            .join("; ");
    }

    get datasets() {
        return this.props.chart.series.map(({name, values}, index) => ({
            label: name,
            data: values,
            backgroundColor: getColor(index ? 9 : 1, null, "md"),
            maxBarThickness: 36,
        }));
    }

    get config() {
        const ink = getComputedStyle(this.canvas.el).color;
        return {
            type: "bar",
            data: {labels: this.props.chart.labels, datasets: this.datasets},
            options: {
                animation: false,
                maintainAspectRatio: false,
                interaction: {mode: "index", intersect: false},
                plugins: {
                    legend: {
                        display: this.props.chart.series.length > 1,
                        position: "bottom",
                        labels: {color: ink},
                    },
                    tooltip: {
                        callbacks: {
                            label: ({dataset, raw}) =>
                                `${dataset.label}: ${this.format(raw)}`,
                        },
                    },
                },
                scales: {
                    x: {grid: {display: false}, ticks: {color: ink}},
                    y: {
                        beginAtZero: true,
                        border: {display: false},
                        ticks: {
                            color: ink,
                            maxTicksLimit: 6,
                            callback: (value) => this.format(value, true),
                        },
                    },
                },
            },
        };
    }
}
