import {_t} from "@web/core/l10n/translation";
import {readAction} from "@sales_efficiency_base/server_action/server_action";
import {useService} from "@web/core/utils/hooks";

/**
 * Drill-down from every number to the records behind it.
 *
 * @returns {object} functions that open the facts, the pipeline, the targets, ... of
 *     results
 */
export function useOpeners() {
    const action = useService("action");
    const orm = useService("orm");

    async function openAction(model, method, args) {
        return action.doAction(readAction(await orm.call(model, method, args)));
    }

    function openResultsOf(domain) {
        return action.doAction("sales_efficiency_target.sales_target_result_action", {
            additionalContext: {search_default_to_date: 0},
            props: {domain},
        });
    }

    return {
        openFigures: (resultIds) =>
            openAction("sales.cockpit", "get_figures_action", [resultIds]),
        openPipeline: (resultIds) =>
            openAction("sales.cockpit", "get_pipeline_action", [resultIds]),
        openResultsOf,
        openResults: (resultIds) => openResultsOf([["id", "in", resultIds]]),
        openTargets: (targetIds) => {
            const [id] = targetIds;
            return action.doAction({
                type: "ir.actions.act_window",
                name: _t("Targets"),
                res_model: "sales.target",
                domain: [["id", "in", targetIds]],
                ...(targetIds.length === 1
                    ? {res_id: id, views: [[false, "form"]]}
                    : {
                          views: [
                              [false, "list"],
                              [false, "form"],
                          ],
                      }),
            });
        },
        explain: (resultId) =>
            openAction("sales.target.result", "action_open_gap_analysis", [[resultId]]),
    };
}
