import { language } from '../i18n.ts'
import bpmn from './bpmn.zh-cn.json'
import panel from './panel.zh-cn.json'

const words: Readonly<Record<string, string>> = { ...bpmn, ...panel }

/**
 * What the diagram libraries ask for each text of theirs (their `translate` service).
 * @param template English text, with `{name}` for what `values` holds
 * @returns the text in the reader's language; the English one where the dictionaries have none
 */
export function diagramWord(template: string, values: object = {}): string {
  const text = language() === 'zh-CN' ? (words[template] ?? template) : template
  const facts = values as Readonly<Record<string, unknown>>
  return text.replace(/{([^}]+)}/g, (whole, name: string) => (name in facts ? String(facts[name]) : whole))
}
