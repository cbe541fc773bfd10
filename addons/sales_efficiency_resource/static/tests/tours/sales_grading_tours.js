import {registry} from "@web/core/registry";

const tours = registry.category("web_tour.tours");

tours.add("sales_grading_of_director", {
    steps: () => [
        {
            trigger: ".o_form_view button[name=action_run]",
            run: "click",
        },
        {
            content: "One who was D moves up to A",
            trigger:
                ".o_sales_grading_matrix tbody tr:has(th:contains(D)) button.text-bg-success:contains(1)",
            run: "click",
        },
        {
            trigger: ".o_list_view .o_data_row:contains(Graded 1)",
        },
        {
            trigger: ".o_control_panel .breadcrumb-item:last a, .o_back_button",
            run: "click",
        },
        {
            trigger: ".o_form_view button[name=action_confirm]",
            run: "click",
        },
        {
            trigger: ".modal .modal-footer .btn-primary",
            run: "click",
        },
        {
            trigger: ".o_arrow_button_current[data-value=confirmed]",
        },
    ],
});

tours.add("sales_grade_of_salesperson", {
    steps: () => [
        {
            content: "The grades are columns",
            trigger: ".o_kanban_group:contains(A) .o_kanban_record:contains(Graded 1)",
            run: "click",
        },
        {
            trigger: ".o_form_view .nav-link[name=sales_customer]",
            run: "click",
        },
        {
            content: "Why it has its grade is told in words",
            trigger:
                ".o_form_view [name=sales_score_ids] .o_data_row:contains(at least 80 % are worse)",
        },
        {
            trigger: ".o_form_view [name=sales_grade_reason]:contains(grade A)",
        },
    ],
});

tours.add("sales_grade_override_of_salesperson", {
    steps: () => [
        {
            trigger: ".o_list_button_add, .o_control_panel .o_list_button_add",
            run: "click",
        },
        {
            trigger: ".o_form_view [name=partner_id] input",
            run: "edit Graded 3",
        },
        {
            trigger: ".o-autocomplete--dropdown-item:contains(Graded 3)",
            run: "click",
        },
        {
            content: "The computed grade stands beside it",
            trigger: ".o_form_view [name=computed_grade_id]:contains(B)",
        },
        {
            trigger: ".o_form_view [name=grade_id] input",
            run: "click",
        },
        {
            trigger: ".o_form_view [name=grade_id] .dropdown-item:contains(/^A$/)",
            run: "click",
        },
        {
            trigger: ".o_form_view [name=grade_id] input:value(A)",
        },
        {
            trigger: ".o_form_view [name=reason] textarea",
            run: "edit Their new plant opens soon",
        },
        {
            trigger: ".o_form_button_save",
            run: "click",
        },
        {
            trigger: ".o_form_view button[name=action_submit]",
            run: "click",
        },
        {
            trigger: ".o_arrow_button_current[data-value=submitted]",
        },
    ],
});
