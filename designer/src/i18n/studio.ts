import { flatten, resolveTemplate } from '@solid-primitives/i18n'
import { createSignal } from 'solid-js'
import { language } from './i18n.ts'
import { zhCnStudio } from './studio/zh-cn.ts'
import type { KeyOf, Words } from './words.ts'

/** The words of the studio: a catalogue of its own, so that no phone loads it. */
export type StudioWords = Words<typeof zhCnStudio>
export type StudioKey = KeyOf<typeof zhCnStudio>

const flat = (words: object) => flatten(words as Record<string, unknown>) as Record<string, string>
const chinese = flat(zhCnStudio)
const [english, setEnglish] = createSignal<Record<string, string>>()

const catalogue = (): Record<string, string> => (language() === 'en' ? (english() ?? chinese) : chinese)

/** The studio's words for a key in the reader's language; `{{ name }}` is replaced by `args.name`. Reactive. */
export function st(key: StudioKey, args: Record<string, string | number> = {}): string {
  return resolveTemplate(catalogue()[key] ?? key, args)
}

/** The words for a key that is put together from data, or undefined when the catalogue has none. */
export function stMaybe(key: string, args: Record<string, string | number> = {}): string | undefined {
  const text = catalogue()[key]
  return text === undefined ? undefined : resolveTemplate(text, args)
}

/** Loads the English words; the shell of the studio calls it when the language is English. */
export async function loadStudioEnglish(): Promise<void> {
  if (!english()) setEnglish(flat((await import('./studio/en.ts')).enStudio satisfies StudioWords))
}
