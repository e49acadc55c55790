/**
 * Writes `runtime/verifier/verify-bihuan.html`: the stand-alone verifier with a page around it, in one file that can be
 * opened from a disk. `npx tsx runtime/scripts/verifier-page.ts`; the same input gives the same page.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { verifierPage } from '../verifier/page.ts'

const at = (name: string) => fileURLToPath(new URL(`../verifier/${name}`, import.meta.url))
writeFileSync(at('verify-bihuan.html'), verifierPage(readFileSync(at('verify-bihuan.mjs'), 'utf8')))
