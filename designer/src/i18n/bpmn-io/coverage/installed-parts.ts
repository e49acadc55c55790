type Dictionary = 'bpmn' | 'panel' | 'form-viewer' | 'form-editor' | 'dmn'

/** A library of the studio: where its source lies and where it hides texts that are shown. */
export interface InstalledPart {
  readonly name: string
  /** Paths below node_modules. */
  readonly from: readonly string[]
  /** Dictionaries that are asked for it; the later one wins. */
  readonly use: readonly Dictionary[]
  /** Properties whose texts are shown. */
  readonly properties?: readonly string[]
  /** Tables whose texts are shown. */
  readonly constants?: readonly string[]
  /** Every text of two words or more is shown. */
  readonly sentences?: boolean
  /** Texts put together from class names. */
  readonly labels?: readonly string[]
  /** What the rules above catch by mistake, or what stays as it is. */
  readonly skip?: readonly string[]
}

const JSX = ['children', 'label', 'title', 'placeholder', 'description', 'tooltip', 'aria-label', 'text', 'alt', 'name']
/** Values, and the mark of bpmn.io, which its licence asks to leave as it is. */
const FORM_SKIP = [
  'Root',
  'FilterContext',
  '*',
  '=',
  '.',
  'editor-palette__footer',
  'editor-empty-state__footer',
  'Web-based tooling for BPMN, DMN, and forms powered by',
  'bpmn.io',
  'Powered by bpmn.io',
]
const LABEL_TABLES = [
  'EVENT_TO_LABEL',
  'EVENT_TO_LABEL$1',
  'EVENT_TO_LABEL$2',
  'MI_EVENT_TO_LABEL',
  'IMPLEMENTATION_TYPE_TO_LABEL',
  'IMPLEMENTATION_TYPE_NONE_LABEL',
  'IMPLEMENTATION_TYPE_JAVA_LABEL',
  'IMPLEMENTATION_TYPE_EXPRESSION_LABEL',
  'IMPLEMENTATION_TYPE_DELEGATE_LABEL',
  'IMPLEMENTATION_TYPE_DMN_LABEL',
  'IMPLEMENTATION_TYPE_EXTERNAL_LABEL',
  'IMPLEMENTATION_TYPE_CONNECTOR_LABEL',
]

/** What the studio shows of bpmn.io. */
export const installedParts: readonly InstalledPart[] = [
  {
    name: 'bpmn-js',
    from: ['bpmn-js/lib'],
    use: ['bpmn'],
    properties: ['label'],
    constants: ['COLLAB_ERR_MSG', 'DATA_OBJECT_ERR_MSG'],
    skip: ['labels'],
  },
  { name: 'diagram-js', from: ['diagram-js/lib', 'diagram-js-direct-editing/lib'], use: ['bpmn'] },
  {
    name: 'create-append-anything',
    from: ['bpmn-js-create-append-anything/dist/index.es.js'],
    use: ['bpmn'],
    properties: ['label', 'name'],
    skip: ['children', 'parent', 'labels'],
  },
  {
    name: 'element-template-chooser',
    from: ['@bpmn-io/element-template-chooser/dist/index.es.js'],
    use: ['bpmn'],
    skip: ['children', 'parent', 'labels'],
  },
  { name: 'minimap', from: ['diagram-js-minimap/dist/index.esm.js'], use: ['bpmn'] },
  { name: 'color-picker', from: ['bpmn-js-color-picker/colors'], use: ['bpmn'], properties: ['label'] },
  {
    name: 'properties-panel',
    from: ['@bpmn-io/properties-panel/dist/index.esm.js'],
    use: ['panel'],
    properties: ['children'],
    skip: ['='],
  },
  {
    name: 'bpmn-js-properties-panel',
    from: ['bpmn-js-properties-panel/dist/index.esm.js'],
    use: ['panel'],
    labels: typeLabels(),
    constants: LABEL_TABLES,
  },
  {
    name: 'element-templates',
    from: ['bpmn-js-element-templates/dist/index.esm.js'],
    use: ['panel'],
    properties: ['title'],
  },
  {
    name: 'form-js-viewer',
    from: ['@bpmn-io/form-js-viewer/dist/index.es.js'],
    use: ['form-viewer'],
    properties: ['children', 'placeholder', 'aria-label', 'alt'],
    skip: FORM_SKIP,
  },
  {
    name: 'form-js-editor',
    from: ['@bpmn-io/form-js-editor/dist/index.es.js'],
    use: ['form-editor', 'form-viewer', 'panel'],
    properties: JSX,
    sentences: true,
    skip: [...FORM_SKIP, 'Camunda Cloud'],
  },
  {
    name: 'form-js-editor: its viewer',
    from: ['@bpmn-io/form-js-editor/node_modules/@bpmn-io/form-js-viewer/dist/index.es.js'],
    use: ['form-editor', 'form-viewer'],
    properties: JSX,
    constants: ['DATETIME_SUBTYPES_LABELS', 'TIME_SERIALISINGFORMAT_LABELS', 'OPTIONS_SOURCES_LABELS'],
    skip: FORM_SKIP,
  },
  { name: 'dmn-js-drd', from: ['dmn-js-drd/lib'], use: ['dmn'], properties: ['label', 'title'] },
  {
    name: 'dmn-js-decision-table',
    from: ['dmn-js-decision-table/lib'],
    use: ['dmn'],
    properties: ['label', 'explanation', 'aria-label'],
    constants: ['ERROR_MESSAGE', 'INPUT_VALUES_LABEL', 'OUTPUT_VALUES_LABEL', 'INPUT_ENTRY_VALUES_LABEL'],
    skip: ['-'],
  },
  { name: 'dmn-js-literal-expression', from: ['dmn-js-literal-expression/lib'], use: ['dmn'] },
  { name: 'dmn-js-boxed-expression', from: ['dmn-js-boxed-expression/lib'], use: ['dmn'], properties: ['label'] },
  {
    name: 'dmn-js-shared',
    from: ['dmn-js-shared/lib'],
    use: ['dmn'],
    properties: ['label', 'title'],
    constants: ['DEFAULT_DATA_TYPES'],
  },
]

