import type { BaseViewerOptions } from 'bpmn-js/lib/BaseViewer'

/** A table of services for bpmn-js: name → how it is made. */
export type DiagramModule = NonNullable<BaseViewerOptions['additionalModules']>[number]
