# The production image: the built product and its run-time packages, without a database.

FROM node:22-bookworm-slim AS base
WORKDIR /app
# the guard that follows every install reads nothing but this script
COPY package.json package-lock.json .npmrc ./
COPY scripts/patch-packages.js scripts/

FROM base AS build
RUN npm ci --include=dev
COPY . .
RUN node scripts/build.js && rm -rf build/.tmp-* && mv build/* /tmp/build

FROM base AS packages
RUN npm ci --omit=dev

FROM node:22-bookworm-slim
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000 DATA_DIR=/data
WORKDIR /app
RUN install -d -o node -g node /data
COPY package.json ./
COPY public public
COPY server/demo/files server/demo/files
# `node scripts/audit-verify.js`: the record is checked by code that is not the server's
COPY scripts/audit-verify.js scripts/
COPY scripts/commands/audit-verify.js scripts/commands/
COPY scripts/record scripts/record
COPY scripts/setup/root.js scripts/setup/setup-error.js scripts/setup/node-version.js scripts/setup/
COPY --from=packages /app/node_modules node_modules
COPY --from=build /tmp/build build/current
USER node
EXPOSE 3000
VOLUME /data
HEALTHCHECK --interval=15s --timeout=5s --start-period=30s \
  CMD ["node", "-e", "fetch('http://127.0.0.1:' + process.env.PORT + '/readyz').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "--enable-source-maps", "build/current/server.js"]
