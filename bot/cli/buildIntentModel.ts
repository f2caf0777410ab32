import { buildIntentModel } from '../../services/intent/loadIntentRecognizer';

/** `node buildIntentModel.cjs DATA_DIR MODEL_FILE`: trains the recogniser for the build. */
const [dataDir = 'data', modelFile = 'dist/intentModel.json'] = process.argv.slice(2);
try {
  buildIntentModel(dataDir, modelFile);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
