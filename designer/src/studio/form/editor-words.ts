import { dictionaryOf } from '../../i18n/bpmn-io/dictionary.ts'
import editor from '../../i18n/bpmn-io/form-editor.zh-cn.json'
import viewer from '../../i18n/bpmn-io/form-viewer.zh-cn.json'
import panel from '../../i18n/bpmn-io/panel.zh-cn.json'
import { language } from '../../i18n/i18n.ts'

const chinese = dictionaryOf(panel, viewer, editor)

/** Properties of JSX that people read or hear. */
const READ = [
  'children',
  'label',
  'title',
  'placeholder',
  'description',
  'tooltip',
  'aria-label',
  'name',
  'text',
  'alt',
]

/** A text of the form editor in the language of the app; itself when the dictionary has none. */
export function editorWord<T>(text: T): T | string {
  return typeof text === 'string' && language() === 'zh-CN' ? (chinese(text) ?? text) : text
}

/**
 * The properties of an element with its texts in the language of the app. The build sends all JSX of the form editor
 * through here (`vite/form-editor.ts`).
 */
export function inWords<T extends Record<string, unknown> | null>(props: T): T {
  if (!props || language() !== 'zh-CN') return props
  let next: Record<string, unknown> | undefined
  for (const name of READ) {
    const value = props[name]
    const words = typeof value === 'string' ? chinese(value) : Array.isArray(value) ? listInWords(value) : undefined
    if (words === undefined) continue
    next ??= { ...props }
    next[name] = words
  }
  return (next ?? props) as T
}

function listInWords(children: readonly unknown[]): unknown[] | undefined {
  const known = children.map((child) => (typeof child === 'string' ? chinese(child) : undefined))
  return known.some((words) => words !== undefined) ? children.map((child, i) => known[i] ?? child) : undefined
}
