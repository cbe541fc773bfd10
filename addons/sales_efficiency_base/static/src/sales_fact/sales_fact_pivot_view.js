import {registry} from "@web/core/registry";
import {pivotView} from "@web/views/pivot/pivot_view";
import {SalesFactControlPanel} from "@sales_efficiency_base/sales_fact/sales_fact_control_panel";

registry
    .category("views")
    .add("sales_fact_pivot", {...pivotView, ControlPanel: SalesFactControlPanel});
