# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from .cleaners import clean_email, clean_name, clean_phone, clean_tax_id
from .cleaning_proposals import CleaningProposals
