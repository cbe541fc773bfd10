import {registry} from "@web/core/registry";
import {stepUtils} from "@web_tour/tour_utils";

registry.category("web_tour.tours").add("sales_metric_define", {
    steps: () => [
        {
            trigger: ".o_field_widget[name=name] input",
            run: "edit Sold Pieces",
        },
        {
            trigger: ".o_field_widget[name=measure] input",
            run: "click",
        },
        {
            trigger: ".o_select_menu_item:contains(Quantity)",
            run: "click",
        },
        {
            content: "The form says what will be measured, and in which unit",
            trigger:
                ".o_field_widget[name=formula]:contains(Sum of Quantity: Order confirmed)",
        },
        {
            trigger: ".o_field_widget[name=unit]:contains(Quantity)",
        },
        ...stepUtils.saveForm(),
        {
            content: "Its value is there at once",
            trigger: ".o_field_widget[name=value_month]:contains(7)",
        },
    ],
});
