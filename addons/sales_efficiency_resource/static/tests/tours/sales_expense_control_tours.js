import {registry} from "@web/core/registry";

const claim = {
    content: "A claim waits",
    trigger: ".o_data_row .o_data_cell:contains(Tour Train)",
    run: "click",
};

registry.category("web_tour.tours").add("sales_expense_claim_of_salesperson", {
    steps: () => [
        {
            trigger: ".o_list_button_add, .o-kanban-button-new",
            run: "click",
        },
        {
            trigger: ".o_field_widget[name=name] :is(input, textarea)",
            run: "edit Tour Train",
        },
        {
            trigger: ".o_field_widget[name=product_id] input",
            run: "edit Test Travel",
        },
        {
            trigger: ".o-autocomplete--dropdown-item:contains(Test Travel)",
            run: "click",
        },
        {
            trigger: ".o_field_widget[name=total_amount_currency] input",
            run: "edit 9500 && press Tab",
        },
        {
            content: "The light is there before the claim is saved",
            trigger:
                ".o_field_widget[name=sales_budget_status] .text-bg-warning:contains(Nearly Used)",
        },
        {
            trigger: ".o_field_widget[name=total_amount_currency] input",
            run: "edit 10600 && press Tab",
        },
        {
            trigger:
                ".o_field_widget[name=sales_budget_status] .text-bg-danger:contains(Over Budget)",
        },
        {
            content: "The panel names the budget",
            trigger: ".o_sales_budget_panel [data-status=exceeded]",
        },
        {
            trigger: ".o_field_widget[name=sales_excess_reason] textarea",
            run: "edit The fair was moved",
        },
        {
            trigger: ".o_form_view button[name=action_submit]:visible",
            run: "click",
        },
        {
            content: "Somebody else decides first",
            trigger: ".o_form_view .alert-warning:contains(Test Director)",
        },
    ],
});

registry.category("web_tour.tours").add("sales_expense_claim_of_director", {
    steps: () => [
        claim,
        {
            content: "The reviewer sees the budget",
            trigger: ".o_sales_budget_panel [data-status=exceeded]",
        },
        {
            trigger: ".o_form_view button[name=validate_tier]",
            run: "click",
        },
        {
            trigger: ".o_form_view .alert-success:contains(Test Director)",
        },
    ],
});

registry.category("web_tour.tours").add("sales_expense_claim_of_leader", {
    steps: () => [
        {
            content: "The cockpit shows what waits",
            trigger:
                ".o_sales_cockpit_approvals button[name=document]:contains(Tour Train)",
            run: "click",
        },
        {
            trigger: ".o_form_view button[name=action_approve]:visible",
            run: "click",
        },
        {
            trigger:
                ".o_form_view .o_arrow_button_current:contains(Approved), .o_form_view .o_statusbar_status:contains(Approved) .o_arrow_button_current",
        },
    ],
});
