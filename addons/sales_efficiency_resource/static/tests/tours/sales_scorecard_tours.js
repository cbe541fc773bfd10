import {registry} from "@web/core/registry";

const tours = registry.category("web_tour.tours");

tours.add("sales_scorecard_director", {
    steps: () => [
        {
            content: "Open the scorecard",
            trigger: ".o_data_row .o_data_cell:contains(Tour Agents)",
            run: "click",
        },
        {
            content: "Score the last period",
            trigger: "button[name=action_score]",
            run: "click",
        },
        {
            content: "The best come first",
            trigger: "[name=result_ids] .o_data_row:eq(0):contains(1):contains(80.00)",
        },
        {
            content: "Send the changes of level to approval",
            trigger: "button[name=action_submit]:contains(Approval)",
            run: "click",
        },
        {
            trigger: ".o_arrow_button_current[data-value=submitted]",
        },
    ],
});

tours.add("sales_scorecard_reviewer", {
    steps: () => [
        {
            content: "Approve what the other director has sent",
            trigger: "button[name=validate_tier]",
            run: "click",
        },
        {
            trigger: ".modal [name=comment] input",
            run: "edit As discussed",
        },
        {
            trigger: ".modal .btn-primary",
            run: "click",
        },
        {
            trigger: ".o_arrow_button_current[data-value=done]",
        },
        {
            content: "Agree on what is proposed",
            trigger: "button[name=action_agree]",
            run: "click",
        },
        {
            trigger: ".o_form_view:not(:has(button[name=action_agree]))",
        },
    ],
});

tours.add("sales_scorecard_salesperson", {
    steps: () => [
        {
            content: "See one's own members only",
            trigger: ".o_list_view:not(:has(.o_data_row:eq(1)))",
        },
        {
            content: "Open the score",
            trigger: ".o_data_row .o_data_cell:contains(Agent)",
            run: "click",
        },
        {
            content: "Its points are a chart",
            trigger: ".o_sales_scorecard_chart canvas[aria-label*='80.00']",
        },
        {
            trigger: "[name=level_id]:contains(Gold)",
        },
    ],
});

tours.add("sales_scorecard_leader", {
    steps: () => [
        {
            content: "See the members of the team",
            trigger: ".o_list_view:has(.o_data_row:eq(1)):not(:has(.o_data_row:eq(2)))",
        },
        {
            content: "Open what is to be done",
            trigger: ".o_data_row .o_data_cell:contains(Colleague)",
            run: "click",
        },
        {
            trigger: ".o_notebook a[name=actions]",
            run: "click",
        },
        {
            content: "The action stands beside the score",
            trigger: "[name=action_ids] .o_data_row:contains(Agree on a plan)",
        },
    ],
});
