import {registry} from "@web/core/registry";

registry.category("web_tour.tours").add("sales_conduct_confirm_rules", {
    steps: () => [
        {
            content: "A to-do asks everybody to confirm the rules",
            trigger: ".o_data_row:contains(Test Salesperson) [name=version_id]",
            run: "click",
        },
        {
            content: "They are all there to read",
            trigger: ".o_form_view [name=rule_ids]:contains(Lies to customers)",
        },
        {
            trigger: "button[name=action_confirm]",
            run: "click",
        },
        {
            trigger: ".o_form_view:not(:has(button[name=action_confirm]))",
        },
        {
            trigger: ".o_form_view [name=confirmed_at]",
        },
    ],
});

registry.category("web_tour.tours").add("sales_conduct_hearing", {
    steps: () => [
        {
            content: "The person sees what is reported, and says how it was",
            trigger: ".o_form_view [name=description]:contains(in stock)",
        },
        {
            trigger: "button[name=action_open_statement]:contains(Statement)",
            run: "click",
        },
        {
            trigger: ".modal [name=text] textarea",
            run: "edit It was in stock on that day.",
        },
        {
            trigger: ".modal button[name=action_send]",
            run: "click",
        },
        {
            trigger: ".o_form_view [name=statement]:contains(on that day)",
        },
    ],
});
