import type { ModdleElement } from 'bpmn-moddle'
import { parseCandidates } from '../element/candidate.ts'
import type { Reader } from '../element/element.ts'
import { readThrow, readTrigger } from '../element/event/all.ts'
import { compileExpression, type Expression, staticExpression } from '../feel/index.ts'
import type { Binding, JobSpec } from '../model/definition.ts'
import { placeOf, type Report } from './report.ts'

/** Extension elements of a moddle element. */
export function extensionsOf(bo: ModdleElement): readonly ModdleElement[] {
  return (bo.extensionElements?.values ?? []) as ModdleElement[]
}

const NAME = /^[\p{L}_][\p{L}\p{N}_]*$/u
/** How deep a mapping may write into a context. */
const MAX_PARTS = 50
const RESERVED = new Set(['parameters', 'case', 'loopCounter'])

/** A reader that reports at the given element. */
export function readerOf(bo: ModdleElement, report: Report): Reader {
  const place = placeOf(bo)
  const compiled = (source: string, property: string): Expression | null => {
    if (!report.meter.take(source)) return null
    const result = compileExpression(source)
    if ('expression' in result) return result.expression
    report.add(place, 'EXPRESSION_INVALID', {
      property,
      expression: source.slice(0, 200),
      position: result.at + 1,
      message: result.error,
    })
    return null
  }
  const expression = (text: unknown, property = ''): Expression | null => {
    if (typeof text !== 'string' || text.trim() === '') return null
    const trimmed = text.trim()
    return trimmed.startsWith('=') ? compiled(trimmed.slice(1).trim(), property) : staticExpression(trimmed)
  }
  const reader: Reader = {
    problem: (code, facts, severity) => report.add(place, code, facts, severity),
    extension: (owner, type) => extensionsOf(owner).find((one) => one.$type === type) ?? null,
    expression: (text) => expression(text),
    required(text, what) {
      if (typeof text === 'string' && text.trim() !== '' && text.trim() !== '=') return expression(text, what)
      report.add(place, 'EXPRESSION_MISSING', { property: what })
      return null
    },
    feel(text, what) {
      const source = typeof text === 'string' ? text.trim().replace(/^=/, '').trim() : ''
      if (source !== '') return compiled(source, what)
      report.add(place, 'EXPRESSION_MISSING', { property: what })
      return null
    },
    literal(text, what) {
      if (typeof text === 'string' && text.trim() !== '' && !text.trim().startsWith('=')) return expression(text)
      report.add(place, 'EXPRESSION_MISSING', { property: what })
      return null
    },
    job: (owner) => readJob(owner, reader),
    headers: (owner) => readHeaders(reader.extension(owner, 'zeebe:TaskHeaders')),
    jobPriority: (owner) => readJobPriority(owner, reader),
    listener: (owner, listener) => readListener(owner, listener, reader),
    binding(extension): Binding {
      if (extension.bindingType === 'deployment') return { kind: 'deployment' }
      if (extension.bindingType !== 'versionTag') return { kind: 'latest' }
      const tag = reader.literal(extension.versionTag, `${extension.$type} versionTag`)
      return { kind: 'versionTag', versionTag: tag?.source ?? '' }
    },
    variable(text, what, dotted = false) {
      const names = typeof text === 'string' ? text.split('.') : []
      const [head] = names
      if (
        head !== undefined &&
        names.every((name) => NAME.test(name)) &&
        !RESERVED.has(head) &&
        (dotted ? names.length <= MAX_PARTS : names.length === 1)
      )
        return String(text)
      if (text === undefined || text === '') report.add(place, 'EXPRESSION_MISSING', { property: what })
      else
        report.add(place, 'EXPRESSION_INVALID', {
          property: what,
          expression: String(text).slice(0, 200),
          position: 1,
          message: 'expected the name of a variable that may be written',
        })
      return null
    },
    candidates: (text) => (typeof text === 'string' ? parseCandidates(text) : []),
    form(owner) {
      const definition = reader.extension(owner, 'zeebe:FormDefinition')
      if (!definition) return null
      if (definition.formKey || definition.externalReference) {
        report.add(place, 'ELEMENT_NOT_EXECUTED', { type: 'zeebe:formDefinition without formId' })
        return null
      }
      const binding = reader.binding(definition)
      const formId = typeof definition.formId === 'string' && definition.formId !== '' ? definition.formId : null
      if (formId === null) report.add(place, 'EXPRESSION_MISSING', { property: 'zeebe:formDefinition formId' })
      else use('form', formId, binding)
      return formId === null ? null : { formId, binding }
    },
    formId(text) {
      if (typeof text !== 'string' || text === '') return null
      use('form', text)
      return text
    },
    decision: (id, binding) => use('decision', id, binding),
    process: (id, binding) => use('process', id, binding),
    trigger: (event, position) => readTrigger(event, position, reader),
    throws: (event, position) => readThrow(event, position, reader),
  }
  function use(kind: 'form' | 'decision' | 'process', id: string, binding: Binding = { kind: 'latest' }): void {
    report.uses.push({
      kind,
      id,
      binding,
      resource: report.resource,
      elementId: place.id ?? '',
      elementName: place.name,
    })
  }
  return reader
}

/** The job of a `zeebe:taskDefinition`. */
function readJob(owner: ModdleElement, reader: Reader): JobSpec | null {
  const definition = reader.extension(owner, 'zeebe:TaskDefinition')
  const jobType = definition?.type ? reader.expression(definition.type) : null
  if (!definition || !jobType) {
    if (!definition?.type) reader.problem('JOB_TYPE_MISSING')
    return null
  }
  return {
    jobType,
    retries: reader.expression(definition.retries),
    priority: reader.jobPriority(owner),
    headers: reader.headers(owner),
  }
}

/** A listener: a job with the attributes at the listener itself (Zeebe: "Task headers" of a listener). */
function readListener(owner: ModdleElement, listener: ModdleElement, reader: Reader): JobSpec | null {
  const jobType = reader.expression(listener.type)
  if (!jobType) {
    reader.problem('JOB_TYPE_MISSING')
    return null
  }
  const own = readHeaders((listener.headers as ModdleElement | undefined) ?? null)
  return {
    jobType,
    retries: reader.expression(listener.retries),
    priority: null,
    headers: { ...reader.headers(owner), ...own },
  }
}

function readJobPriority(owner: ModdleElement, reader: Reader): Expression | null {
  for (let at: ModdleElement | undefined = owner; at; at = at.$parent as ModdleElement | undefined) {
    const given: unknown = reader.extension(at, 'zeebe:JobPriorityDefinition')?.priority
    if ((at === owner || at.$type === 'bpmn:Process') && given !== undefined) return reader.expression(given)
  }
  return null
}

/** The entries of a `zeebe:taskHeaders`. */
function readHeaders(headers: ModdleElement | null): { readonly [name: string]: string } {
  const values = (headers?.values ?? []) as ModdleElement[]
  return Object.fromEntries(values.map((header) => [String(header.key), String(header.value ?? '')]))
}
