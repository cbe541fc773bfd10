import {Component, onWillStart, onWillUpdateProps, useState} from "@odoo/owl";
import {PlanGrid} from "./plan_grid";
import {PlanTotals} from "./plan_totals";
import {getColumns} from "./plan_figures_model";
import {getUnit} from "@sales_efficiency_base/sales_figure/format_figure";
import {registry} from "@web/core/registry";
import {standardWidgetProps} from "@web/views/widgets/standard_widget_props";

/**
 * The figures of a plan in its form, see `PlanFiguresModel`. The form keeps them, so
 * that they are not lost on another page of it, and saves them before it goes on.
 */
export class PlanFigures extends Component {
    static template = "sales_efficiency_target.PlanFigures";
    static components = {PlanGrid, PlanTotals};
    static props = {...standardWidgetProps};

    setup() {
        this.model = useState(this.env.planFigures);
        this.state = useState({hasMonths: true, passesDown: false, error: ""});
        onWillStart(() => this.open(this.props.record));
        onWillUpdateProps(({record}) => this.open(record));
    }

    get columns() {
        return getColumns(this.state.hasMonths);
    }

    /** The unit of the figures, which do not repeat it */
    get unit() {
        const {metric, currency_id: currencyId} = this.model.data;
        const {before, after} = getUnit(metric.unit, currencyId);
        return before || after;
    }

    async open({resId, data}) {
        if (resId) {
            await this.try(() => this.model.open(resId, data.state));
        }
    }

    chooseMetric(metricId) {
        return this.try(
            async () => (await this.model.save()) && this.model.load(metricId)
        );
    }

    save() {
        return this.try(async () => {
            if (await this.model.save()) {
                await this.reloadForm();
            }
        });
    }

    discard() {
        return this.try(() => this.model.discard());
    }

    async reloadForm() {
        const {record} = this.props;
        if (!(await record.isDirty())) {
            await record.load();
        }
    }

    async try(action) {
        this.state.error = "";
        try {
            await action();
        } catch (error) {
            this.fail(error);
        }
    }

    fail(error) {
        this.state.error = error.data?.message || error.message;
    }
}

registry.category("view_widgets").add("sales_plan_figures", {component: PlanFigures});
