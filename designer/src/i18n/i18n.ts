import { flatten } from '@solid-primitives/i18n'
import { createSignal } from 'solid-js'
import { fillIn } from './fill-in.ts'
import type { KeyOf, Words } from './words.ts'
import { zhCn } from './zh-cn.ts'

export type Language = 'zh-CN' | 'en'
export type WordKey = KeyOf<typeof zhCn>

const flat = (words: object): Record<string, string> =>
  flatten(words as Record<string, unknown>) as Record<string, string>

const storageName = 'bihuan.language'
const [language, setLanguageName] = createSignal<Language>('zh-CN')
const [catalogue, setCatalogue] = createSignal<Record<string, string>>(flat(zhCn))
const lookUp = (key: string, args?: Record<string, string | number>): string | undefined => {
  const words = catalogue()[key]
  return words === undefined ? undefined : fillIn(words, args)
}

export { language }

/** The words for a key in the reader's language; `{{ name }}` is replaced by `args.name`. Reactive. */
export function t(key: WordKey, args?: Record<string, string | number>): string {
  return lookUp(key, args) ?? key
}

/** The words for a key that is put together from data, or undefined when the catalogue has none. */
export function tMaybe(key: string, args?: Record<string, string | number>): string | undefined {
  return key in catalogue() ? lookUp(key, args) : undefined
}

/** Switches the language of the app and remembers it on this machine. English is loaded when it is asked for. */
export async function setLanguage(next: Language): Promise<void> {
  const words: Words<typeof zhCn> = next === 'en' ? (await import('./en.ts')).en : zhCn
  setCatalogue(flat(words))
  setLanguageName(next)
  document.documentElement.lang = next
  document.title = t('app.name')
  localStorage.setItem(storageName, next)
}

/** Restores the language chosen on this machine; Chinese when none was. */
export async function restoreLanguage(): Promise<void> {
  if (localStorage.getItem(storageName) === 'en') await setLanguage('en')
}

/** The words of a refusal in the reader's language: messages are keyed by language tag. */
export function inLanguage<T>(messages: Record<string, T>): T | undefined {
  const wanted = language()
  return (
    messages[wanted] ??
    messages[wanted.toLowerCase()] ??
    messages[wanted === 'en' ? 'en' : 'zh'] ??
    Object.values(messages)[0]
  )
}