/** Names of types as the head of the properties panel puts them together. */
function typeLabels(): string[] {
  const events: Readonly<Record<string, readonly string[]>> = {
    'Start Event': ['Message', 'Timer', 'Conditional', 'Signal', 'Error', 'Escalation', 'Compensate'],
    'Intermediate Catch Event': ['Message', 'Timer', 'Conditional', 'Signal', 'Link'],
    'Intermediate Throw Event': ['Message', 'Signal', 'Escalation', 'Link', 'Compensate'],
    'Boundary Event': ['Message', 'Timer', 'Conditional', 'Signal', 'Error', 'Escalation', 'Compensate', 'Cancel'],
    'End Event': ['Message', 'Signal', 'Error', 'Escalation', 'Compensate', 'Terminate', 'Cancel'],
  }
  const patient = ['Message', 'Timer', 'Conditional', 'Signal', 'Escalation', 'Error', 'Compensate']
  const named = Object.entries(events).flatMap(([event, kinds]) => [
    event,
    `Undefined ${event}`,
    ...kinds.map((kind) => `${kind} ${event}`),
    ...(event === 'Start Event' || event === 'Boundary Event'
      ? patient.map((kind) => `${kind} ${event} (Non Interrupting)`)
      : []),
  ])
  const tasks = ['User', 'Service', 'Send', 'Receive', 'Manual', 'Business Rule', 'Script', 'Undefined']
  const gateways = ['Exclusive', 'Parallel', 'Inclusive', 'Complex', 'Event Based']
  return [
    ...named,
    ...tasks.map((kind) => `${kind} Task`),
    ...gateways.map((kind) => `${kind} Gateway`),
    ...['', 'Expanded ', 'Collapsed ', 'Event '].map((kind) => `${kind}Sub Process`),
    ...['', 'Expanded ', 'Collapsed '].map((kind) => `${kind}Ad Hoc Sub Process`),
    ...['Transaction', 'Task', 'Call Activity', 'Process', 'Collaboration', 'Participant', 'Lane', 'Group', 'Label'],
    ...['Text Annotation', 'Sequence Flow', 'Default Flow', 'Conditional Flow', 'Message Flow', 'Association'],
    ...['Data Input Association', 'Data Output Association', 'Data Object Reference', 'Data Store Reference'],
    ...['Data Object', 'Data Input', 'Data Output'],
  ]
}
