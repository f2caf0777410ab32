# syntax=docker/dockerfile:1
# Builds with everything, runs with next to nothing: the bundle, its content, and the packages that cannot be bundled.
FROM node:20-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
COPY scripts ./scripts
RUN npm install --no-save --omit=dev --no-audit --no-fund --loglevel=error
COPY . .
RUN node scripts/buildImage.mjs /out

FROM node:20-slim
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3978 DATA_DIR=/app/data VAR_DIR=/var/lib/bill-guide
WORKDIR /app
COPY --from=build /out ./
# The only folder that is written to; everything else may be mounted read-only.
RUN mkdir -p /var/lib/bill-guide && chown node:node /var/lib/bill-guide
VOLUME /var/lib/bill-guide
USER node
EXPOSE 3978
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s --retries=3 CMD ["node", "deploy/healthCheck.mjs"]
STOPSIGNAL SIGTERM
CMD ["node", "dist/main.cjs"]
