import type { Problem } from '@bihuan/engine'
import type { Element } from 'bpmn-js/lib/model/Types'
import { st } from '../../i18n/studio.ts'
import type { StudioModeler } from './services.ts'

/** What is wrong at one element. */
export interface ElementProblems {
  readonly elementId: string
  readonly problems: readonly Problem[]
  readonly severity: Problem['severity']
}

const KIND = 'studio-problem'

/**
 * Findings of one file by element, errors before warnings; findings without an element are left to the list.
 * @param around ids of the elements that hide one inside: what is found there is told at them, too
 */
export function byElement(
  problems: readonly Problem[],
  resource: string,
  around: (elementId: string) => readonly string[] = () => [],
): ElementProblems[] {
  const found = new Map<string, Problem[]>()
  for (const problem of problems) {
    if (problem.resource !== resource || !problem.elementId) continue
    for (const elementId of [problem.elementId, ...around(problem.elementId)])
      found.set(elementId, [...(found.get(elementId) ?? []), problem])
  }
  return [...found].map(([elementId, list]) => ({
    elementId,
    severity: list.some(({ severity }) => severity === 'error') ? 'error' : 'warning',
    problems: list.toSorted((a, b) => Number(b.severity === 'error') - Number(a.severity === 'error')),
  }))
}

/** The sub-processes, from the inside out, that are drawn apart and hold this element: it is not seen beside them. */
export function subProcessesAround(modeler: StudioModeler, elementId: string): readonly string[] {
  const registry = modeler.get('elementRegistry')
  const element = registry.get(elementId)
  const root = element && modeler.get('canvas').findRoot(element)
  const holder: string | undefined = root?.businessObject?.id
  if (!root || !holder || holder === root.id || !registry.get(holder)) return []
  return [holder, ...subProcessesAround(modeler, holder)]
}

/**
 * Shows a dot on each element with findings, in place of the dots that stood there.
 * @param onPress what to do when a dot is pressed
 */
export function markProblems(
  modeler: StudioModeler,
  found: readonly ElementProblems[],
  onPress: (problems: ElementProblems, dot: HTMLElement) => void,
): void {
  const overlays = modeler.get('overlays')
  const registry = modeler.get('elementRegistry')
  overlays.remove({ type: KIND })
  for (const problems of found) {
    const element = registry.get(problems.elementId)
    if (!element || element === modeler.get('canvas').getRootElement()) continue
    const dot = dotOf(problems, element)
    dot.addEventListener('click', () => onPress(problems, dot))
    overlays.add(element, KIND, { position: placeOf(element), html: dot, scale: false })
  }
}

function dotOf({ severity, problems }: ElementProblems, element: Element): HTMLElement {
  const dot = document.createElement('button')
  dot.type = 'button'
  dot.className = `problem-dot ${severity}`
  dot.textContent = problems.length > 1 ? String(problems.length) : '!'
  const name = element.businessObject.name || st('bpmn.noName')
  dot.setAttribute('aria-label', st('bpmn.problemHere', { name, n: problems.length }))
  return dot
}

/** At the upper right corner of a shape, or at the middle of an arrow. */
function placeOf(element: Element): object {
  if (!('waypoints' in element)) return { top: -11, right: 11 }
  const points = element.waypoints as { x: number; y: number }[]
  const left = Math.min(...points.map(({ x }) => x))
  const top = Math.min(...points.map(({ y }) => y))
  const at = Math.floor((points.length - 1) / 2)
  const [from, to] = [points[at]!, points[at + 1] ?? points[at]!]
  return { left: (from.x + to.x) / 2 - left - 11, top: (from.y + to.y) / 2 - top - 11 }
}
