import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { contentNames, contentSchemaText } from '../../services/content/contentSchema';
import { AppError } from '../../services/errors';
import { loadConfig, readEnvironment } from '../config';

/** `npm run schemas`: writes the JSON Schema beside each edited file, for completion in editors. */
function writeSchemas(): void {
  const folder = path.join(loadConfig(readEnvironment()).dataDir, 'schema');
  mkdirSync(folder, { recursive: true });
  for (const name of contentNames)
    writeFileSync(path.join(folder, `${name}.schema.json`), contentSchemaText(name));
  console.log(`${contentNames.length} schemas in ${folder}`);
}

try {
  writeSchemas();
} catch (error) {
  if (!(error instanceof AppError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
