import {registry} from "@web/core/registry";
import {rpc} from "@web/core/network/rpc";

const GRID = ".o_sales_plan_grid";

function cell(row, column) {
    return `${GRID} tr:has(th:contains(${row})) td[data-column="${column}"]`;
}

/** Go to a cell and type a figure; `key` leaves the cell. */
function type(row, column, figure, key = "Enter") {
    const place = cell(row, column);
    return [
        {trigger: place, run: "click"},
        {trigger: `${place}.o_sales_plan_cursor`, run: "press F2"},
        {trigger: `${place} input`, run: `edit ${figure}`},
        {trigger: `${place} input`, run: `press ${key}`},
    ];
}

function paste(row, column, text) {
    const place = cell(row, column);
    return [
        {trigger: place, run: "click"},
        {
            trigger: `${place}.o_sales_plan_cursor`,
            run: ({anchor}) => {
                const clipboardData = new DataTransfer();
                clipboardData.setData("text/plain", text);
                anchor.dispatchEvent(
                    new ClipboardEvent("paste", {clipboardData, bubbles: true})
                );
            },
        },
    ];
}

const SAVE = [
    {trigger: "button[name=save_figures]", run: "click"},
    {content: "All is saved", trigger: `${GRID}:not(:has(.o_sales_plan_changed))`},
    {trigger: ".o_sales_plan_figures:not(:has(button[name=save_figures]))"},
];

registry.category("web_tour.tours").add("sales_plan_figures_edit", {
    steps: () => [
        {
            content: "The page says what the plan asks for, and what is assigned",
            trigger: ".o_sales_plan_totals tr:contains(1,200,000):contains(50.0 %)",
        },
        {
            trigger: `${cell("My Company", 0)}:contains(1,200,000)`,
        },
        ...type("Test Salesperson", 1, "27,500"),
        {
            content: "Year and gap follow while typing",
            trigger: `${cell("Test Salesperson", 0)}:contains(302,500)`,
        },
        {
            trigger: `${GRID} tr:has(th:contains(Test Field)):contains(2,500)`,
        },
        {
            content: "Enter goes on to the next row",
            trigger: `${cell("Test Colleague", 1)}.o_sales_plan_cursor`,
            run: "press ArrowRight",
        },
        {
            trigger: `${cell("Test Colleague", 2)}.o_sales_plan_cursor`,
            run: "press Tab",
        },
        {
            trigger: `${cell("Test Colleague", 3)}.o_sales_plan_cursor`,
        },
        {
            content: "Escape leaves a figure as it is",
            trigger: `${cell("Test Colleague", 3)}.o_sales_plan_cursor`,
            run: "press 9",
        },
        {
            trigger: `${cell("Test Colleague", 3)} input`,
            run: "press Escape",
        },
        {
            trigger: `${cell("Test Colleague", 3)}:contains(25,000)`,
        },
        // A quarter is spread over its months
        ...type("Test Colleague", 4, "60000", "Tab"),
        {
            trigger: `${cell("Test Colleague", 3)}:contains(20,000)`,
        },
        // A block of a spreadsheet, with a total that fits its months
        ...paste("Test Salesperson", 5, "1\t2\t3\t6\n4\t5\t6\t15\n"),
        {
            trigger: `${cell("Test Colleague", 7)}:contains(6)`,
        },
        // A block that does not fit changes nothing
        ...paste("Test Salesperson", 6, "7\tmany\n"),
        {
            trigger: ".o_notification:contains(many)",
        },
        {
            trigger: `${cell("Test Salesperson", 6)}:contains(2)`,
        },
        ...SAVE,
        {
            content: "With its parts following, a year is passed down",
            trigger: "#sales_plan_passes_down",
            run: "click",
        },
        ...type("My Company", 0, "2400000"),
        {
            trigger: `${cell("Test Field", 0)}:contains(1,200,000)`,
        },
        // A total that fits its months, as before
        ...paste("Test Field", 1, "10\t20\t30\t60\n"),
        {
            trigger: `${cell("Test Field", 4)}:contains(60)`,
        },
        {
            trigger: `${cell("Test Field", 2)}:contains(20)`,
        },
        // Nothing is read that is not a figure
        ...paste("Test Field", 2, "50萬\n"),
        {
            trigger: ".o_notification:contains(50萬)",
        },
        ...paste("Test Field", 1, "NT$ 10\n"),
        {
            trigger: `${cell("Test Field", 1)}:contains(10)`,
        },
        {
            trigger: "#sales_plan_passes_down",
            run: "click",
        },
        ...SAVE,
        ...type("Test Field", 1, "77"),
        {
            content: "Somebody else is faster",
            trigger: `${cell("Test Field", 1)}.o_sales_plan_changed`,
            run: async ({anchor}) => {
                const id = Number(anchor.closest("tr").dataset.id);
                const call = (method, args) =>
                    rpc(`/web/dataset/call_kw/sales.target/${method}`, {
                        model: "sales.target",
                        method,
                        args,
                        kwargs: {},
                    });
                await call("write", [[id], {amount: 600}]);
            },
        },
        {
            trigger: "button[name=save_figures]",
            run: "click",
        },
        {
            content: "It is told at the cell, and nothing is overwritten",
            trigger: `${cell("Test Field", 1)}.o_sales_plan_error[title*=meanwhile]`,
        },
        {
            trigger: "button[name=discard_figures]",
            run: "click",
        },
        {
            trigger: `${cell("Test Field", 0)}:contains(600)`,
        },
        {
            trigger: `${GRID}:not(:has(.o_sales_plan_error))`,
        },
    ],
});

