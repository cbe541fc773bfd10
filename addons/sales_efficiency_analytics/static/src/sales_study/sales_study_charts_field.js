import {Component, onWillStart, useEffect, useRef} from "@odoo/owl";
import {StudyChartConfig} from "./study_chart_config";
import {_t} from "@web/core/l10n/translation";
import {loadBundle} from "@web/core/assets";
import {registry} from "@web/core/registry";
import {standardFieldProps} from "@web/views/fields/standard_field_props";

/** One chart of a study, drawn by Chart.js. */
export class StudyChart extends Component {
    static template = "sales_efficiency_analytics.StudyChart";
    static props = {chart: Object};

    setup() {
        this.canvas = useRef("canvas");
        onWillStart(() => loadBundle("web.chartjs_lib"));
        useEffect(
            (data) => {
                // The library is global: Odoo loads it only where it is needed.
                const drawn = new Chart(
                    this.canvas.el,
                    new StudyChartConfig(JSON.parse(data)).get()
                );
                return () => drawn.destroy();
            },
            () => [JSON.stringify(this.props.chart)]
        );
    }
}

/** The charts of an answer. */
export class SalesStudyChartsField extends Component {
    static template = "sales_efficiency_analytics.SalesStudyChartsField";
    static components = {StudyChart};
    static props = {...standardFieldProps};

    get charts() {
        return this.props.record.data[this.props.name] || [];
    }
}

registry.category("fields").add("sales_study_charts", {
    component: SalesStudyChartsField,
    displayName: _t("Charts of an Answer"),
    supportedTypes: ["json"],
});
