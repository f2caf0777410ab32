import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));
const modules = path.join(root, 'node_modules');

/** What every bundle has in common, whoever loads it. */
const forBrowsers = {
  absWorkingDir: root,
  bundle: true,
  minify: true,
  platform: 'browser',
  target: ['es2022', 'chrome109', 'firefox115', 'safari16'],
  legalComments: 'none',
  logLevel: 'error',
};

/** A page's own parts: their names change with their content. @param {string} outDir folder of the pages */
const pageBundle = (outDir) => ({
  ...forBrowsers,
  outdir: path.join(outDir, 'assets'),
  format: 'esm',
  entryNames: '[name]-[hash]',
  metafile: true,
});

/**
 * Builds the pages: `index.html` (demo), `widget/panel.html`, `desk/index.html` and, under `assets/`, scripts and
 * styles whose names change with their content. The page paints from a few kilobytes; Web Chat is a chunk of its own, loaded by `import()`.
 * @param {{ outDir: string }} options folder to write; what it held is removed
 */
export async function buildWeb({ outDir }) {
  rmSync(outDir, { recursive: true, force: true });
  mkdirSync(outDir, { recursive: true });
  const { metafile } = await build({
    ...pageBundle(outDir),
    entryPoints: [
      path.join(root, 'web/page/page.ts'),
      path.join(root, 'web/page/page.css'),
      path.join(root, 'web/widget/panel.ts'),
      path.join(root, 'web/widget/panel.css'),
      path.join(root, 'web/identity/identity.ts'),
      path.join(root, 'web/identity/identity.css'),
    ],
    splitting: true,
    chunkNames: '[name]-[hash]',
    loader: { '.js': 'jsx' },
    jsx: 'transform',
    publicPath: '/assets',
    define: {
      'process.env.NODE_ENV': '"production"',
      'process.env.npm_package_version': JSON.stringify(versionOf('botframework-webchat')),
      'process.env.build_tool': '"esbuild"',
      'process.env.module_format': '"esm"',
      'process.env': '{}',
      global: 'globalThis',
    },
    plugins: [webChatParts],
  });
  const outputs = Object.entries(metafile.outputs);
  const written = (source) => {
    const [file] = outputs.find(([, output]) => output.entryPoint === source) ?? [];
    if (file === undefined) throw new Error(`${source} was not built`);
    return `/assets/${path.basename(file)}`;
  };
  const writePage = (source, target, name) => {
    let html = readFileSync(path.join(root, source), 'utf8');
    for (const kind of ['js', 'css']) {
      const entry = `${path.dirname(source)}/${name}.${kind === 'js' ? 'ts' : kind}`;
      html = html.replaceAll(`"${name}.${kind}"`, `"${written(entry)}"`);
    }
    mkdirSync(path.dirname(path.join(outDir, target)), { recursive: true });
    writeFileSync(path.join(outDir, target), html);
  };
  writePage('web/page/index.html', 'index.html', 'page');
  writePage('web/widget/panel.html', 'widget/panel.html', 'panel');
  await buildLoader(outDir);
  await buildDesk(outDir);
  return metafile;
}

/** Zod's own messages are never shown: 48 of its 49 languages stay out of the bundle. */
const zodInEnglish = {
  name: 'zod-in-english',
  setup(builder) {
    builder.onLoad({ filter: /[\\/]zod[\\/]v4[\\/]locales[\\/]index\.(js|cjs)$/ }, () => ({
      contents: "export { default as en } from './en.js';",
      resolveDir: path.join(modules, 'zod/v4/locales'),
    }));
  },
};

/** The agents' desk, `desk/index.html`: a bundle of its own, which shares nothing with what customers load. */
async function buildDesk(outDir) {
  const { metafile } = await build({
    ...pageBundle(outDir),
    entryPoints: [path.join(root, 'web/desk/desk.tsx'), path.join(root, 'web/desk/desk.css')],
    jsx: 'automatic',
    define: { 'process.env.NODE_ENV': '"production"' },
    plugins: [zodInEnglish],
  });
  let html = readFileSync(path.join(root, 'web/desk/desk.html'), 'utf8');
  for (const [file, { entryPoint = '' }] of Object.entries(metafile.outputs)) {
    const name = path.basename(entryPoint).replace(/tsx$/, 'js');
    html = html.replaceAll(`"${name}"`, `"/assets/${path.basename(file)}"`);
  }
  mkdirSync(path.join(outDir, 'desk'), { recursive: true });
  writeFileSync(path.join(outDir, 'desk/index.html'), html);
}

