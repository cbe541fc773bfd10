import {registry} from "@web/core/registry";

const OPEN = {
    trigger: ".o_data_row .o_data_cell[name=name]:contains(Test Scenario)",
    run: "click",
};

registry.category("web_tour.tours").add("sales_allocation_calculate", {
    steps: () => [
        OPEN,
        {
            trigger: "button[name=action_calculate]",
            run: "click",
        },
        {
            content: "It is calculated in the background",
            trigger: ".alert-info:contains(being calculated)",
        },
    ],
});

registry.category("web_tour.tours").add("sales_allocation_submit", {
    steps: () => [
        OPEN,
        {
            trigger: ".o_field_widget[name=verdict]:contains(best possible)",
        },
        {
            trigger: "button[name=action_open_moves]",
            run: "click",
        },
        {
            content: "Leave one of them where it is",
            trigger: ".o_data_row:contains(Customer D) .o_list_record_selector input",
            run: "click",
        },
        {
            trigger: "button[name=action_keep]",
            run: "click",
        },
        {
            content: "It is a move no longer",
            trigger: ".o_list_view:not(:has(.o_data_row:contains(Customer D)))",
        },
        {
            trigger: ".o_back_button",
            run: "click",
        },
        {
            trigger: "button[name=action_submit]",
            run: "click",
        },
        {
            trigger: ".o_arrow_button_current[data-value=submitted]",
        },
    ],
});

registry.category("web_tour.tours").add("sales_allocation_apply", {
    steps: () => [
        OPEN,
        {
            trigger: "button[name=action_approve]",
            run: "click",
        },
        {
            trigger: ".o_arrow_button_current[data-value=applied]",
        },
        {
            trigger: "button[name=action_undo]",
            run: "click",
        },
        {
            trigger: ".modal button.btn-primary",
            run: "click",
        },
        {
            trigger: ".o_arrow_button_current[data-value=undone]",
        },
    ],
});
