import {registry} from "@web/core/registry";

registry.category("web_tour.tours").add("sales_incentive_dispute_of_salesperson", {
    steps: () => [
        {
            content: "Earnings are grouped by month",
            trigger: ".o_group_header",
            run: "click",
        },
        {
            trigger: ".o_data_row button[name=action_dispute]",
            run: "click",
        },
        {
            content: "The dialog names the line",
            trigger: ".modal .o_field_widget[name=amount]:contains(100.00)",
        },
        {
            trigger: ".modal .o_field_widget[name=description] textarea",
            run: "edit The customer ordered twelve.",
        },
        {
            trigger: ".modal button[name=action_open]",
            run: "click",
        },
        {
            trigger: "body:not(:has(.modal)) .o_arrow_button_current[data-value=open]",
        },
        {
            content: "It is not for the person to decide",
            trigger: ".o_form_view:not(:has(button[name=action_uphold]))",
        },
    ],
});

registry.category("web_tour.tours").add("sales_incentive_dispute_of_officer", {
    steps: () => [
        {
            trigger: ".o_data_row .o_data_cell[name=assignment_id]",
            run: "click",
        },
        {
            trigger:
                ".o_field_widget[name=remedy] .o_radio_item:contains(Adjust the pay) input",
            run: "click",
        },
        {
            trigger: ".o_field_widget[name=answer] textarea",
            run: "edit You are right.",
        },
        {
            trigger: "button[name=action_uphold]",
            run: "click",
        },
        {
            content: "The adjustment knows the dispute",
            trigger: ".o_field_widget[name=dispute_id] input:value(Dispute of)",
        },
        {
            trigger: ".o_field_widget[name=amount] input",
            run: "edit 20",
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
