import {registry} from "@web/core/registry";

const openList = {
    content: "Show the figures one by one",
    trigger: ".o_control_panel .o_switch_view.o_list",
    run: "click",
};

registry.category("web_tour.tours").add("sales_figures_of_director", {
    steps: () => [
        {
            content: "The figures say how fresh they are",
            trigger: ".o_sales_fact_freshness:contains(Figures as of)",
        },
        {
            content: "The director sees the sales of everybody",
            trigger: ".o_pivot:contains(Test Outsider):contains(Test Salesperson)",
        },
        {
            content: "Open what a figure is made of",
            trigger: ".o_pivot_cell_value:contains(1,234.00):first",
            run: "click",
        },
        {
            content: "Open the document of a figure",
            trigger:
                ".o_list_view .o_data_row:contains(Test Salesperson) [name=document]",
            run: "click",
        },
        {
            content: "The order has been opened",
            trigger:
                ".o_form_view .o_field_widget[name=order_line]:contains(Test Goods)",
        },
    ],
});

registry.category("web_tour.tours").add("sales_figures_of_leader", {
    steps: () => [
        {
            trigger: ".o_pivot:contains(Test Salesperson)",
        },
        openList,
        {
            content: "The leader sees the sales of the sub-team",
            trigger: ".o_list_view .o_data_row:contains(Test Salesperson)",
        },
        {
            content: "... but none of another team",
            trigger: ".o_list_view:not(:contains(Test Outsider))",
        },
    ],
});

registry.category("web_tour.tours").add("sales_figures_of_salesperson", {
    steps: () => [
        {
            trigger: ".o_pivot:contains(Test Salesperson)",
        },
        {
            content: "Salespeople do not refresh the figures",
            trigger: ".o_sales_fact_freshness:not(:has(button))",
        },
        {
            content: "... nor configure the app",
            trigger:
                ".o_main_navbar:contains(Sales Efficiency):not(:contains(Configuration))",
        },
        openList,
        {
            content: "They see their own sales only",
            trigger: ".o_list_view .o_data_row:only-child:contains(Test Salesperson)",
        },
        {
            content: "... and may open them",
            trigger: ".o_data_row [name=document]",
            run: "click",
        },
        {
            trigger:
                ".o_form_view .o_field_widget[name=order_line]:contains(Test Goods)",
        },
    ],
});

registry.category("web_tour.tours").add("sales_figures_open_invoice", {
    steps: () => [
        {
            trigger: ".o_pivot",
        },
        {
            content: "Look at what was invoiced",
            trigger: ".o_searchview_dropdown_toggler",
            run: "click",
        },
        {
            trigger: ".o_filter_menu .o_menu_item:contains(Ordered)",
            run: "click",
        },
        {
            trigger: ".o_filter_menu .o_menu_item:contains(Invoiced)",
            run: "click",
        },
        openList,
        {
            trigger: ".o_data_row:contains(Invoiced) [name=document]",
            run: "click",
        },
        {
            content: "The invoice opens, though its payments are not theirs to read",
            trigger: ".o_form_view .o_field_widget[name=invoice_line_ids]",
        },
    ],
});
