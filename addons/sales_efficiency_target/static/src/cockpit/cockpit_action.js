import {SalesCockpit} from "@sales_efficiency_base/cockpit/cockpit";
import {registry} from "@web/core/registry";

// Its name before it was that of all add-ons: actions that users have made know it
registry.category("actions").add("sales_efficiency_target.cockpit", SalesCockpit);
