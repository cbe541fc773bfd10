import {registry} from "@web/core/registry";

registry.category("web_tour.tours").add("sales_funnel_playbook", {
    steps: () => [
        {
            content: "See what the next stage needs",
            trigger: ".nav-link[name=sales_playbook]",
            run: "click",
        },
        {
            trigger:
                ".o_sales_playbook[name=next]:contains(Test Qualified):contains(Indispensable)",
        },
        {
            content: "Move on without it",
            trigger: ".o_statusbar_status button:contains(Test Qualified)",
            run: "click",
        },
        {
            content: "It is refused, with what is missing",
            trigger: ".modal:contains(Expected Closing)",
        },
        {
            trigger: ".modal button:contains(Show What Is Missing)",
            run: "click",
        },
        {
            content: "The opportunity is still where it was",
            trigger: ".o_arrow_button_current:contains(Test New)",
        },
        {
            trigger: ".nav-link[name=sales_playbook]",
            run: "click",
        },
        {
            content: "Go where the decider is entered",
            trigger:
                ".o_sales_playbook[name=next] button[name=open_missing]:contains(decider)",
            run: "click",
        },
        {
            trigger: ".o_breadcrumb:contains(Stakeholders)",
        },
    ],
});

registry.category("web_tour.tours").add("sales_funnel_waste", {
    steps: () => [
        {
            content: "Waiting is what costs most",
            trigger: ".o_sales_waste li[data-code=waiting]:contains(5,000)",
        },
        {
            trigger: ".o_sales_waste li[data-code=waiting] button[name=open_documents]",
            run: "click",
        },
        {
            trigger: ".o_data_row:contains(Tour Deal)",
        },
        {
            trigger: ".breadcrumb-item:contains(Waste Finder) a, .o_back_button",
            run: "click",
        },
        {
            trigger: ".o_sales_waste li[data-code=waiting] button[name=take_up]",
            run: "click",
        },
        {
            trigger: ".modal .o_field_widget[name=name] textarea",
            run: "edit Call all customers that wait",
        },
        {
            trigger: ".modal .o_form_button_save",
            run: "click",
        },
        {
            trigger: "body:not(:has(.modal))",
        },
    ],
});

registry.category("web_tour.tours").add("sales_funnel_phone", {
    steps: () => [
        {
            trigger: ".o_sales_waste li[data-code=waiting] [name=days]",
        },
        {
            trigger: ".o_sales_waste li[data-code=waiting] button[name=open_documents]",
            run: "click",
        },
        {
            trigger:
                ".o_kanban_record:contains(Tour Deal), .o_data_row:contains(Tour Deal)",
        },
    ],
});

registry.category("web_tour.tours").add("sales_funnel", {
    steps: () => [
        {
            trigger: ".o_sales_funnel tr:contains(Test New) [name=reached]",
        },
        {
            content: "Look at what happened in the period instead",
            trigger: ".o_field_widget[name=by] input[data-value=flow]",
            run: "click",
        },
        {
            trigger: ".o_sales_funnel tr:contains(Test New) button[name=open_waiting]",
            run: "click",
        },
        {
            trigger: ".o_data_row:contains(Tour Deal)",
        },
    ],
});

registry.category("web_tour.tours").add("sales_funnel_write", {
    steps: () => [
        {
            trigger: ".o_list_button_add",
            run: "click",
        },
        {
            trigger: "[name=stage_id] input",
            run: "edit Test Offer",
        },
        {
            trigger: ".dropdown-item:contains(Test Offer)",
            run: "click",
        },
        {
            trigger: "[name=longest_stay] input",
            run: "edit 12",
        },
        {
            trigger: "[name=requirement_ids] .o_field_x2many_list_row_add a",
            run: "click",
        },
        {
            trigger: "[name=requirement_ids] .o_selected_row [name=kind] input",
            run: "click",
        },
        {
            trigger: ".o_select_menu_item:text(Quotation)",
            run: "click",
        },
        {
            trigger: ".o_form_button_save",
            run: "click",
        },
        {
            trigger: ".o_breadcrumb:contains(Test Offer)",
        },
    ],
});

registry.category("web_tour.tours").add("sales_funnel_cockpit", {
    steps: () => [
        {
            trigger: ".o_sales_cockpit section[name=stage_waits]",
        },
        {
            trigger:
                ".o_sales_cockpit section[name=stage_waits] button[name=open_opportunity]:contains(Tour Deal)",
            run: "click",
        },
        {
            trigger: ".o_form_view .o_field_widget[name=stage_id]",
        },
    ],
});
