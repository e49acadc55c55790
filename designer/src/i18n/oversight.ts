import { lazyCatalogue } from './lazy-catalogue.ts'
import { zhCnOversight } from './oversight/zh-cn.ts'

const catalogue = lazyCatalogue(zhCnOversight, async () => (await import('./oversight/en.ts')).enOversight)

/** The words of those who repair: for a key, and those for a key that is put together from data. */
export const { say: ot, sayMaybe: otMaybe, load: loadOversightEnglish } = catalogue
