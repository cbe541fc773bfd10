import {registry} from "@web/core/registry";

registry.category("web_tour.tours").add("sales_contact_log", {
    steps: () => [
        {
            content: "See who is due, and log that they were called",
            trigger:
                ".o_kanban_record:contains(Customer North) button[name=action_log_contact]",
            run: "click",
        },
        {
            content: "It is preset: log it",
            trigger: ".modal button[name=action_log]",
            run: "click",
        },
        {
            content: "The customer is not due any more",
            trigger:
                ".o_kanban_view:not(:has(.o_kanban_record:contains(Customer North)))",
        },
    ],
});

registry.category("web_tour.tours").add("sales_contact_snooze", {
    steps: () => [
        {
            trigger:
                ".o_kanban_record:contains(Customer North) button[name=action_snooze]",
            run: "click",
        },
        {
            trigger: ".modal [name=reason] input",
            run: "edit On holiday",
        },
        {
            trigger: ".modal button[name=action_snooze]",
            run: "click",
        },
        {
            trigger:
                ".o_kanban_view:not(:has(.o_kanban_record:contains(Customer North)))",
        },
    ],
});

registry.category("web_tour.tours").add("sales_service_policy_terms", {
    steps: () => [
        {
            content: "Write a policy for all customers",
            trigger: ".o_list_button_add",
            run: "click",
        },
        {
            trigger: "[name=contact_days] input",
            run: "edit 14",
        },
        {
            trigger: "[name=payment_term_id] input",
            run: "edit 60 Days of Tour",
        },
        {
            trigger: ".ui-autocomplete > li > a:contains(60 Days of Tour)",
            run: "click",
        },
        {
            trigger: ".o_form_button_save",
            run: "click",
        },
        {
            content: "See whose terms would change",
            trigger: "button[name=action_apply_terms]",
            run: "click",
        },
        {
            trigger: ".modal [name=partner_ids] .o_data_row:contains(Customer North)",
        },
        {
            trigger: ".modal button[name=action_apply]",
            run: "click",
        },
        {
            trigger: "body:not(:has(.modal)) .o-mail-Message:contains(Terms applied)",
        },
    ],
});

registry.category("web_tour.tours").add("sales_customer_time_line", {
    steps: () => [
        {
            content: "Open the customer file",
            trigger: ".o_notebook .nav-link[name=sales_customer]",
            run: "click",
        },
        {
            content: "Open the time line of the customer",
            trigger: ".o_inner_group button[name=action_open_sales_events]",
            run: "click",
        },
        {
            trigger: ".o_list_view .o_data_row:contains(Call)",
        },
    ],
});
