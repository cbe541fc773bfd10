import {cockpitPanelProps, cockpitPanels} from "@sales_efficiency_base/cockpit/panel";
import {Component} from "@odoo/owl";
import {getStatusColor} from "@sales_efficiency_base/sales_status/status_color";
import {useService} from "@web/core/utils/hooks";

const ACTION = "sales_efficiency_analytics.sales_decision_action";

/** The open decisions, those to conclude from first. */
export class DecisionsPanel extends Component {
    static template = "sales_efficiency_analytics.DecisionsPanel";
    static props = cockpitPanelProps;

    setup() {
        this.action = useService("action");
        this.getStatusColor = getStatusColor;
    }

    open(id) {
        return this.action.doAction(ACTION, {viewType: "form", props: {resId: id}});
    }

    openAll() {
        return this.action.doAction(ACTION, {props: {domain: this.props.data.domain}});
    }
}

cockpitPanels.add(
    "decisions",
    {component: DecisionsPanel, place: "list"},
    {sequence: 60}
);
