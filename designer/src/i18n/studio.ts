import { lazyCatalogue } from './lazy-catalogue.ts'
import { zhCnStudio } from './studio/zh-cn.ts'
import type { KeyOf, Words } from './words.ts'

/** The words of the studio. */
export type StudioWords = Words<typeof zhCnStudio>
export type StudioKey = KeyOf<typeof zhCnStudio>

const catalogue = lazyCatalogue(zhCnStudio, async () => (await import('./studio/en.ts')).enStudio satisfies StudioWords)

/** The studio's words for a key, and those for a key that is put together from data. */
export const { say: st, sayMaybe: stMaybe, load: loadStudioEnglish } = catalogue
