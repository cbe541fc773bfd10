import {registry} from "@web/core/registry";
import {stepUtils} from "@web_tour/tour_utils";

registry.category("web_tour.tours").add("sales_incentive_of_officer", {
    steps: () => [
        {
            content: "There is a plan already",
            trigger: ".o_kanban_record:contains(Commission)",
        },
        {
            content: "A new one comes from a template",
            trigger: ".o_menu_sections button:contains(Incentives)",
            run: "click",
        },
        {
            trigger: ".o-dropdown--menu .dropdown-item:contains(Plan from a Template)",
            run: "click",
        },
        {
            trigger:
                ".modal .o_field_widget[name=name] input:value(Commission on Invoiced Sales)",
        },
        {
            trigger: ".modal .o_field_widget[name=bound] input",
            run: "edit 50000",
        },
        {
            trigger: ".modal button[name=action_create_plan]",
            run: "click",
        },
        {
            content: "Its rules are there",
            trigger: "[name=rule_ids] .o_data_row .o_data_cell[name=name]",
            run: "click",
        },
        {
            content: "A chart shows what the table pays",
            trigger: ".modal .o_sales_incentive_chart canvas",
        },
        {
            trigger: ".modal [name=tier_ids] .o_field_x2many_list_row_add a",
            run: "click",
        },
        {
            trigger: ".modal [name=tier_ids] .o_selected_row [name=bound] input",
            run: "edit 200000",
        },
        {
            trigger: ".modal [name=tier_ids] .o_selected_row [name=rate] input",
            run: "edit 8",
        },
        {
            trigger: ".modal .nav-link[name=trial]",
            run: "click",
        },
        {
            trigger: ".modal .o_field_widget[name=trial_base] input",
            run: "edit 102000 && press Tab",
        },
        {
            content: "The calculator pays by the table",
            trigger: ".modal .o_field_widget[name=trial_earned]:contains(5,640.00)",
        },
        {
            trigger: ".modal .o_form_button_save",
            run: "click",
        },
        {
            trigger: "body:not(:has(.modal))",
        },
        ...stepUtils.saveForm(),
        {
            content: "People are assigned on the page of the plan",
            trigger: ".o_field_widget[name=plan_id] a",
            run: "click",
        },
        {
            trigger: ".o_notebook .nav-link[name=assignments]",
            run: "click",
        },
        {
            trigger: "[name=assignment_ids] .o_field_x2many_list_row_add a",
            run: "click",
        },
        {
            trigger: "[name=assignment_ids] .o_selected_row [name=user_id] input",
            run: "edit Test Salesperson",
        },
        {
            trigger: ".o-autocomplete--dropdown-item:contains(Test Salesperson)",
            run: "click",
        },
        ...stepUtils.saveForm(),
        {
            trigger: ".o_notebook .nav-link[name=versions]",
            run: "click",
        },
        {
            trigger: "[name=version_ids] .o_data_row button[name=action_open]",
            run: "click",
        },
        {
            trigger: "button[name=action_submit]",
            run: "click",
        },
        {
            content: "Director and HR manager decide",
            trigger: ".o_arrow_button_current[data-value=submitted]",
        },
    ],
});

registry.category("web_tour.tours").add("sales_incentive_of_approver", {
    steps: () => [
        {
            trigger: "[name=rule_ids] .o_data_row:contains(5 %)",
        },
        {
            trigger: "button[name=validate_tier]",
            run: "click",
        },
        {
            trigger: ".modal [name=comment] input",
            run: "edit Fair.",
        },
        {
            trigger: ".modal .btn-primary",
            run: "click",
        },
        {
            content: "The decision is made",
            trigger:
                "body:not(:has(.modal)) .o_form_view:not(:has(button[name=validate_tier]))",
        },
    ],
});

registry.category("web_tour.tours").add("sales_incentive_of_salesperson", {
    steps: () => [
        {
            trigger: ".o_data_row:contains(To accept) .o_data_cell[name=plan_id]",
            run: "click",
        },
        {
            content: "The letter has the rules and their tables",
            trigger: ".o_field_widget[name=letter]:contains(8 %)",
        },
        {
            trigger: "button[name=action_accept]",
            run: "click",
        },
        {
            trigger: ".modal .btn-primary",
            run: "click",
        },
        {
            trigger: ".o_arrow_button_current[data-value=accepted]",
        },
    ],
});

registry.category("web_tour.tours").add("sales_incentive_month_of_officer", {
    steps: () => [
        {
            content: "The board says what comes next",
            trigger: ".o_kanban_record:contains(Publish it)",
            run: "click",
        },
        {
            trigger: "button[name=action_compute]",
            run: "click",
        },
        {
            content: "A line of the checklist opens what it has counted",
            trigger: ".o_sales_incentive_checklist [data-code=unearned]:contains(1)",
            run: "click",
        },
        {
            trigger: ".o_list_view .o_data_row",
        },
        {
            trigger: ".o_back_button, .breadcrumb-item.o_back_button a",
            run: "click",
        },
        {
            trigger: "button[name=action_publish]",
            run: "click",
        },
        {
            trigger: ".o_arrow_button_current[data-value=published]",
        },
        {
            content: "Each person has a statement",
            trigger: "button[name=action_open_people]",
            run: "click",
        },
        {
            trigger:
                ".o_list_view .o_data_row:contains(Test Salesperson):contains(100.00)",
        },
    ],
});

registry.category("web_tour.tours").add("sales_incentive_month_of_approver", {
    steps: () => [
        {
            trigger: ".o_sales_incentive_checklist",
        },
        {
            trigger: "button[name=validate_tier]",
            run: "click",
        },
        {
            trigger: ".modal [name=comment] input",
            run: "edit Checked.",
        },
        {
            trigger: ".modal .btn-primary",
            run: "click",
        },
        {
            content: "The decision is made",
            trigger:
                "body:not(:has(.modal)) .o_form_view:not(:has(button[name=validate_tier]))",
        },
    ],
});

registry.category("web_tour.tours").add("sales_incentive_month_of_finance", {
    steps: () => [
        {
            trigger: "button[name=action_lock]",
            run: "click",
        },
        {
            trigger: ".modal .btn-primary",
            run: "click",
        },
        {
            trigger: ".o_arrow_button_current[data-value=locked]",
        },
    ],
});

registry.category("web_tour.tours").add("sales_incentive_statement_of_salesperson", {
    steps: () => [
        {
            trigger: ".o_data_row:contains(Locked) .o_data_cell[name=payee]",
            run: "click",
        },
        {
            content: "From sales to pay",
            trigger: ".o_field_widget[name=summary] tr:contains(Pay):contains(100.00)",
        },
        {
            content: "Each line says why it is there",
            trigger: "[name=line_ids] .o_data_row:contains(10 %)",
        },
    ],
});
