import zh from './bpmn-io/form-viewer.zh-cn.json'
import { language } from './i18n.ts'

const words: Record<string, string> = zh

/** A text of form-js in the language of the app; `{name}` in it is filled from `values`. */
export function formWord(template: string, values: Record<string, unknown> = {}): string {
  const text = language() === 'zh-CN' ? (words[template] ?? template) : template
  return text.replace(/{([^}]+)}/g, (whole, name: string) => (name in values ? String(values[name]) : whole))
}
