import {chooseFile} from "@sales_efficiency_base/../tests/tours/sales_import_tours";
import {registry} from "@web/core/registry";

// What the test asks: no user clicks more from an empty company to own figures.
const MOST_CLICKS = 15;

const TARGETS = `2026 年度業績目標,,,,
業務員,1月,2月,3月,合計
amy,100,200,300,600
Test Collegue,10,20,30,60
合計,110,220,330,660
`;

/** Sales of each month of last year, and of the first day of this one */
function writePastSales() {
    const year = new Date().getFullYear();
    const rows = [...Array(12).keys()].map(
        (month) => `${year - 1}/${month + 1}/5,A${month},王小明,"1,000",70%`
    );
    return [
        "銷售明細表,,,,",
        "日期,單號,業務員,金額,毛利率",
        ...rows,
        `${year}/1/1,B1,陳美麗,$ 500,,`,
        '合計,,,"12,500",',
    ].join("\n");
}

function uploadFile(name, write) {
    return {
        content: "Choose a messy file: it is read at once",
        trigger: ".o_form_view .o_field_widget[name=file]",
        async run({queryOne}) {
            const input = queryOne(".o_field_widget[name=file] input[type=file]");
            await chooseFile(input, name, write());
        },
    };
}

/** How often a person clicks; twice for a file: on the button, and in its dialog. */
function countClicks(steps) {
    return steps
        .filter(({run}) => run)
        .reduce((count, {run}) => count + (run === "click" ? 1 : 2), 0);
}

registry.category("web_tour.tours").add("sales_import_targets", {
    steps: () => [
        {
            content: "The plan and what is promised are proposed",
            trigger: ".o_field_widget[name=target_plan_id] input:value(Targets 2026)",
        },
        uploadFile("targets.csv", () => TARGETS),
        {
            content: "A name is misspelt: say who is meant",
            trigger: ".o_field_widget[name=name_ids] .o_data_row:contains(Collegue)",
        },
        {
            trigger: ".o_data_row:contains(Collegue) [name=reference]",
            run: "click",
        },
        {
            trigger: ".o_data_row:contains(Collegue) [name=reference] input",
            run: "edit Test Colleague",
        },
        {
            trigger: ".o-autocomplete--dropdown-item:contains(Test Colleague)",
            run: "click",
        },
        {
            trigger: "button[name=action_continue]",
            run: "click",
        },
        {
            content: "The preview adds up by target",
            trigger:
                ".o_field_widget[name=target_ids] .o_data_row:contains(Amy):contains(600)",
        },
        {
            trigger:
                ".o_field_widget[name=target_ids] .o_data_row:contains(Test Colleague):contains(60)",
        },
        {
            trigger: "button[name=action_import]",
            run: "click",
        },
        {
            content: "It is done",
            trigger: ".o_field_widget[name=saved_count]:contains(6)",
        },
        {
            trigger: "button[name=action_open]",
            run: "click",
        },
        {
            trigger: ".o_list_view .o_data_row:contains(Amy):contains(600)",
        },
    ],
});

const FIRST_DAY = [
    {
        trigger: ".o_navbar_apps_menu button:enabled",
        run: "click",
    },
    {
        trigger:
            ".o-dropdown--menu .dropdown-item[data-menu-xmlid='sales_efficiency_base.menu_sales_efficiency_root']",
        run: "click",
    },
    {
        content: "Nothing is there yet",
        trigger: "[data-step=history][data-done=false] button[name=open]",
        run: "click",
    },
    uploadFile("sales.csv", writePastSales),
    {
        content: "Nobody in the file is known",
        trigger: "button[name=action_create_all]",
        run: "click",
    },
    {
        content: "The preview adds up by person",
        trigger: "[name=person_ids] .o_data_row:contains(王小明):contains(12,000)",
    },
    {
        trigger: "button[name=action_import]",
        run: "click",
    },
    {
        trigger: ".o_field_widget[name=saved_count]:contains(13)",
    },
    {
        trigger: ".breadcrumb-item.o_back_button",
        run: "click",
    },
    {
        content: "A plan is proposed from the sales of last year",
        trigger: "[data-step=plan][data-done=false] button[name=accept]",
        run: "click",
    },
    {
        content: "It shows last year's sales",
        trigger: ".o_sales_plan_figures:contains(12,000)",
    },
    {
        trigger: "button[name=action_submit]",
        run: "click",
    },
    {
        trigger: "button[name=action_start]",
        run: "click",
    },
    {
        trigger: ".o_arrow_button_current:contains(Running)",
    },
    {
        trigger: ".breadcrumb-item.o_back_button",
        run: "click",
    },
    {
        content: "The cockpit shows own figures beside the plan",
        trigger: ".o_sales_cockpit_gauge [name=actual]:contains(500)",
    },
];

registry.category("web_tour.tours").add("sales_first_day", {
    steps: () => {
        const clicks = countClicks(FIRST_DAY);
        if (clicks > MOST_CLICKS) {
            throw new Error(`${clicks} clicks to own figures`);
        }
        return FIRST_DAY;
    },
});
