import {registry} from "@web/core/registry";

registry.category("web_tour.tours").add("sales_drop_of_leader", {
    steps: () => [
        {
            content: "The leader sees the customer of the team, and none of others",
            trigger:
                ".o_list_view:has(.o_data_row:contains(Customer North)):not(:contains(Customer South))",
        },
        {
            trigger:
                ".o_data_row:contains(Customer North) .o_data_cell[name=display_name]",
            run: "click",
        },
        {
            content: "The form says what is expected, what came, and what is at risk",
            trigger: ".o_form_view [name=expected_orders]:contains(4.0)",
        },
        {
            trigger: ".o_form_view [name=amount_at_risk]:contains(400.00)",
        },
        {
            trigger: ".o_field_widget[name=cause] label:contains(Competition)",
            run: "click",
        },
        {
            trigger: ".o_field_widget[name=analysis] textarea",
            run: "edit A web shop is cheaper.",
        },
        {
            trigger: "button[name=action_answer]",
            run: "click",
        },
        {
            trigger: ".o_form_view .o_arrow_button_current:contains(Answered)",
        },
    ],
});

registry.category("web_tour.tours").add("sales_drop_of_salesperson", {
    steps: () => [
        {
            content: "Only own customers",
            trigger:
                ".o_list_view:has(.o_data_row:contains(Customer North)):not(:contains(Customer South))",
        },
        {
            trigger: ".o_data_row:contains(Expected 4.0 orders in 90 days, got 0)",
        },
        {
            trigger: ".o_data_row .o_data_cell[name=partner_id]",
            run: "click",
        },
        {
            content: "The orders of the months",
            trigger: ".o_form_view [name=order_chart] canvas",
        },
        {
            trigger: "button[name=action_open_customer]",
            run: "click",
        },
        {
            content: "The customer says so, too",
            trigger: "button[name=action_open_sales_drop]:contains(0 of 4.0 orders)",
            run: "click",
        },
        {
            trigger: "button[name=action_open_alerts]",
            run: "click",
        },
        {
            trigger: ".o_list_view .o_data_row:contains(Customer North)",
        },
    ],
});
