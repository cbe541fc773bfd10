import {registry} from "@web/core/registry";

registry.category("web_tour.tours").add("sales_decision_of_director", {
    steps: () => [
        {
            trigger: ".o_kanban_view .o-kanban-button-new",
            run: "click",
        },
        {
            trigger: ".o_form_view .o_field_widget[name=name] textarea",
            run: "edit Free delivery",
        },
        {
            trigger: ".o_field_widget[name=expected_percent] input",
            run: "edit 10",
        },
        {
            trigger: ".nav-link[name=places]",
            run: "click",
        },
        {
            trigger: ".o_field_widget[name=dimension] input",
            run: "click",
        },
        {
            trigger: ".o_select_menu_item:contains(Region)",
            run: "click",
        },
        {
            trigger:
                ".o_field_widget[name=affected_ids] .o_field_x2many_list_row_add a",
            run: "click",
        },
        {
            trigger:
                ".o_field_widget[name=affected_ids] .o_field_widget[name=region_id] input",
            run: "edit Test Region A",
        },
        {
            trigger: ".o-autocomplete--dropdown-item:contains(Test Region A)",
            run: "click",
        },
        {
            trigger:
                ".o_field_widget[name=affected_ids] .o_field_x2many_list_row_add a",
            run: "click",
        },
        {
            content: "The second line is open, the first one no longer",
            trigger:
                ".o_field_widget[name=affected_ids] .o_data_row:nth-child(2) [name=region_id] input",
            run: "edit Test Region B",
        },
        {
            trigger: ".o-autocomplete--dropdown-item:contains(Test Region B)",
            run: "click",
        },
        {
            content: "Those that ran alike are proposed",
            trigger: "button[name=action_propose_compared]",
            run: "click",
        },
        {
            trigger:
                ".o_field_widget[name=compared_ids] .o_data_cell:contains(Test Region H)",
        },
        {
            trigger: "button[name=action_submit]",
            run: "click",
        },
        {
            trigger: ".o_arrow_button_current[data-value=approved]",
        },
    ],
});

registry.category("web_tour.tours").add("sales_decision_measured", {
    steps: () => [
        {
            trigger: ".o_kanban_record:contains(Test Decision)",
            run: "click",
        },
        {
            trigger: "button[name=action_measure]",
            run: "click",
        },
        {
            content: "It is measured in the background",
            trigger: ".alert-info:contains(being measured)",
        },
    ],
});

registry.category("web_tour.tours").add("sales_decision_concluded", {
    steps: () => [
        {
            trigger:
                ".o_kanban_record:contains(It helped), .o_kanban_record:contains(Helped)",
            run: "click",
        },
        {
            trigger: ".o_field_widget[name=explanation]:contains(22.17)",
        },
        {
            trigger: ".o_field_widget[name=conclusion] textarea",
            run: "edit Keep it",
        },
        {
            trigger: "button[name=action_close]",
            run: "click",
        },
        {
            trigger: ".o_arrow_button_current[data-value=closed]",
        },
    ],
});
