import {registry} from "@web/core/registry";

const tours = registry.category("web_tour.tours");

tours.add("sales_award_prepare", {
    steps: () => [
        {
            content: "The grades propose who gets how much",
            trigger: "button[name=action_propose]",
            run: "click",
        },
        {
            trigger:
                "[name=line_ids] .o_data_row:contains(Awarded 1):contains(113,013.70)",
        },
        {
            trigger:
                "[name=line_ids] .o_data_row:contains(Awarded 6):contains(no award)",
        },
        {
            content: "Send it to those who approve it as a whole",
            trigger: "button[name=action_submit]",
            run: "click",
        },
        {
            trigger: ".o_arrow_button_current[data-value=submitted]",
        },
    ],
});

tours.add("sales_award_look", {
    steps: () => [
        {
            content: "Directors read the total of five people, and nobody's award",
            trigger: "[name=people_count]:contains(5)",
        },
        {
            trigger: "[name=total]:contains(471,013.70)",
        },
        {
            trigger: ".o_form_view:not(:contains(Awarded 1))",
        },
    ],
});

tours.add("sales_award_approve", {
    steps: () => [
        {
            content: "Finance reads what each person gets",
            trigger:
                "[name=line_ids] .o_data_row:contains(Awarded 2):contains(84,000.00)",
        },
        {
            trigger: "button[name=validate_tier]",
            run: "click",
        },
        {
            trigger: ".modal [name=comment] input",
            run: "edit Within the budget.",
        },
        {
            trigger: ".modal .btn-primary",
            run: "click",
        },
        {
            content: "The decision is made",
            trigger:
                "body:not(:has(.modal)) .o_arrow_button_current[data-value=approved]",
        },
    ],
});

tours.add("sales_award_read", {
    steps: () => [
        {
            content: "The statement says how the award came about",
            trigger: ".o_form_view:contains(275 ÷ 365 days)",
        },
        {
            trigger: ".o_form_view:contains(113,013.70)",
        },
    ],
});
