// The bpmn.io packages below ship no types. A module is a table of services for the modeller.
declare module 'bpmn-js-properties-panel' {
  type Module = import('./module.ts').DiagramModule
  export const BpmnPropertiesPanelModule: Module
  export const BpmnPropertiesProviderModule: Module
  export const ZeebePropertiesProviderModule: Module
  export function useService(name: string): unknown
}
declare module '@bpmn-io/properties-panel' {
  type Component = (props: object) => unknown
  export const TextFieldEntry: Component
  export const isTextFieldEntryEdited: (node: unknown) => boolean
  export const CheckboxEntry: Component
  export const isCheckboxEntryEdited: (node: unknown) => boolean
}
declare module '@bpmn-io/properties-panel/preact' {
  /** Makes an element of the panel's own library. */
  export function h(component: unknown, properties: object): unknown
}
declare module 'bpmn-js-element-templates' {
  export const CloudElementTemplatesPropertiesProviderModule: import('./module.ts').DiagramModule
}
declare module '@bpmn-io/element-template-chooser' {
  const module: import('./module.ts').DiagramModule
  export default module
}
declare module 'bpmn-js-create-append-anything' {
  type Module = import('./module.ts').DiagramModule
  export const CreateAppendAnythingModule: Module
  export const CreateAppendElementTemplatesModule: Module
}
declare module '@bpmn-io/variable-resolver' {
  export const ZeebeVariableResolverModule: import('./module.ts').DiagramModule
  export class VariableProvider {
    constructor(variableResolver: unknown)
    static $inject: string[]
  }
}
declare module 'camunda-bpmn-js-behaviors/lib/camunda-cloud' {
  const module: import('./module.ts').DiagramModule
  export default module
}
declare module 'diagram-js-minimap' {
  const module: import('./module.ts').DiagramModule
  export default module
}
declare module 'bpmn-js-color-picker' {
  const module: import('./module.ts').DiagramModule
  export default module
}
declare module 'bpmn-auto-layout' {
  export function layoutProcess(xml: string): Promise<string>
}
declare module '@bpmn-io/element-templates-validator' {
  /** Judges templates by the schema of Camunda 8. */
  export function validateAllZeebe(templates: readonly object[]): {
    readonly valid: boolean
    readonly results: readonly { readonly valid: boolean; readonly errors?: readonly object[] }[]
  }
}
