import {registry} from "@web/core/registry";

const confirmed = (name) => [
    {
        trigger: `button[name=${name}]`,
        run: "click",
    },
    {
        trigger: ".modal .btn-primary",
        run: "click",
    },
];
const reached = (state) => ({
    trigger: `.o_arrow_button_current[data-value=${state}]`,
});

registry.category("web_tour.tours").add("sales_appraisal_of_director", {
    steps: () => [
        {
            content: "Open a cycle for the last quarter",
            trigger: ".o_list_button_add",
            run: "click",
        },
        {
            trigger: ".o_field_widget[name=date_from] button",
            run: "click",
        },
        {
            trigger: ".o_field_widget[name=date_from] input",
            run: "edit 07/01/2026 && press Tab",
        },
        {
            trigger: ".o_form_button_save",
            run: "click",
        },
        {
            content: "All people are appraised in one go",
            trigger: "button[name=action_make]",
            run: "click",
        },
        {
            trigger:
                "[name=appraisal_ids] .o_data_row:contains(Test Salesperson) [name=score]:contains(96.00)",
        },
        {
            trigger: "button[name=action_start_rating]",
            run: "click",
        },
        reached("rating"),
        ...confirmed("action_calibrate"),
        reached("calibration"),
        {
            content: "Grades follow from scores and shares",
            trigger:
                "[name=appraisal_ids] .o_data_row:contains(Test Salesperson) [name=grade_id]:contains(A)",
        },
    ],
});

registry.category("web_tour.tours").add("sales_appraisal_calibration", {
    steps: () => [
        {
            content: "A grade is changed in the list, with a reason",
            trigger: ".o_data_row:contains(Test Salesperson) [name=grade_id]",
            run: "click",
        },
        {
            trigger: ".o_selected_row [name=grade_id] input",
            run: "edit B",
        },
        {
            trigger: ".o-autocomplete--dropdown-item:contains(B)",
            run: "click",
        },
        {
            trigger: ".o_selected_row [name=grade_reason] input",
            run: "edit Windfall of one customer",
        },
        {
            trigger: ".o_list_button_save",
            run: "click",
        },
        {
            trigger:
                ".o_data_row:contains(Windfall) [name=graded_by_name]:contains(Test Director)",
        },
    ],
});

registry.category("web_tour.tours").add("sales_appraisal_telling", {
    steps: () => [...confirmed("action_tell"), reached("told")],
});

registry.category("web_tour.tours").add("sales_appraisal_talk", {
    steps: () => [
        ...confirmed("action_tell"),
        reached("told"),
        {
            content: "What was reached can be opened down to its figures",
            trigger: "[name=kpi_ids] button[name=action_open_figures]",
            run: "click",
        },
        {
            trigger: ".o_list_view .o_data_row",
        },
    ],
});
