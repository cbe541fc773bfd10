import {Component} from "@odoo/owl";
import {cockpitPanelProps, cockpitPanels} from "@sales_efficiency_base/cockpit/panel";
import {getStatusColor} from "@sales_efficiency_base/sales_status/status_color";
import {useService} from "@web/core/utils/hooks";

const ACTION = "sales_efficiency_analytics.sales_data_issue_action";

/** What data there is to correct, by rule. */
export class CockpitDataIssues extends Component {
    static template = "sales_efficiency_analytics.CockpitDataIssues";
    static props = cockpitPanelProps;

    setup() {
        this.action = useService("action");
        this.getStatusColor = getStatusColor;
    }

    open(ruleId) {
        const domain = [...this.props.data.domain];
        if (ruleId) {
            domain.push(["rule_id", "=", ruleId]);
        }
        return this.action.doAction(ACTION, {props: {domain}});
    }
}

cockpitPanels.add(
    "data_issues",
    {component: CockpitDataIssues, place: "list"},
    {sequence: 60}
);
