import { readFileSync } from 'node:fs';
import path from 'node:path';
import Ajv from 'ajv-draft-04';
import addFormats from 'ajv-formats';
import { en } from '../../../strings/en';
import { ko } from '../../../strings/ko';

const folder = path.resolve(__dirname, '../../../channels/teams');
const read = (file: string): Record<string, unknown> =>
  JSON.parse(readFileSync(path.join(folder, file), 'utf8'));
const manifest = read('manifest.json');

/** Microsoft's own schema of a version, from its package for app manifests. */
function published(name: string): object {
  const root = path.dirname(require.resolve('@microsoft/app-manifest/package.json'));
  const file = path.join(
    root,
    'build/json-schemas/teams',
    `v${manifest.manifestVersion}`,
    `${name}.schema.json`,
  );
  return JSON.parse(readFileSync(file, 'utf8'));
}

function problems(schema: string, json: unknown): unknown {
  const ajv = new Ajv({ strict: false, allErrors: true, unicodeRegExp: false });
  addFormats(ajv);
  const validate = ajv.compile(published(schema));
  validate(json);
  return validate.errors ?? [];
}

describe('the Teams app', () => {
  it('has a manifest and translations that fit the published schemas', () => {
    expect(problems('MicrosoftTeams', manifest)).toEqual([]);
    expect(problems('MicrosoftTeams.Localization', read('en.json'))).toEqual([]);
    expect(problems('MicrosoftTeams', { ...manifest, accentColor: 'blue' })).not.toEqual([]);
  });

  it('offers only what the bot understands to the letter', () => {
    const titles = [...JSON.stringify(manifest).matchAll(/"title":"([^"]*)"/g)].map((match) => match[1]);
    const known = Object.values(ko.topics).map(({ label }) => label);
    for (const title of titles) expect(known).toContain(title);
    const translated = Object.entries(read('en.json')).filter(([key]) => key.endsWith('.title'));
    expect(translated).toHaveLength(titles.length);
    for (const [, title] of translated)
      expect(Object.values(en.topics).map(({ label }) => label)).toContain(title);
  });

  it.each([
    ['color.png', 192],
    ['outline.png', 32],
  ])('has %s in the size that Teams wants', (file, size) => {
    const png = readFileSync(path.join(folder, file));
    expect(png.subarray(1, 4).toString()).toBe('PNG');
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([size, size]);
  });
});
