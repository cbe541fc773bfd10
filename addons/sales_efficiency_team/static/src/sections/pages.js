import {SectionPage} from "./section_page";
import {registry} from "@web/core/registry";

export class MyDevelopment extends SectionPage {
    static model = "sales.development";
}

export class TeamBoard extends SectionPage {
    static model = "sales.team.board";
}

registry
    .category("actions")
    .add("sales_efficiency_team.my_development", MyDevelopment)
    .add("sales_efficiency_team.team_board", TeamBoard);
