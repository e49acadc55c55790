/** npm run conformance: writes `docs/conformance.md` anew. Exit code 1 when a cell is not executed. */
import { writeFileSync } from 'node:fs'
import { conformance, markdown } from '../test/conformance.ts'

const rows = await conformance()
writeFileSync(new URL('../../docs/conformance.md', import.meta.url), markdown(rows))
const holes = rows.filter((row) => row.status === 'not executed')
for (const { element, position } of holes) console.log(`not executed: ${element} ${position}`)
console.log(`conformance: ${rows.length} cells, ${holes.length} not executed`)
process.exitCode = holes.length === 0 ? 0 : 1
