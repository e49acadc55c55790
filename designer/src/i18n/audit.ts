import { zhCnAudit } from './audit/zh-cn.ts'
import { lazyCatalogue } from './lazy-catalogue.ts'

const catalogue = lazyCatalogue(zhCnAudit, async () => (await import('./audit/en.ts')).enAudit)

/** The words of the trail as auditors read it, and of archived cases: for a key, and those for a key that is put together from data. */
export const { say: au, sayMaybe: auMaybe, load: loadAuditEnglish } = catalogue
