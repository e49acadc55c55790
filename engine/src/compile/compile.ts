import { BpmnModdle, type ModdleElement, type ParseResult } from 'bpmn-moddle'
import zeebe from 'zeebe-bpmn-moddle/resources/zeebe.json' with { type: 'json' }
import type { ProcessDefinition } from '../model/definition.ts'
import type { Problem } from '../problem/problem.ts'
import { scanXml } from '../xml/index.ts'
import { bihuan } from './bihuan.ts'
import { checkProcess } from './check-process.ts'
import { readProcess } from './read-process.ts'
import { collectReferences, type References } from './references.ts'
import { newReport, placeOf, type Report } from './report.ts'
import { judgeWarnings } from './warnings.ts'

/** How a model is read. */
export interface CompileOptions {
  /**
   * It is deployed already: its cases go on, also where this version would refuse it. Then the processes are given as far
   * as they can be read, whatever the findings.
   */
  readonly deployed?: boolean
}

/** A model read: its executable processes (none when it is refused), findings, and what it refers to. */
export interface CompiledModel {
  readonly processes: readonly ProcessDefinition[]
  readonly problems: readonly Problem[]
  readonly references: References
}

/** Root elements that only document or are referred to. */
const PASSIVE_ROOTS = new Set([
  'bpmn:Collaboration',
  'bpmn:Message',
  'bpmn:Error',
  'bpmn:Signal',
  'bpmn:Escalation',
  'bpmn:ItemDefinition',
  'bpmn:DataStore',
  'bpmn:Category',
])

/**
 * Reads a BPMN 2.0 file in the Camunda 8 dialect (decision D1). What would not be executed as drawn is refused with
 * the element and the reason (decision D8): sizes and DOCTYPE before parsing, every parser warning that touches
 * meaning, unknown elements and attributes, elements that are not executed, expressions that cannot be read.
 *
 * `resource` is the file name that problems carry. Forms and decisions are looked up by the caller
 * (`missingReferences`). Never throws for bad input.
 */
export async function compile(
  xml: string,
  resource: string,
  { deployed = false }: CompileOptions = {},
): Promise<CompiledModel> {
  const report = newReport(resource)
  const scanned = scanXml(xml, resource)
  if (scanned.length > 0 && !deployed) return { processes: [], problems: scanned, references: collectReferences([]) }
  const parsed = await parse(xml, report)
  const processes: ProcessDefinition[] = []
  if (parsed) {
    judgeWarnings(parsed.warnings, report)
    const roots = (parsed.rootElement.rootElements ?? []) as ModdleElement[]
    const drawn = roots.filter((root) => root.$type === 'bpmn:Process')
    for (const root of roots)
      if (root.$type !== 'bpmn:Process' && !PASSIVE_ROOTS.has(root.$type))
        report.add(placeOf(root), 'ELEMENT_NOT_EXECUTED', { type: root.$type })
    const executable = drawn.filter((process) => process.isExecutable === true)
    for (const process of drawn)
      if (!executable.includes(process))
        report.add(placeOf(process), 'PROCESS_NOT_EXECUTABLE', {}, executable.length > 0 ? 'warning' : 'error')
    if (drawn.length === 0) report.add({ id: null, name: resource }, 'PROCESS_NOT_EXECUTABLE')
    for (const bo of executable) {
      const process = readProcess(bo, report)
      checkProcess(process, report)
      processes.push(process)
    }
  }
  const problems = [...scanned, ...report.problems]
  const refused = !deployed && problems.some((problem) => problem.severity === 'error')
  return { processes: refused ? [] : processes, problems, references: collectReferences(report.uses) }
}

async function parse(xml: string, report: Report): Promise<ParseResult | null> {
  try {
    return await new BpmnModdle({ zeebe, bihuan }).fromXML(xml)
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    const line = /line: (\d+)/.exec(message)?.[1]
    report.add({ id: null, name: null }, 'XML_UNREADABLE', {
      message: (/nested error: (.*)/.exec(message)?.[1] ?? message.split('\n')[0] ?? '').slice(0, 200),
      line: line === undefined ? null : Number(line) + 1,
    })
    return null
  }
}
