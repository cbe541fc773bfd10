# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from . import crm_lead_lost
from . import mail_compose_message_price
from . import payment_link_wizard_price
from . import portal_share_price
from . import sales_contract_sign
from . import sales_contract_upload
from . import sales_funnel
from . import sales_quotation_compare
from . import sales_quotation_compare_line
from . import sales_target_cascade_lead
from . import sales_target_cascade_line_lead
from . import sales_visit_check
from . import sales_visit_plan
from . import sales_visit_plan_line
from . import sales_waste_finder
