import { flatten } from '@solid-primitives/i18n'
import { createSignal } from 'solid-js'
import { fillIn } from './fill-in.ts'
import { language } from './i18n.ts'
import type { KeyOf, Words } from './words.ts'

const flat = (words: object) => flatten(words as Record<string, unknown>) as Record<string, string>

/**
 * A catalogue of its own for a part of the app that no phone loads. English comes when `load` is called: the part does
 * so when the language is English.
 */
export function lazyCatalogue<const T extends object>(chineseWords: T, loadEnglish: () => Promise<Words<T>>) {
  const chinese = flat(chineseWords)
  const [english, setEnglish] = createSignal<Record<string, string>>()
  const catalogue = (): Record<string, string> => (language() === 'en' ? (english() ?? chinese) : chinese)
  return {
    /** The words for a key in the reader's language; `{{ name }}` is replaced by `args.name`. Reactive. */
    say: (key: KeyOf<T>, args: Record<string, string | number> = {}): string => fillIn(catalogue()[key] ?? key, args),
    /** The words for a key that is put together from data, or undefined when the catalogue has none. */
    sayMaybe(key: string, args: Record<string, string | number> = {}): string | undefined {
      const text = catalogue()[key]
      return text === undefined ? undefined : fillIn(text, args)
    },
    async load(): Promise<void> {
      if (!english()) setEnglish(flat(await loadEnglish()))
    },
  }
}
