import {Component, useEffect, useRef, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {formatFloat} from "@web/core/utils/numbers";
import {getColor} from "@web/core/colors/colors";
import {loadBundle} from "@web/core/assets";
import {registry} from "@web/core/registry";
import {standardFieldProps} from "@web/views/fields/standard_field_props";

/** The points of a score by criterion: a radar, or bars if these are too few for one. */
export class SalesScorecardChartField extends Component {
    static template = "sales_efficiency_resource.SalesScorecardChartField";
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
                if (!isReady || !this.data?.labels.length) {
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

    get isRadar() {
        return this.data.labels.length > 2;
    }

    format(points) {
        return points === null ? _t("No value") : formatFloat(points, {digits: [5, 2]});
    }

    /** Text alternative of the chart for screen readers */
    get summary() {
        const {labels, points} = this.data;
        return labels
            .map((label, index) =>
                _t("%(criterion)s: %(points)s", {
                    criterion: label,
                    points: this.format(points[index]),
                })
            )
            .join("; ");
    }

    get datasets() {
        const [color, other] = [1, 9].map((index) => getColor(index, null, "md"));
        const datasets = [
            {
                label: _t("Points"),
                data: this.data.points,
                borderColor: color,
                backgroundColor: this.isRadar ? color + "33" : color,
                borderWidth: 3,
                spanGaps: true,
            },
        ];
        if (this.data.median.some((median) => median !== null)) {
            datasets.push({
                label: _t("Median of all"),
                data: this.data.median,
                borderColor: other,
                backgroundColor: this.isRadar ? "transparent" : other,
                borderDash: [5, 5],
                borderWidth: 2,
                spanGaps: true,
            });
        }
        return datasets;
    }

    get config() {
        const ink = getComputedStyle(this.canvas.el).color;
        const ticks = {color: ink, stepSize: 25, backdropColor: "transparent"};
        const scale = {min: 0, max: 100, ticks};
        return {
            type: this.isRadar ? "radar" : "bar",
            data: {labels: this.data.labels, datasets: this.datasets},
            options: {
                animation: false,
                maintainAspectRatio: false,
                plugins: {
                    legend: {labels: {color: ink}},
                    tooltip: {
                        callbacks: {
                            label: ({dataset, raw}) =>
                                `${dataset.label}: ${this.format(raw)}`,
                        },
                    },
                },
                scales: this.isRadar
                    ? {r: {...scale, pointLabels: {color: ink, font: {size: 12}}}}
                    : {y: scale, x: {ticks: {color: ink}}},
            },
        };
    }
}

registry.category("fields").add("sales_scorecard_chart", {
    component: SalesScorecardChartField,
    displayName: _t("Chart of a Score"),
    supportedTypes: ["json"],
});
