import {registry} from "@web/core/registry";
import {stepUtils} from "@web_tour/tour_utils";

registry.category("web_tour.tours").add("sales_region_of_customer", {
    steps: () => [
        {
            trigger: ".o_notebook .nav-link[name=sales_purchases]",
            run: "click",
        },
        {
            content: "The region follows the address",
            trigger: "[name=sales_region_id] input:value(Test World / Test North)",
        },
        {
            content: "Set another by hand",
            trigger: "[name=sales_region_id] input",
            run: "edit Test South",
        },
        {
            trigger: ".o-autocomplete--dropdown-item:contains(Test South)",
            run: "click",
        },
        ...stepUtils.saveForm(),
        {
            content: "Follow the address again",
            trigger: "button[name=action_sales_region_follow_address]",
            run: "click",
        },
        {
            trigger: "[name=sales_region_id] input:value(Test World / Test North)",
        },
    ],
});
