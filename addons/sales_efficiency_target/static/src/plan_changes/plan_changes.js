import {Component, onWillStart, onWillUpdateProps, useState} from "@odoo/owl";
import {
    formatFigure,
    formatGrowth,
} from "@sales_efficiency_base/sales_figure/format_figure";
import {registry} from "@web/core/registry";
import {standardWidgetProps} from "@web/views/widgets/standard_widget_props";
import {useService} from "@web/core/utils/hooks";

/** What has changed between two versions of a plan, or since the last one. */
export class PlanChanges extends Component {
    static template = "sales_efficiency_target.PlanChanges";
    static props = {...standardWidgetProps};

    setup() {
        this.orm = useService("orm");
        this.state = useState({data: null, beforeId: null, afterId: null});
        onWillStart(() => this.load(this.props.record));
        onWillUpdateProps(({record}) => this.load(record));
    }

    async load({resId}) {
        const {beforeId, afterId} = this.state;
        this.state.data =
            resId &&
            (await this.orm.call("sales.target.plan", "get_changes", [
                resId,
                beforeId,
                afterId,
            ]));
    }

    choose(name, value) {
        this.state[name] = Number(value) || null;
        return this.load(this.props.record);
    }

    format(row, name) {
        return row[name] === null
            ? "–"
            : formatFigure(row[name], {
                  unit: row.unit,
                  currencyId: this.state.data.currency_id,
                  whole: true,
                  isDifference: name === "difference",
              });
    }

    formatGrowth(row) {
        return row.percent === null ? "" : formatGrowth(row.percent, row.unit);
    }
}

registry.category("view_widgets").add("sales_plan_changes", {component: PlanChanges});