/**
 * The widget's loader, for pages of others: `widget.js` is always the newest; `widget/loader-HASH.js` never changes, so
 * that a page can pin it with the hash that `widget/integrity.json` names (Subresource Integrity).
 */
async function buildLoader(outDir) {
  const { outputFiles } = await build({
    ...forBrowsers,
    entryPoints: [path.join(root, 'web/widget/loader.ts')],
    format: 'iife',
    write: false,
  });
  const [{ contents }] = outputFiles;
  const digest = createHash('sha384').update(contents).digest();
  const pinned = `widget/loader-${digest.toString('hex').slice(0, 8).toUpperCase()}.js`;
  writeFileSync(path.join(outDir, 'widget.js'), contents);
  writeFileSync(path.join(outDir, pinned), contents);
  const integrity = { src: `/${pinned}`, integrity: `sha384-${digest.toString('base64')}` };
  writeFileSync(path.join(outDir, 'widget', 'integrity.json'), `${JSON.stringify(integrity, null, 2)}\n`);
}

/** Web Chat's packages by import path → the source that esbuild reads instead of the ready-made bundle. */
const webChatSources = {
  'botframework-webchat-api': 'botframework-webchat-api/src/index.ts',
  'botframework-webchat-api/internal': 'botframework-webchat-api/src/internal.ts',
  'botframework-webchat-api/decorator': 'botframework-webchat-api/src/decorator/index.ts',
  'botframework-webchat-component': 'botframework-webchat-component/src/index.ts',
  'botframework-webchat-component/internal': 'botframework-webchat-component/src/internal.ts',
  'botframework-webchat-core': 'botframework-webchat-core/src/index.ts',
};

/** What this page never uses: another protocol, a carousel of cards, styles in Markdown, old browsers. */
const unused = [
  {
    filter: /botframework-directlinejs\/lib\/directLineStreaming\.js$/,
    contents: 'exports.DirectLineStreaming = class {};',
  },
  {
    filter: /[\\/]swiper[\\/].*\.m?js$/,
    contents:
      'export default class {}\nexport const A11y = 0, Autoplay = 0, History = 0, Keyboard = 0, Navigation = 0, Pagination = 0, Scrollbar = 0;',
  },
  {
    filter: /[\\/]postcss[\\/]lib[\\/]postcss\.js$/,
    contents: 'exports.parse = () => { throw new Error("no styles here"); };',
  },
  { filter: /[\\/]url-search-params-polyfill[\\/]index\.js$/, contents: '' },
  { filter: /[\\/]core-js[\\/]features[\\/]promise[\\/]index\.js$/, contents: '' },
];

/**
 * Bundles Web Chat from its own published sources, so that what the page does not use stays out: 46 of 48
 * languages, speech, the streaming protocol, the card carousel. 505 kB gzipped; the ready-made file has 945 kB.
 */
const webChatParts = {
  name: 'web-chat-parts',
  setup(builder) {
    builder.onResolve(
      { filter: /^botframework-webchat(-api|-component|-core)?(\/(internal|decorator))?$/ },
      (args) => {
        if (args.path === 'botframework-webchat') return { path: args.path, namespace: 'web-chat' };
        return { path: path.join(modules, webChatSources[args.path]) };
      },
    );
    // The parts of the package's index that the page uses; the whole index would also load every speech adapter.
    builder.onLoad({ filter: /^botframework-webchat$/, namespace: 'web-chat' }, () => ({
      contents: `
        export { default } from './FullReactWebChat';
        export { default as createDirectLine } from './createDirectLine';
        export { createStore } from 'botframework-webchat-core';`,
      resolveDir: path.join(modules, 'botframework-webchat/src'),
    }));
    builder.onLoad(
      { filter: /botframework-webchat-api[\\/]src[\\/]localization[\\/][\w-]+\.json$/ },
      ({ path: file }) =>
        /(ko-KR|en-US|overrides)\.json$/.test(file) ? undefined : { contents: '{}', loader: 'json' },
    );
    for (const { filter, contents } of unused) {
      builder.onLoad({ filter }, () => ({ contents, loader: 'js' }));
    }
  },
};

function versionOf(name) {
  return JSON.parse(readFileSync(path.join(modules, name, 'package.json'), 'utf8')).version;
}
