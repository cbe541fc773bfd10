import {registry} from "@web/core/registry";

registry.category("web_tour.tours").add("sales_target_commit", {
    steps: () => [
        {
            content: "Salespeople see their own targets only",
            trigger: ".o_kanban_record:contains(Test Salesperson)",
        },
        {
            trigger: ".o_kanban_view:not(:contains(Test Colleague))",
        },
        {
            trigger: ".o_kanban_record:contains(Test Salesperson)",
            run: "click",
        },
        {
            trigger: ".o_statusbar_buttons button:contains(Commit)",
            run: "click",
        },
        {
            trigger: ".modal .o_field_widget[name=amount] input",
            run: "edit 110000",
        },
        {
            trigger: ".modal .o_field_widget[name=note] textarea",
            run: "edit The tender of my largest customer has moved.",
        },
        {
            trigger: ".modal button[name=action_commit]",
            run: "click",
        },
        {
            trigger: ".o_notebook .nav-link[name=commitment]",
            run: "click",
        },
        {
            content: "The promise stands beside what was proposed",
            trigger: ".o_field_widget[name=commitment_gap]:contains(-10,000)",
        },
    ],
});

registry.category("web_tour.tours").add("sales_target_reconcile", {
    steps: () => [
        {
            trigger: ".o_notebook .nav-link[name=parts]",
            run: "click",
        },
        {
            content: "The leader sees what is proposed and what is promised",
            trigger:
                "[name=child_ids] .o_data_row:contains(Test Salesperson):contains(120,000):contains(110,000)",
        },
        {
            trigger: ".o_statusbar_buttons button:contains(Break Down)",
            run: "click",
        },
        {
            trigger: ".modal .o_field_widget[name=method] input",
            run: "click",
        },
        {
            trigger: ".o_select_menu_item:contains(By hand)",
            run: "click",
        },
        {
            content: "The preview has been made anew",
            trigger: ".modal .o_list_view:not(:has(th[data-name=weight]))",
        },
        {
            trigger: ".modal .o_data_row:contains(Test Salesperson) [name=amount]",
            run: "click",
        },
        {
            trigger:
                ".modal .o_selected_row:contains(Test Salesperson) [name=amount] input",
            run: "edit 112000",
        },
        {
            trigger: ".modal .o_data_row:contains(Test Colleague) [name=amount]",
            run: "click",
        },
        {
            trigger:
                ".modal .o_selected_row:contains(Test Colleague) [name=amount] input",
            run: "edit 128000",
        },
        {
            trigger: ".modal button[name=action_apply]",
            run: "click",
        },
        {
            trigger:
                ".o_list_view .o_data_row:contains(Test Salesperson):contains(112,000)",
        },
        {
            content: "The parts add up to the target of the team",
            trigger: ".breadcrumb-item a:contains(Test Field)",
            run: "click",
        },
        {
            trigger: "button[name=action_open_parts]:contains(100.0)",
        },
    ],
});
