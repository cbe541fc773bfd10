import {BinaryField, binaryField} from "@web/views/fields/binary/binary_field";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {useService} from "@web/core/utils/hooks";

/** Reads a file as soon as it is chosen. */
export class SalesImportFileField extends BinaryField {
    setup() {
        super.setup();
        this.action = useService("action");
    }

    async update(file) {
        await super.update(file);
        const {record} = this.props;
        if (file.data && (await record.save())) {
            const {context, resId, resIds, resModel} = record;
            await this.action.doActionButton({
                type: "object",
                name: "action_continue",
                context,
                resId,
                resIds,
                resModel,
            });
        }
    }
}

export const salesImportFileField = {
    ...binaryField,
    component: SalesImportFileField,
    displayName: _t("File to Import"),
};

registry.category("fields").add("sales_import_file", salesImportFileField);
