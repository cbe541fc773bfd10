import {registry} from "@web/core/registry";

registry.category("web_tour.tours").add("sales_honour_election", {
    steps: () => [
        {
            content: "Hold an election",
            trigger: ".o_list_button_add",
            run: "click",
        },
        {
            content: "Of the best team",
            trigger: "[name=kind] label:contains(Best team)",
            run: "click",
        },
        {
            trigger: "[name=citation] textarea",
            run: "edit Together",
        },
        {
            trigger: ".o_form_button_save",
            run: "click",
        },
        {
            content: "Its figures nominate",
            trigger: "button[name=action_nominate]",
            run: "click",
        },
        {
            trigger: "[name=nominee_ids] .o_data_row:eq(0):contains(Test Field)",
        },
        {
            content: "Send it to those who approve it",
            trigger: "button[name=action_submit]",
            run: "click",
        },
        {
            trigger: ".o_arrow_button_current[data-value=submitted]",
        },
    ],
});

registry.category("web_tour.tours").add("sales_honour_hall_of_fame", {
    steps: () => [
        {
            content: "Everybody sees who was honoured",
            trigger: ".o_kanban_record:contains(Test Field):contains(Test Colleague)",
        },
        {
            trigger: ".o_kanban_record a[name=action_print_certificate]",
        },
    ],
});
