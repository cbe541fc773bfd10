import {CockpitMilestones} from "./cockpit_milestones";
import {SalesCockpit} from "@sales_efficiency_target/cockpit/cockpit";

Object.assign(SalesCockpit.components, {CockpitMilestones});
