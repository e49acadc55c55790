import type { TaskForm } from '../../api/shapes.ts'
import { t } from '../../i18n/i18n.ts'

type Component = Record<string, unknown>

/** Types that are no part of a page here: our own bar submits, and foreign content is never loaded. */
const LEFT_OUT = new Set(['button', 'html', 'iframe'])

const isComponent = (value: unknown): value is Component => typeof value === 'object' && value !== null

/**
 * The schema as it is shown: without submit buttons (the page has its own) and without foreign content. The pattern of a
 * field stands beside its other rules, where form-js does not look for it (`patternFault`).
 * On a phone fields stand below each other, so that the layout of columns is dropped.
 */
export function shownSchema(schema: Record<string, unknown>, phone: boolean): Record<string, unknown> {
  const walk = (component: Component): Component => {
    const next: Component = { ...component }
    if (phone && 'layout' in next) delete next.layout
    if (isComponent(component.validate) && typeof component.validate.pattern === 'string') {
      const { pattern, ...validate } = component.validate
      Object.assign(next, { pattern, validate })
    }
    if (Array.isArray(component.components)) {
      next.components = component.components
        .filter((child): child is Component => isComponent(child) && !LEFT_OUT.has(String(child.type)))
        .map(walk)
    }
    return next
  }
  return walk(schema)
}

/** What a form says of itself below its last line: its title and version. */
export function formFootnote(form: TaskForm): string {
  return t('form.footnote', { title: form.title ?? form.formId, version: form.version })
}
