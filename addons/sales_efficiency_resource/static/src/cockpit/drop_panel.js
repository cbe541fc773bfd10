import {Component} from "@odoo/owl";
import {cockpitPanelProps, cockpitPanels} from "@sales_efficiency_base/cockpit/panel";
import {formatFigure} from "@sales_efficiency_base/sales_figure/format_figure";
import {getStatusColor} from "@sales_efficiency_base/sales_status/status_color";
import {useService} from "@web/core/utils/hooks";

const ACTION = "sales_efficiency_resource.sales_customer_drop_action";

/** The customers who buy less than before, the most money at risk first. */
export class CockpitDrops extends Component {
    static template = "sales_efficiency_resource.CockpitDrops";
    static props = cockpitPanelProps;

    setup() {
        this.action = useService("action");
        this.getStatusColor = getStatusColor;
    }

    format(value) {
        return formatFigure(value, {
            unit: "currency",
            currencyId: this.props.data.currency_id,
            whole: true,
        });
    }

    open(id) {
        return this.action.doAction(ACTION, {viewType: "form", props: {resId: id}});
    }

    openAll() {
        return this.action.doAction(ACTION, {
            additionalContext: {search_default_latest: 0, search_default_found: 0},
            props: {domain: this.props.data.domain},
        });
    }
}

cockpitPanels.add(
    "customer_drops",
    {component: CockpitDrops, place: "list"},
    {sequence: 40}
);
