import { BpmnModdle } from 'bpmn-moddle'
import zeebe from 'zeebe-bpmn-moddle/resources/zeebe.json' with { type: 'json' }
import { bihuan } from '../compile/bihuan.ts'

/** Makes model elements and writes them as XML, in the namespaces a model may use. */
export interface ModelWriter {
  create(type: string, attributes: Record<string, unknown>): { readonly $type: string; [name: string]: unknown }
  toXML(definitions: object, options?: { format?: boolean }): Promise<{ xml: string }>
}

/** A writer of models for tests: what a drawing tool would save. */
export const modelWriter = (): ModelWriter => new BpmnModdle({ zeebe, bihuan }) as unknown as ModelWriter
