import {Component} from "@odoo/owl";
import {cockpitPanelProps, cockpitPanels} from "@sales_efficiency_base/cockpit/panel";

export class StoreChecksPanel extends Component {
    static template = "sales_efficiency_contract.StoreChecksPanel";
    static props = cockpitPanelProps;
}

cockpitPanels.add(
    "store_checks",
    {component: StoreChecksPanel, place: "list"},
    {sequence: 100}
);
