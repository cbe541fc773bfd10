import {registry} from "@web/core/registry";

const HERE = {latitude: 25.033964, longitude: 121.564468, accuracy: 10};
const FAR = {latitude: 25.133964, longitude: 121.564468, accuracy: 10};

/** Let the phone be somewhere, or refuse to tell where. */
function mockPlace(coords) {
    Object.defineProperty(navigator.geolocation, "getCurrentPosition", {
        configurable: true,
        value: (resolve, reject) => (coords ? resolve({coords}) : reject({code: 1})),
    });
}

function mock(coords) {
    return {
        content: "The phone is somewhere",
        trigger: ".o_web_client",
        run: () => mockPlace(coords),
    };
}

registry.category("web_tour.tours").add("sales_visit_week", {
    steps: () => [
        {
            content: "Open the plan of the week",
            trigger: ".o_menu_sections button:contains(Process)",
            run: "click",
        },
        {
            trigger: ".dropdown-item:contains(Plan My Week)",
            run: "click",
        },
        {
            content: "A customer is proposed, with the reason",
            trigger:
                ".modal [name=line_ids] .o_data_row:contains(Customer North):contains(No contact for long) .o_boolean_toggle input",
            run: "click",
        },
        {
            trigger: ".modal .o_field_widget[name=count]:contains(1)",
        },
        {
            trigger: ".modal button[name=action_plan]",
            run: "click",
        },
        {
            content: "It stands in the calendar",
            trigger: ".o_calendar_view .fc-event:contains(Customer North)",
        },
    ],
});

registry.category("web_tour.tours").add("sales_visit_brief", {
    steps: () => [
        {
            content: "See what there is to know",
            trigger: ".o_sales_visit_brief[name=orders]:contains(S-BRIEF)",
        },
        {
            content: "Set a goal",
            trigger: ".nav-link[name=plan]",
            run: "click",
        },
        {
            trigger: "[name=goal_ids] .o_field_x2many_list_row_add a",
            run: "click",
        },
        {
            trigger: "[name=goal_ids] .o_selected_row [name=name] input",
            run: "edit Agree on a trial",
        },
        {
            trigger: ".o_form_button_save",
            run: "click",
        },
        {
            trigger:
                ".o_form_saved, .o_form_status_indicator:not(:has(.o_form_button_save:visible))",
        },
    ],
});

registry.category("web_tour.tours").add("sales_visit_check_in", {
    steps: () => [
        mock(HERE),
        {
            trigger: "button[name=check_in]",
            run: "click",
        },
        {
            content: "Report",
            trigger: "button[name=check_out]",
        },
        {
            trigger: ".nav-link[name=report]",
            run: "click",
        },
        {
            trigger: ".o_field_widget[name=result] textarea",
            run: "edit They want a trial",
        },
        {
            trigger: "[name=pain_ids] .o_field_x2many_list_row_add a",
            run: "click",
        },
        {
            trigger: "[name=pain_ids] .o_selected_row [name=name] input",
            run: "edit Two days lost a month",
        },
        {
            trigger: "[name=action_ids] .o_field_x2many_list_row_add a",
            run: "click",
        },
        {
            trigger: "[name=action_ids] .o_selected_row [name=name] input",
            run: "edit Send the offer",
        },
        {
            content: "What was typed is saved with the check-out",
            trigger: "button[name=check_out]",
            run: "click",
        },
        {
            trigger: "button[name=action_done]",
            run: "click",
        },
        {
            trigger: ".o_arrow_button_current[data-value=done]",
        },
    ],
});

registry.category("web_tour.tours").add("sales_visit_elsewhere", {
    steps: () => [
        mock(FAR),
        {
            trigger: ".o_kanban_record:contains(Customer North) a:contains(Map)",
        },
        {
            trigger: ".o_kanban_record:contains(Customer North) button[name=check_in]",
            run: "click",
        },
        {
            content: "Say why",
            trigger: ".modal:contains(metres from the customer) [name=reason] input",
            run: "edit At the fair",
        },
        {
            trigger: ".modal button[name=action_confirm]:visible",
            run: "click",
        },
        {
            trigger: ".o_kanban_record:contains(Customer North) button[name=check_out]",
        },
    ],
});

registry.category("web_tour.tours").add("sales_visit_phone", {
    steps: () => [
        {
            content: "All visits, as cards",
            trigger: ".o_kanban_record:contains(Customer North)",
            run: "click",
        },
        {
            trigger: ".o_form_view button[name=check_in]",
        },
    ],
});

registry.category("web_tour.tours").add("sales_visit_refused", {
    steps: () => [
        mock(null),
        {
            trigger: ".o_kanban_record:contains(Customer North) button[name=check_in]",
            run: "click",
        },
        {
            trigger: ".modal:contains(not allowed to) [name=reason] input",
            run: "edit Company phone",
        },
        {
            trigger: ".modal button[name=action_confirm]:visible",
            run: "click",
        },
        {
            trigger: ".o_kanban_record:contains(Customer North) button[name=check_out]",
        },
    ],
});

registry.category("web_tour.tours").add("sales_visit_rule", {
    steps: () => [
        {
            trigger: ".o_list_button_add",
            run: "click",
        },
        {
            trigger: "[name=name] input, [name=name] textarea",
            run: "edit Tour",
        },
        {
            trigger: "[name=is_blocking] input",
            run: "click",
        },
        {
            trigger: ".o_form_button_save",
            run: "click",
        },
        {
            trigger: ".o_breadcrumb:contains(Tour)",
        },
    ],
});

registry.category("web_tour.tours").add("sales_visit_cockpit", {
    steps: () => [
        {
            trigger:
                ".o_sales_cockpit section[name=visits_today]:contains(Customer North)",
        },
        {
            trigger:
                ".o_sales_cockpit section[name=visits_today] button[name=open_visit]",
            run: "click",
        },
        {
            trigger: ".o_form_view .o_field_widget[name=partner_id]",
        },
    ],
});
