# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
{
    "name": "Sales Efficiency: eLearning",
    "summary": "Count eLearning courses as trainings of the sales team",
    "version": "19.0.1.0.0",
    "category": "Sales/Sales",
    "author": "Sales Efficiency Contributors",
    "license": "AGPL-3",
    "depends": [
        "hr_skills_slides",
        "sales_efficiency_team",
        "website_slides",
        "website_slides_survey",
    ],
    "auto_install": ["sales_efficiency_team", "website_slides"],
    "data": [
        "views/sales_training_attendance_views.xml",
        "views/sales_training_course_views.xml",
    ],
    "uninstall_hook": "uninstall_hook",
}
