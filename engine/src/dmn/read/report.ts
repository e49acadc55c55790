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
    const holder = element && holderOf(element)
    problems.push({
      code,
      severity,
      resource,
      elementId: holder ? text(holder.id) : null,
      elementName: holder ? text(holder.name) : null,
      facts,
    })
  }

/** The decision, or what else stands in a file by itself, that an element is part of: people know it by name. */
function holderOf(element: ModdleElement): ModdleElement {
  const parent = one(element.$parent)
  return parent && parent.$type !== 'dmn:Definitions' ? holderOf(parent) : element
}

export const text = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null)
export const many = (value: unknown): ModdleElement[] => (Array.isArray(value) ? (value as ModdleElement[]) : [])
export const one = (value: unknown): ModdleElement | null =>
  typeof value === 'object' && value !== null ? (value as ModdleElement) : null
export const bodyOf = (element: ModdleElement | null): string => (element ? (text(element.text) ?? '') : '')
export const firstLine = (message: string): string => (message.split('\n')[0] ?? '').trim()
