import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import Ajv from 'ajv';
import { contentNames, contentSchema, contentSchemaText } from '../../../services/content/contentSchema';

const dataDir = path.resolve(__dirname, '../../../data');
const read = (name: string) => readFileSync(path.join(dataDir, name), 'utf8');

describe('JSON Schemas of the edited files', () => {
  it('exist for every file of data/, and for no other', () => {
    const files = readdirSync(dataDir).filter((name) => name.endsWith('.json'));
    expect(files.sort()).toEqual(contentNames.map((name) => `${name}.json`).sort());
    expect(readdirSync(path.join(dataDir, 'schema')).sort()).toEqual(
      contentNames.map((name) => `${name}.schema.json`).sort(),
    );
  });

  it.each(contentNames)('%s: is what npm run schemas writes', (name) => {
    expect(read(`schema/${name}.schema.json`)).toBe(contentSchemaText(name));
    expect(JSON.parse(contentSchemaText(name))).toEqual(JSON.parse(JSON.stringify(contentSchema(name))));
  });

  it.each(contentNames)('%s: is named in its file, which follows it', (name) => {
    // Formats are hints for editors; the loaders check them.
    const validate = new Ajv({ validateFormats: false, allErrors: true }).compile(contentSchema(name));
    const content: unknown = JSON.parse(read(`${name}.json`));
    validate(content);

    expect(validate.errors ?? []).toEqual([]);
    expect(content).toMatchObject({ $schema: `./schema/${name}.schema.json` });
    expect(validate({ ...Object(content), typo: 1 })).toBe(false);
  });

  it.each([
    ['faq', 'articles', { topic: 'weather' }],
    ['claims', 'claims', { id: 'X1' }],
    ['intents', 'topics', { late_fee: { ko: [{ text: '연체료', style: 'shouted' }], en: [] } }],
  ] as const)('%s: refuses what its loader refuses', (name, key, wrong) => {
    const validate = new Ajv({ validateFormats: false, allErrors: true }).compile(contentSchema(name));
    const content: Record<string, unknown> = Object(JSON.parse(read(`${name}.json`)));

    expect(validate({ ...content, [key]: Array.isArray(content[key]) ? [wrong] : wrong })).toBe(false);
  });
});
