import {registry} from "@web/core/registry";

const regions = ".o_sales_cockpit_step[data-step=regions]";

registry.category("web_tour.tours").add("sales_first_steps", {
    steps: () => [
        {
            content: "An empty screen says what belongs there",
            trigger: `${regions}[data-done=false] button[name=open]`,
            run: "click",
        },
        {
            trigger: ".o_view_nocontent p.o_view_nocontent_smiling_face",
        },
        {
            trigger: ".breadcrumb-item.o_back_button",
            run: "click",
        },
        {
            content: "Nothing is done yet about regions; they are proposed",
            trigger: `${regions}[data-done=false] button[name=accept]`,
            run: "click",
        },
        {
            content: "One click has done the step",
            trigger: `${regions}[data-done=true]:contains(regions)`,
        },
        {
            content: "Each step opens what it is about",
            trigger: `${regions} button[name=open]`,
            run: "click",
        },
        {
            trigger: ".o_list_view .o_data_row:contains(Country B)",
        },
        {
            content: "... and the cockpit is a click away",
            trigger: ".breadcrumb-item.o_back_button",
            run: "click",
        },
        {
            trigger: "button[name=close_start]",
            run: "click",
        },
        {
            content: "The steps are hidden",
            trigger: ".o_sales_cockpit:not(:has(.o_sales_cockpit_start))",
        },
    ],
});
