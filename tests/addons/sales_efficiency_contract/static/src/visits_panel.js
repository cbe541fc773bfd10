import {Component} from "@odoo/owl";
import {cockpitPanelProps, cockpitPanels} from "@sales_efficiency_base/cockpit/panel";

export class VisitsPanel extends Component {
    static template = "sales_efficiency_contract.VisitsPanel";
    static props = cockpitPanelProps;
}

cockpitPanels.add("visits", {component: VisitsPanel, place: "list"}, {sequence: 100});
