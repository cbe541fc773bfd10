import {registry} from "@web/core/registry";
import {graphView} from "@web/views/graph/graph_view";
import {SalesFactControlPanel} from "@sales_efficiency_base/sales_fact/sales_fact_control_panel";

registry
    .category("views")
    .add("sales_fact_graph", {...graphView, ControlPanel: SalesFactControlPanel});
