import {registry} from "@web/core/registry";
import {listView} from "@web/views/list/list_view";
import {SalesFactControlPanel} from "./sales_fact_control_panel";

registry
    .category("views")
    .add("sales_fact_list", {...listView, ControlPanel: SalesFactControlPanel});
