import { lazyCatalogue } from './lazy-catalogue.ts'
import { zhCnOversight } from './oversight/zh-cn.ts'
import type { Words } from './words.ts'

/** The words of those who repair. */
export type OversightWords = Words<typeof zhCnOversight>

const catalogue = lazyCatalogue(
  zhCnOversight,
  async () => (await import('./oversight/en.ts')).enOversight satisfies OversightWords,
)

/** The words for a key, and those for a key that is put together from data. */
export const { say: ot, sayMaybe: otMaybe, load: loadOversightEnglish } = catalogue
