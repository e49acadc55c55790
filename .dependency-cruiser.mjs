// Layers: a folder imports only from folders that stand before it in its list (docs/architecture.md).
const engine = [
  'problem',
  'lifecycle',
  'record',
  'xml',
  'feel',
  'dmn',
  'form',
  'field',
  'model',
  'state',
  'migration',
  'element',
  'compile',
  'package',
  'step',
  'actor',
  'testing',
]
const runtime = [
  'contract',
  'db',
  'audit',
  'projection',
  'host',
  'telemetry',
  'identity',
  'connector',
  'file',
  'keep',
  'work',
  'query',
  'package',
  'route',
  'scenario',
  'testing',
  'cli',
]

const upward = (part, layers) =>
  layers.map((layer, index) => ({
    name: `${part}/${layer} looks up`,
    severity: 'error',
    from: { path: `^${part}/src/${layer}/`, pathNot: '\\.test\\.tsx?$' },
    to: {
      path:
        layers
          .slice(index + 1)
          .map((later) => `^${part}/src/${later}/`)
          .join('|') || '^$',
    },
  }))

export default {
  forbidden: [
    ...upward('engine', engine),
    ...upward('runtime', runtime),
    {
      // Values of FEEL hold functions, a function takes an evaluation, an evaluation holds values: one idea in three files.
      name: 'no circles, of types neither',
      severity: 'error',
      from: { pathNot: '^engine/src/feel/(value|env|budget)\\.ts$' },
      to: { circular: true },
    },
    {
      name: 'no circles',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'the engine is pure',
      severity: 'error',
      from: { path: '^engine/src/' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'the engine stands alone',
      severity: 'error',
      from: { path: '^engine/src/' },
      to: { path: '^(runtime|designer|examples)/' },
    },
    {
      name: 'the runtime serves no pages',
      severity: 'error',
      from: { path: '^runtime/src/' },
      to: { path: '^(designer|examples)/' },
    },
    {
      name: 'the web app takes only types from the runtime',
      severity: 'error',
      from: { path: '^designer/src/' },
      to: { path: '^runtime/', pathNot: '^runtime/src/contract/contract\\.ts$' },
    },
    {
      name: 'the web app takes only types from the contract',
      severity: 'error',
      from: { path: '^designer/src/' },
      to: { path: '^runtime/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'bpmn-js stays out of the pages for work',
      severity: 'error',
      from: { path: '^designer/src/', pathNot: '^designer/src/(studio/|work/case/diagram)' },
      to: { path: 'node_modules/(bpmn-js|diagram-js)/' },
    },
    { name: 'imports resolve', severity: 'error', from: {}, to: { couldNotResolve: true, pathNot: '\\.css$|^node$' } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.js', '.mjs', '.json'],
    },
  },
}
