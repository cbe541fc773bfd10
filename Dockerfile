# The production image: Odoo 19 with the suite. Data lives in volumes, secrets come from the environment.
# A day's image, such as 19.0-20260908, keeps a rebuild from bringing another Odoo along.
ARG ODOO_TAG=19.0
FROM odoo:${ODOO_TAG}

USER root
COPY requirements.txt /tmp/requirements.txt
# Python of the image belongs to the system, and so do Odoo and its libraries that the wheels build on.
# hadolint ignore=DL3008
RUN pip3 install --no-cache-dir --break-system-packages --requirement /tmp/requirements.txt \
    && rm /tmp/requirements.txt \
    && apt-get update \
    && apt-get install --yes --no-install-recommends fonts-noto-cjk \
    && rm -rf /var/lib/apt/lists/*

COPY config/odoo.conf /etc/odoo/odoo.conf
COPY config/entrypoint config/prepare config/new_company.py config/backup config/restore config/bi-user /usr/local/bin/
# Not /mnt/extra-addons, which is a volume of Odoo's image: a volume keeps what it was first filled with.
COPY addons /opt/sales-efficiency/addons
ENV SUITE_ADDONS=/opt/sales-efficiency/addons \
    ODOO_ADDONS_PATH=/opt/sales-efficiency/addons \
    ODOO_DATA_DIR=/var/lib/odoo

USER odoo
ENTRYPOINT ["entrypoint"]
CMD ["odoo"]
