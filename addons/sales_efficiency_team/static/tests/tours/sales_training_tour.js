import {registry} from "@web/core/registry";

registry.category("web_tour.tours").add("sales_training_of_salesperson", {
    steps: () => [
        {
            content: "Sessions to come are shown",
            trigger: ".o_data_row .o_data_cell:contains(Closing)",
            run: "click",
        },
        {
            trigger: ".o_form_view button[name=action_ask_place]",
            run: "click",
        },
        {
            content: "The only place is mine",
            trigger: ".o_field_widget[name=my_state]:contains(Has a place)",
        },
        {
            content: "Neither others nor the cost are shown",
            trigger:
                ".o_form_view:not(:has([name=attendance_ids])):not(:has([name=cost])):has(button[name=action_give_up_place])",
        },
    ],
});

registry.category("web_tour.tours").add("sales_training_of_hr", {
    steps: () => [
        {
            trigger: ".o_form_view .o_data_cell:contains(Test Salesperson)",
        },
        {
            trigger: "button[name=action_mark_all_attended]",
            run: "click",
        },
        {
            trigger: ".o_data_row .o_field_widget[name=state]:contains(Attended)",
        },
        {
            trigger: "button[name=action_record_results]",
            run: "click",
        },
        {
            trigger: ".o_arrow_button_current[data-value=done]",
        },
    ],
});
