import {registry} from "@web/core/registry";

const TEMPLATE = "/sales_efficiency_base/static/xls/sales_history.xlsx";

registry.category("web_tour.tours").add("sales_history_import", {
    steps: () => [
        {
            trigger: ".o_list_view .o_control_panel .o_cp_action_menus button",
            run: "click",
        },
        {
            trigger: ".o_import_menu",
            run: "click",
        },
        {
            content: "The import screen offers the template",
            trigger: `.o_import_action a[href='${TEMPLATE}']`,
        },
        {
            content: "Upload it as it is",
            trigger: ".o_control_panel .o_import_file",
            async run({queryOne}) {
                const response = await fetch(TEMPLATE);
                const files = new DataTransfer();
                files.items.add(
                    new File([await response.blob()], "sales_history.xlsx")
                );
                const input = queryOne(".o_control_panel input[type=file]");
                input.files = files.files;
                input.dispatchEvent(new Event("change", {bubbles: true}));
            },
        },
        {
            content: "Its columns are recognised",
            trigger: ".o_import_data_content:contains(Counts As)",
        },
        {
            trigger: ".o_control_panel button:contains(Import):first",
            run: "click",
        },
        {
            content: "The line is in the list",
            trigger: ".o_list_view .o_data_row:contains(SO-1001)",
        },
    ],
});
