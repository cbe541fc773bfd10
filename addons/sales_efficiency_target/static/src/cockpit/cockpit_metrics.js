import {Component} from "@odoo/owl";
import {Dropdown} from "@web/core/dropdown/dropdown";
import {DropdownItem} from "@web/core/dropdown/dropdown_item";
import {cockpitPanelProps, cockpitPanels} from "@sales_efficiency_base/cockpit/panel";

/** Selects the metric of the chart and the lists. */
export class CockpitMetrics extends Component {
    static template = "sales_efficiency_target.CockpitMetrics";
    static components = {Dropdown, DropdownItem};
    static props = cockpitPanelProps;
}

cockpitPanels.add("metrics", {component: CockpitMetrics, place: "row"}, {sequence: 50});
