import type { ModdleElement } from 'bpmn-moddle'
import { parseCandidates } from '../element/candidate.ts'
import type { EventPosition, Reader } from '../element/element.ts'
import { readError } from '../element/trigger/error.ts'
import { readMessage } from '../element/trigger/message.ts'
import { readTimer } from '../element/trigger/timer.ts'
import { compileExpression, type Expression, staticExpression } from '../feel/index.ts'
import type { EventTrigger } from '../model/definition.ts'
import { placeOf, type Report } from './report.ts'

/** Extension elements of a moddle element. */
export function extensionsOf(bo: ModdleElement): readonly ModdleElement[] {
  return (bo.extensionElements?.values ?? []) as ModdleElement[]
}

const NAME = /^[\p{L}_][\p{L}\p{N}_]*$/u
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
    variable(text, what, dotted = false) {
      const names = typeof text === 'string' ? text.split('.') : []
      const [head] = names
      if (
        head !== undefined &&
        names.every((name) => NAME.test(name)) &&
        !RESERVED.has(head) &&
        (dotted || names.length === 1)
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
      const formId = reader.formId(definition.formId)
      if (formId === null) report.add(place, 'EXPRESSION_MISSING', { property: 'zeebe:formDefinition formId' })
      return formId === null ? null : { formId }
    },
    formId(text) {
      if (typeof text !== 'string' || text === '') return null
      use('form', text)
      return text
    },
    decision: (id) => use('decision', id),
    trigger: (event, position) => readTrigger(event, position, reader),
  }
  function use(kind: 'form' | 'decision', id: string): void {
    report.uses.push({ kind, id, resource: report.resource, elementId: place.id ?? '', elementName: place.name })
  }
  return reader
}

function readTrigger(bo: ModdleElement, position: EventPosition, reader: Reader): EventTrigger | null {
  const [definition, more] = (bo.eventDefinitions ?? []) as ModdleElement[]
  if (!definition || more || bo.parallelMultiple === true) {
    reader.problem('EVENT_NOT_EXECUTED', { type: definition ? 'several event definitions' : 'no event definition' })
    return null
  }
  if (definition.$type !== 'bpmn:MessageEventDefinition' && reader.extension(bo, 'bihuan:CaseAction')) {
    reader.problem('ELEMENT_NOT_EXECUTED', { type: `bihuan:caseAction at ${definition.$type}` })
    return null
  }
  const interrupting = position === 'start' ? bo.isInterrupting !== false : bo.cancelActivity !== false
  if (definition.$type === 'bpmn:TimerEventDefinition') return readTimer(definition, position, interrupting, reader)
  if (definition.$type === 'bpmn:MessageEventDefinition') return readMessage(bo, definition, reader)
  if (definition.$type === 'bpmn:ErrorEventDefinition' && position !== 'catch')
    return readError(definition, interrupting, reader)
  reader.problem('EVENT_NOT_EXECUTED', { type: definition.$type })
  return null
}
