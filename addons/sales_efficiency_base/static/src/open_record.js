/**
 * Opens the form of a record.
 *
 * @param {object} action the service
 * @param {string} model
 * @param {number} id
 * @returns {Promise}
 */
export function openRecord(action, model, id) {
    return action.doAction({
        type: "ir.actions.act_window",
        res_model: model,
        res_id: id,
        views: [[false, "form"]],
    });
}
