import { language } from '../i18n.ts'
import dmn from './dmn.zh-cn.json'
import panel from './panel.zh-cn.json'

/** `Before`, `After` and `Any` mean something else in a decision than in a panel: the decision's words win. */
const words: Readonly<Record<string, string>> = { ...panel, ...dmn }

/**
 * What the decision editor asks for each text of its own (its `translate` service).
 * @param template English text, with `{name}` for what `values` holds
 */
export function decisionWord(template: string, values: object = {}): string {
  const text = language() === 'zh-CN' ? (words[template] ?? template) : template
  const facts = values as Readonly<Record<string, unknown>>
  return text.replace(/{([^}]+)}/g, (whole, name: string) => (name in facts ? String(facts[name]) : whole))
}
