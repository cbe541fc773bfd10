import {registry} from "@web/core/registry";

registry.category("web_tour.tours").add("sales_budget_from_targets_of_director", {
    steps: () => [
        {
            trigger: ".o_form_view button:contains(Budget from These Targets)",
            run: "click",
        },
        {
            trigger: ".modal [name=line_ids] .o_field_x2many_list_row_add > *",
            run: "click",
        },
        {
            trigger: ".modal [name=line_ids] .o_selected_row [name=kind_id] input",
            run: "edit Test Travel",
        },
        {
            trigger: ".o-autocomplete--dropdown-item:contains(Test Travel)",
            run: "click",
        },
        {
            trigger: ".modal [name=line_ids] .o_selected_row [name=ratio] input",
            run: "edit 2.5",
        },
        {
            content: "Another click ends the line, and the preview follows",
            trigger: ".modal .modal-title",
            run: "click",
        },
        {
            trigger: ".modal .o_sales_budget_matrix tr:contains(Test Travel)",
        },
        {
            trigger: ".modal button[name=action_create_budgets]",
            run: "click",
        },
        {
            content: "The draft of a budget plan",
            trigger:
                "body:not(:has(.modal)) .o_form_view .o_arrow_button_current:contains(Draft)",
        },
    ],
});

registry.category("web_tour.tours").add("sales_budget_move_of_director", {
    steps: () => [
        {
            trigger: ".o_form_view button[name=action_move_money]",
            run: "click",
        },
        {
            trigger: ".o_form_view [name=reason] textarea",
            run: "edit The fair is cancelled",
        },
        {
            trigger:
                ".o_form_view [name=line_ids] .o_data_row:contains(Test Marketing) [name=dest_id]",
            run: "click",
        },
        {
            trigger: ".o_selected_row [name=dest_id] input",
            run: "edit Test Travel",
        },
        {
            trigger: ".o-autocomplete--dropdown-item:contains(Test Travel)",
            run: "click",
        },
        {
            trigger: ".o_selected_row [name=amount] input",
            run: "edit 500",
        },
        {
            trigger: ".o_form_view button[name=action_request]",
            run: "click",
        },
        {
            trigger: ".o_form_view .o_arrow_button_current:not(:contains(Draft))",
        },
    ],
});
