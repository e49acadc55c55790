import type { ModdleElement } from 'bpmn-moddle'
import type { ProblemCode } from '../../problem/catalog.ts'
import type { Reason } from '../../problem/facts.ts'
import type { Facts, Problem } from '../../problem/problem.ts'

/** Says what is wrong with an element. */
export type Report = (
  code: ProblemCode,
  element: ModdleElement | null,
  facts?: Facts & { readonly reason?: Reason },
  severity?: Problem['severity'],
) => void

export const reportTo =
  (problems: Problem[], resource: string): Report =>
  (code, element, facts = {}, severity = 'error') => {
    problems.push({
      code,
      severity,
      resource,
      elementId: element ? text(element.id) : null,
      elementName: element ? text(element.name) : null,
      facts,
    })
  }

export const text = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null)
export const many = (value: unknown): ModdleElement[] => (Array.isArray(value) ? (value as ModdleElement[]) : [])
export const one = (value: unknown): ModdleElement | null =>
  typeof value === 'object' && value !== null ? (value as ModdleElement) : null
export const bodyOf = (element: ModdleElement | null): string => (element ? (text(element.text) ?? '') : '')
export const firstLine = (message: string): string => (message.split('\n')[0] ?? '').trim()