registry.category("web_tour.tours").add("sales_plan_figures_of_a_leader", {
    steps: () => [
        {
            content: "A leader sees the own team, whose target is set above",
            trigger: `${GRID}:not(:contains(My Company)) tr:has(.fa-lock):contains(Test Field)`,
        },
        {
            trigger: cell("Test Field", 1),
            run: "click",
        },
        {
            trigger: `${cell("Test Field", 1)}.o_sales_plan_cursor`,
            run: "press 5",
        },
        {
            content: "It cannot be typed over",
            trigger: `${cell("Test Field", 1)}:not(:has(input))`,
        },
        // Nor is a block that reaches it taken
        ...paste("Test Field", 1, "1\n2\n"),
        {
            trigger: ".o_notification:contains(is set by)",
        },
        ...type("Test Salesperson", 1, "30000"),
        {
            content: "Leaving the page saves its figures",
            trigger: `${GRID} .o_sales_plan_open:contains(Test Salesperson)`,
            run: "click",
        },
        {
            trigger: ".o_field_widget[name=amount] input:value(305,000)",
        },
    ],
});

registry.category("web_tour.tours").add("sales_plan_figures_of_an_approver", {
    steps: () => [
        {
            content: "While the plan waits for approval, nobody can start it",
            trigger: "button[name=validate_tier]",
        },
        {
            trigger: ".o_statusbar_status:contains(Submitted)",
        },
        {
            trigger: ".o_form_view:not(:has(button[name=action_start]))",
        },
        {
            content: "The approver sees all targets, which cannot be changed",
            trigger: cell("My Company", 1),
            run: "click",
        },
        {
            trigger: `${cell("My Company", 1)}.o_sales_plan_cursor`,
            run: "press 5",
        },
        {
            trigger: `${cell("My Company", 1)}:not(:has(input))`,
        },
        {
            trigger: ".nav-link[name=changes]",
            run: "click",
        },
        {
            content: "What has changed since the version before is listed",
            trigger:
                ".o_sales_plan_changes tr:contains(Test Salesperson):contains(360,000)",
        },
        {
            trigger: "button[name=validate_tier]",
            run: "click",
        },
        {
            trigger: "button[name=action_start]",
            run: "click",
        },
        {
            trigger: ".o_arrow_button_current:contains(Running)",
        },
    ],
});
