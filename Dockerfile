# The production image: Odoo 19 with the suite. Data lives in volumes, secrets come from the environment.
FROM odoo:19

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
COPY config/prepare /usr/local/bin/prepare
COPY addons /mnt/extra-addons
ENV ODOO_ADDONS_PATH=/mnt/extra-addons ODOO_DATA_DIR=/var/lib/odoo

USER odoo
HEALTHCHECK --interval=30s --timeout=10s --start-period=5m --retries=3 \
    CMD ["curl", "--fail", "--silent", "--output", "/dev/null", "http://127.0.0.1:8069/web/health"]
