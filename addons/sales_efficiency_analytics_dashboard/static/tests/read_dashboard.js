/* Reads the open dashboard, whose cells are drawn on a canvas. The test fills in the
   values that are expected. */
(async () => {
    const EXPECTED = {B2: "ordered_amount", B12: "conversion_rate"};
    const SECONDS = 90;

    function getModel() {
        const services = odoo.__WOWL_DEBUG__.root.env.services;
        return services.spreadsheet_dashboard_loader?.getActiveDashboard()?.model;
    }

    function findErrors(getters) {
        const errors = [];
        for (const sheetId of getters.getSheetIds()) {
            for (let col = 0; col < getters.getNumberCols(sheetId); col++) {
                for (let row = 0; row < getters.getNumberRows(sheetId); row++) {
                    const cell = getters.getEvaluatedCell({sheetId, col, row});
                    if (cell.type === "error") {
                        errors.push(`${sheetId} ${col} ${row}: ${cell.message}`);
                    }
                }
            }
        }
        return errors;
    }

    function findEmptyCharts(getters) {
        return getters.getChartIds("dashboard").filter((id) => {
            const data = getters.getChartRuntime(id).chartJsConfig?.data;
            return data && !data.datasets.some((set) => set.data.some(Boolean));
        });
    }

    function findDifferences(getters) {
        return Object.entries(EXPECTED).flatMap(([name, expected]) => {
            const row = Number(name.slice(1)) - 1;
            const {value} = getters.getEvaluatedCell({sheetId: "data", col: 1, row});
            const actual = name === "B12" ? 100 * value : value;
            const isEqual = Math.abs(actual - expected) < 0.005;
            return isEqual ? [] : [`${name}: ${actual} instead of ${expected}`];
        });
    }

    let problems = ["No dashboard"];
    for (let tries = 0; problems.length && tries < SECONDS * 2; tries++) {
        await new Promise((resolve) => setTimeout(resolve, 500));
        const getters = getModel()?.getters;
        if (getters) {
            problems = [
                ...findErrors(getters),
                ...findEmptyCharts(getters).map((id) => `Empty chart: ${id}`),
                ...findDifferences(getters),
            ];
        }
    }
    if (problems.length) {
        console.error(problems.join("\n"));
    } else {
        console.log("test successful");
    }
})();
