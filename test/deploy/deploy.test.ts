import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { settingNames } from '../../bot/config';
import { Gauges } from '../../bot/metrics/gauges';
import { Metrics } from '../../bot/metrics/metrics';

const root = path.resolve(__dirname, '../..');
const read = (file: string) => readFileSync(path.join(root, file), 'utf8');

const service = z.object({
  image: z.string().optional(),
  env_file: z.string().optional(),
  environment: z.record(z.string(), z.string()).default({}),
  read_only: z.boolean().optional(),
  volumes: z.array(z.string()).default([]),
  stop_grace_period: z.string().optional(),
});
const composeFile = z.object({
  services: z.record(z.string(), service),
  volumes: z.record(z.string(), z.null()),
});
const rules = z.object({
  groups: z.array(
    z.object({
      rules: z.array(
        z.object({ alert: z.string(), expr: z.string(), annotations: z.object({ action: z.string() }) }),
      ),
    }),
  ),
});

/** Every metric that the server has, by the names under which it is asked for. */
async function metricNames(): Promise<Set<string>> {
  const metrics = new Metrics();
  metrics.watchProcess();
  const store = { listRecords: async () => [], outboxBacklog: async () => [] };
  const gauges = new Gauges(metrics.registry, { store, clock: { now: () => 0 }, sockets: {} });
  await gauges.refresh();
  const names = new Set(['up']);
  for (const { name, type } of await metrics.registry.getMetricsAsJSON()) {
    names.add(name);
    if (String(type) === 'histogram')
      for (const end of ['bucket', 'sum', 'count']) names.add(`${name}_${end}`);
  }
  metrics.registry.clear();
  return names;
}

/** Metrics that a query names. */
const askedFor = (query: string): string[] =>
  query.replace(/\{[^}]*\}|\[[^\]]*\]|by \([^)]*\)/g, '').match(/\b(?:up|[a-z]+_[a-z0-9_]+)\b/g) ?? [];
const functions = new Set(['histogram_quantile']);

describe('what the operator is given', () => {
  it('asks in dashboard and alerts only for metrics that there are', async () => {
    const names = await metricNames();
    const dashboard = JSON.parse(read('deploy/grafana.json'));
    const queries: string[] = dashboard.panels.flatMap(({ targets }: { targets: { expr: string }[] }) =>
      targets.map(({ expr }) => expr),
    );
    const alerts = rules.parse(parse(read('deploy/alerts.yml'))).groups.flatMap((group) => group.rules);
    const asked = [...queries, ...alerts.map(({ expr }) => expr)].flatMap(askedFor);
    expect(asked.length).toBeGreaterThan(30);
    expect(asked.filter((name) => !functions.has(name) && !names.has(name))).toEqual([]);
  });

  it('says for every alert what to do, at a place that is there', () => {
    const doc = read('docs/operations.md');
    const places = [...doc.matchAll(/^#+ (.+)$/gm)].map(([, title = '']) =>
      title.toLowerCase().replaceAll(' ', '-'),
    );
    const alerts = rules.parse(parse(read('deploy/alerts.yml'))).groups.flatMap((group) => group.rules);
    for (const { annotations } of alerts) {
      const [file, place] = annotations.action.split('#');
      expect(file).toBe('docs/operations.md');
      expect(places).toContain(place);
    }
  });

  it('starts two replicas alike, with settings that there are, on one database and one set of keys', () => {
    const { services, volumes } = composeFile.parse(parse(read('compose.yaml'), { merge: true }));
    const [a, b] = [services['replica-a'], services['replica-b']];
    expect(a).toEqual(b);
    expect(a?.read_only).toBe(true);
    for (const name of Object.keys(a?.environment ?? {})) expect(settingNames).toContain(name);
    expect(a?.environment.STORE_URL).toContain('@postgres:5432/');
    expect(services.postgres?.image).toMatch(/^postgres:18/);
    for (const { volumes: mounts } of Object.values(services)) {
      for (const mount of mounts) {
        const [source = ''] = mount.split(':');
        expect(source.startsWith('.') ? existsSync(path.join(root, source)) : source in volumes).toBe(true);
      }
    }
    // A stop is announced for DRAIN_MS and may then take 15 s.
    const graceMs = Number.parseInt(a?.stop_grace_period ?? '', 10) * 1_000;
    expect(graceMs).toBeGreaterThanOrEqual(Number(a?.environment.DRAIN_MS) + 15_000);
  });

  it('has a proxy that knows both replicas, lets sockets through and shows nobody the metrics', () => {
    const conf = read('deploy/nginx.conf').replace(/#.*$/gm, '');
    expect(conf.match(/\{/g)?.length).toBe(conf.match(/\}/g)?.length);
    // Outside of braces every statement ends.
    for (const line of conf.split('\n')) expect(line.trim()).toMatch(/^$|[;{}]$/);
    const { services } = composeFile.parse(parse(read('compose.yaml'), { merge: true }));
    const upstreams = [...conf.matchAll(/server ([\w-]+):3978/g)].map(([, name]) => name);
    expect(upstreams).toEqual(Object.keys(services).filter((name) => name.startsWith('replica')));
    expect(conf).toContain('proxy_set_header Upgrade $http_upgrade;');
    expect(conf).toMatch(/location = \/metrics \{ return 404; \}/);
  });

  it('builds an image from files that there are, and runs it as nobody special', () => {
    const lines = read('Dockerfile').split('\n');
    const ignored = read('.dockerignore').split('\n');
    const copied = lines
      .filter((line) => /^COPY (?!--from)/.test(line))
      .flatMap((line) => line.split(' ').slice(1, -1));
    for (const name of copied) {
      expect(existsSync(path.join(root, name))).toBe(true);
      expect(ignored).not.toContain(name);
    }
    for (const secret of ['.env', 'var', '.git']) expect(ignored).toContain(secret);
    const last = lines.slice(lines.findLastIndex((line) => line.startsWith('FROM ')));
    expect(last.indexOf('USER node')).toBeGreaterThan(last.findIndex((line) => line.startsWith('RUN')));
    expect(last.join('\n')).toMatch(/HEALTHCHECK .* CMD \["node", "deploy\/healthCheck\.mjs"\]/);
    expect(existsSync(path.join(root, 'deploy/healthCheck.mjs'))).toBe(true);
  });
});
