import {registry} from "@web/core/registry";

registry.category("web_tour.tours").add("sales_alert_of_leader", {
    steps: () => [
        {
            content: "The leader sees the warnings of the team",
            trigger: ".o_list_view .o_data_row:contains(Test Salesperson)",
        },
        {
            content: "... but none of another team",
            trigger: ".o_list_view:not(:contains(Test Outsider))",
        },
        {
            trigger:
                ".o_data_row:contains(Test Salesperson) .o_data_cell[name=display_name]",
            run: "click",
        },
        {
            content: "The form says what is expected and what is there",
            trigger: ".o_form_view [name=expected]:contains(11,000)",
        },
        {
            trigger: ".o_form_view [name=actual]:contains(9,000)",
        },
        {
            trigger: ".o_form_view [name=deviation]:contains(2,000)",
        },
        {
            content: "An answer needs a cause",
            trigger: "button[name=action_answer]",
            run: "click",
        },
        {
            trigger: ".modal:contains(Choose the cause of)",
        },
        {
            trigger: ".modal .btn-primary",
            run: "click",
        },
        {
            trigger: ".o_field_widget[name=cause] label:contains(Competition)",
            run: "click",
        },
        {
            trigger: ".o_field_widget[name=analysis] textarea",
            run: "edit A competitor is 15 % cheaper.",
        },
        {
            content: "Agree on an action",
            trigger: "[name=action_ids] .o_field_x2many_list_row_add a",
            run: "click",
        },
        {
            trigger: "[name=action_ids] .o_selected_row [name=name] input",
            run: "edit Offer a package with service",
        },
        {
            trigger: "button[name=action_answer]",
            run: "click",
        },
        {
            content: "It is answered, and waits for the figures",
            trigger: ".o_statusbar_status .o_arrow_button_current:contains(Answered)",
        },
        {
            trigger: "[name=answered_by_id]:contains(Test Leader)",
        },
        {
            trigger: ".o_notebook .nav-link[name=history]",
            run: "click",
        },
        {
            content: "The history has both",
            trigger: "[name=event_ids] .o_data_row:contains(Answered)",
        },
        {
            trigger: "[name=event_ids] .o_data_row:contains(Opened)",
        },
    ],
});

registry.category("web_tour.tours").add("sales_action_of_salesperson", {
    steps: () => [
        {
            content: "What the leader has asked for",
            trigger:
                ".o_list_view .o_data_row:contains(Offer a package) .o_data_cell[name=name]",
            run: "click",
        },
        {
            trigger: ".o_field_widget[name=result] textarea",
            run: "edit Two of them have ordered.",
        },
        {
            trigger: "button[name=action_done]",
            run: "click",
        },
        {
            trigger: ".o_statusbar_status .o_arrow_button_current:contains(Done)",
        },
    ],
});
