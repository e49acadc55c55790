// bpmn.io packages ship no types; the readers in engine/src/compile and engine/src/dmn give theirs.
declare module 'bpmn-moddle' {
  export interface ModdleElement {
    readonly $type: string
    readonly $parent?: ModdleElement
    readonly $attrs: Record<string, unknown>
    $instanceOf(type: string): boolean
    get(name: string): unknown
    // biome-ignore lint/suspicious/noExplicitAny: moddle objects are open
    readonly [name: string]: any
  }
  export interface ParseWarning {
    readonly message: string
    readonly element?: ModdleElement
    readonly property?: string
    readonly value?: string
    readonly error?: Error
  }
  export interface ParseResult {
    readonly rootElement: ModdleElement
    readonly references: readonly { element: ModdleElement; property: string; id: string }[]
    readonly warnings: readonly ParseWarning[]
    readonly elementsById: Record<string, ModdleElement>
  }
  export class BpmnModdle {
    constructor(packages?: Record<string, unknown>)
    fromXML(xml: string, type?: string): Promise<ParseResult>
  }
}
declare module 'dmn-moddle' {
  export class DmnModdle {
    constructor(packages?: Record<string, unknown>)
    fromXML(xml: string, type?: string): Promise<import('bpmn-moddle').ParseResult>
  }
}
declare module 'zeebe-bpmn-moddle/resources/zeebe.json' {
  const descriptor: Record<string, unknown>
  export default descriptor
}

declare module 'bpmn-auto-layout' {
  /** Gives the XML with a drawing of its first process. */
  export function layoutProcess(xml: string): Promise<string>
}
