import {registry} from "@web/core/registry";

function rate(criterion, rating) {
    const row = `.o_field_widget[name=score_ids] .o_data_row:contains(${criterion})`;
    return [
        {
            trigger: `${row} .o_data_cell[name=rating]`,
            run: "click",
        },
        {
            trigger: `${row} .o_field_widget[name=rating] .btn:contains(${rating})`,
            run: "click",
        },
    ];
}

registry.category("web_tour.tours").add("sales_selection_leader_scores", {
    steps: () => [
        {
            content: "The leader opens the scorecard",
            trigger: ".o_data_row .o_data_cell[name=applicant_name]",
            run: "click",
        },
        {
            content: "What others gave is hidden",
            trigger: ".alert-info:contains(once your own scores are in)",
        },
        ...rate("Sales ability", 4),
        ...rate("Communication", 5),
        ...rate("Teamwork", 3),
        ...rate("Learning ability", 4),
        {
            trigger: ".o_field_widget[name=note] textarea",
            run: "edit Listens well.",
        },
        {
            trigger: "button[name=action_submit]",
            run: "click",
        },
        {
            trigger: ".modal .btn-primary",
            run: "click",
        },
        {
            trigger: ".o_arrow_button_current[data-value=submitted]",
        },
        {
            trigger: ".o_field_widget[name=mean]:contains(4.10)",
        },
    ],
});

registry.category("web_tour.tours").add("sales_selection_hr_hires", {
    steps: () => [
        {
            content: "Applicants are grouped by job, each group open",
            trigger: ".o_group_header.o_group_open:contains(Sales Representative)",
        },
        {
            content: "They stand side by side",
            trigger:
                ".o_data_row:contains(Ann Lee) .o_data_cell[name=score]:contains(82.00)",
        },
        {
            trigger: ".o_data_row:contains(Ann Lee) .o_data_cell[name=name]",
            run: "click",
        },
        {
            content: "The application opens, with its score",
            trigger:
                ".o_form_view .o_field_widget[name=sales_shown_score]:contains(82.00)",
        },
        {
            trigger: ".o_form_statusbar button[data-value]:contains(Test Hired)",
            run: "click",
        },
        {
            trigger: "button[name=create_employee_from_applicant]",
            run: "click",
        },
        {
            content: "The employee is made",
            trigger: ".o_form_view .o_field_widget[name=work_email]",
            timeout: 60000,
        },
    ],
});
