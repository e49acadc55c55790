import { zhCnAudit } from './audit/zh-cn.ts'
import { lazyCatalogue } from './lazy-catalogue.ts'
import type { Words } from './words.ts'

/** The words of the trail as auditors read it, and of archived cases. */
export type AuditWords = Words<typeof zhCnAudit>

const catalogue = lazyCatalogue(zhCnAudit, async () => (await import('./audit/en.ts')).enAudit satisfies AuditWords)

/** The words for a key, and those for a key that is put together from data. */
export const { say: au, sayMaybe: auMaybe, load: loadAuditEnglish } = catalogue
