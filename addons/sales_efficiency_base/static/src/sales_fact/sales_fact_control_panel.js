import {ControlPanel} from "@web/search/control_panel/control_panel";
import {SalesFactFreshness} from "./sales_fact_freshness";

export class SalesFactControlPanel extends ControlPanel {
    static template = "sales_efficiency_base.SalesFactControlPanel";
    static components = {...ControlPanel.components, SalesFactFreshness};
}
