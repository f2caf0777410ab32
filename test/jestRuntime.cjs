const { sep } = require('node:path');
const { Script } = require('node:vm');
const Runtime = require('jest-runtime').default;

/** Files of packages: they do not change while tests run. */
const packageFiles = new Map();
const packages = `${sep}node_modules${sep}`;

/** What V8 has made of each module. */
const compiled = new Map();

/**
 * Jest's own module system, which reads each file and compiles each module once per worker. Every test file still gets
 * modules of its own, run in its own context; but reading and compiling a thousand of them for each of the files is
 * half of what loading them costs.
 */
module.exports = class CompileOnceRuntime extends Runtime {
  constructor(...args) {
    super(...args);
    const { executor, fileCache } = this;

    const readFile = fileCache.readFile.bind(fileCache);
    fileCache.readFile = (filename) => {
      if (!filename.includes(packages)) return readFile(filename);
      let source = packageFiles.get(filename);
      if (source === undefined) {
        source = readFile(filename);
        packageFiles.set(filename, source);
      }
      return source;
    };

    const compile = executor.compile.bind(executor);
    executor.compile = (source, filename) => {
      const context = this._environment.getVmContext();
      if (context === null || filename === this._testPath) return compile(source, filename);
      let known = compiled.get(filename);
      if (known?.source !== source) {
        try {
          known = { source, script: scriptOf(source, filename, executor.injectedModuleParameters) };
        } catch {
          // Jest explains what is wrong with a file better.
          return compile(source, filename);
        }
        compiled.set(filename, known);
      }
      return known.script.runInContext(context);
    };
  }
};

function scriptOf(source, filename, parameters) {
  const head = `(function (${parameters.join(', ')}) {`;
  // On one line with the source, so that lines and columns in stacks stay those of the file.
  return new Script(`${head}${source}\n})`, {
    filename,
    columnOffset: -head.length,
    importModuleDynamically: (specifier) => {
      throw new Error(`${filename} imports ${specifier} at run time, which these tests cannot`);
    },
  });
}
