import {registry} from "@web/core/registry";

function addLine(list, ...steps) {
    return [
        {
            trigger: `[name=${list}] .o_field_x2many_list_row_add a`,
            run: "click",
        },
        ...steps,
    ];
}

function edit(list, name, value) {
    return {
        trigger: `[name=${list}] .o_selected_row [name=${name}] :is(textarea, input)`,
        run: `edit ${value}`,
    };
}

function choose(list, name, value) {
    return [
        edit(list, name, value),
        {
            trigger: `.o-autocomplete--dropdown-item:contains(${value})`,
            run: "click",
        },
    ];
}

registry.category("web_tour.tours").add("sales_weekly_report_of_salesperson", {
    steps: () => [
        {
            content: "One sees only one's own report",
            trigger:
                ".o_kanban_renderer:not(:contains(Test Colleague)) .o_kanban_record:contains(Test Salesperson)",
            run: "click",
        },
        {
            content: "The figures of the week are there already",
            trigger: "[name=figure_ids] .o_data_row:contains(Ordered Amount)",
        },
        {
            trigger: "button[name=action_submit]",
            run: "click",
        },
        {
            content: "A report with nothing in it is not submitted",
            trigger: ".modal:contains(at least one task)",
        },
        {
            trigger: ".modal .btn-primary",
            run: "click",
        },
        ...addLine("done_ids", edit("done_ids", "name", "Visited the plant")),
        ...addLine(
            "customer_ids",
            ...choose("customer_ids", "partner_id", "Customer North"),
            edit("customer_ids", "name", "First talk with the new manager"),
            edit("customer_ids", "next_step", "Send the offer")
        ),
        ...addLine(
            "problem_ids",
            edit("problem_ids", "name", "No parts in stock"),
            edit("problem_ids", "solution", "Order early"),
            ...choose("problem_ids", "helper_id", "Test Colleague")
        ),
        ...addLine("plan_ids", edit("plan_ids", "name", "Show the new drive")),
        {
            trigger: "button[name=action_submit]",
            run: "click",
        },
        {
            content: "It is with the leader now",
            trigger:
                ".o_arrow_button_current:contains(Submitted), .o_statusbar_status .btn[aria-checked=true]:contains(Submitted)",
        },
        {
            content: "... does not change any more, and help is asked",
            trigger:
                "[name=problem_ids]:not(:has(.o_field_x2many_list_row_add)) .o_data_row:contains(Asked)",
        },
    ],
});

registry.category("web_tour.tours").add("sales_weekly_report_of_leader", {
    steps: () => [
        {
            content: "The board shows the team",
            trigger:
                ".o_kanban_renderer:contains(Test Colleague) .o_kanban_record:contains(Test Salesperson)",
            run: "click",
        },
        {
            content: "A leader reads, and does not write",
            trigger:
                "[name=plan_ids]:not(:has(.o_field_x2many_list_row_add)) .o_data_row:contains(Show the new drive)",
        },
        {
            trigger: "[name=comment] textarea",
            run: "edit Well done",
        },
        {
            trigger: "button[name=action_read]",
            run: "click",
        },
        {
            trigger: ".o-mail-Message:contains(Well done)",
        },
        {
            content: "Who has read it",
            trigger: "[name=read_by_id]:contains(Test Leader)",
        },
    ],
});
