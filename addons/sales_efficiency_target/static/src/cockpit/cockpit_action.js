import {SalesCockpit} from "@sales_efficiency_base/cockpit/cockpit";
import {registry} from "@web/core/registry";

// Former name, still used by actions that users have created
registry.category("actions").add("sales_efficiency_target.cockpit", SalesCockpit);
