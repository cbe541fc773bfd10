import {registry} from "@web/core/registry";
import {stepUtils} from "@web_tour/tour_utils";

registry.category("web_tour.tours").add("sales_incentive_my_earnings", {
    steps: () => [
        {
            content: "What was earned, and what waits",
            trigger: ".o_sales_incentive_earnings .fs-1:contains(100.00)",
        },
        {
            content: "What the next tier needs and brings",
            trigger: ".o_sales_incentive_next:contains(12.50)",
        },
        {
            content: "What if I sell 200 more?",
            trigger: ".o_sales_incentive_what_if input[name=amount]",
            run: "edit 200",
        },
        {
            trigger: ".o_sales_incentive_what_if button[name=ask]",
            run: "click",
        },
        {
            trigger: ".o_sales_incentive_estimate:contains(21.00)",
        },
        {
            content: "The month before",
            trigger: "button[name=previous]",
            run: "click",
        },
        {
            trigger: ".o_sales_incentive_earnings .fs-1:contains(0.00)",
        },
        {
            trigger: "button[name=next]:enabled",
            run: "click",
        },
        {
            content: "Each line opens its document",
            trigger: ".o_sales_incentive_line button[name=document]",
            run: "click",
        },
        {
            trigger: ".o_form_view .o_field_widget[name=order_line]",
        },
    ],
});

registry.category("web_tour.tours").add("sales_incentive_of_quotation", {
    steps: () => [
        {
            trigger: "button[name=action_estimate_incentive]",
            run: "click",
        },
        {
            content: "The quotation would bring 21.00",
            trigger: ".modal .o_sales_incentive_estimate:contains(21.00)",
        },
        {
            trigger: ".modal .btn-close",
            run: "click",
        },
        {
            trigger: "body:not(:has(.modal))",
        },
    ],
});

registry.category("web_tour.tours").add("sales_incentive_of_simulation", {
    steps: () => [
        {
            trigger: ".o_list_button_add",
            run: "click",
        },
        {
            trigger: ".o_field_widget[name=name] input",
            run: "edit Higher rates",
        },
        {
            trigger: ".o_field_widget[name=version_ids] input",
            run: "edit Test Plan",
        },
        {
            trigger: ".o-autocomplete--dropdown-item:contains(Test Plan)",
            run: "click",
        },
        {
            content: "The plan of the draft is what it is compared with",
            trigger:
                ".o_field_widget[name=compared_plan_ids] .o_tag:contains(Test Plan)",
        },
        ...stepUtils.saveForm(),
        {
            trigger: "button[name=action_simulate]",
            run: "click",
        },
        {
            content: "20 % instead of 10 % of 1,000",
            trigger: ".o_field_widget[name=difference]:contains(100.00)",
        },
        {
            trigger: "button[name=action_open_lines]",
            run: "click",
        },
        {
            content: "Each person has a group",
            trigger: ".o_group_header:contains(Test Salesperson)",
        },
        {
            trigger: ".o_switch_view.o_graph",
            run: "click",
        },
        {
            content: "Pay against attainment",
            trigger: ".o_graph_canvas_container canvas",
        },
    ],
});
