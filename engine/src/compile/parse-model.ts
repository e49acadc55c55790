import { BpmnModdle, type ModdleElement } from 'bpmn-moddle'
import zeebe from 'zeebe-bpmn-moddle/resources/zeebe.json' with { type: 'json' }
import { scanXml } from '../xml/index.ts'
import { bihuan } from './bihuan.ts'

export type { ModdleElement }

/**
 * The definitions of a BPMN file as moddle reads them, judged by nobody: for what compares or describes models. Null for
 * what is no BPMN at all.
 */
export async function parseModel(xml: string): Promise<ModdleElement | null> {
  if (scanXml(xml, '').length > 0) return null
  try {
    return (await new BpmnModdle({ zeebe, bihuan }).fromXML(xml)).rootElement
  } catch {
    return null
  }
}
