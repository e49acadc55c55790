import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import LibSql from 'libsql'
import { SafeConnection } from '../src/db/libsql-connection.ts'
import { openLibsqlStore } from '../src/db/libsql-store.ts'
const folder = mkdtempSync(join(tmpdir(), 'b-'))
const mk = async (n: string) => { const p = join(folder, n); await (await openLibsqlStore(p, { lock: false })).close(); return new LibSql(p) }
for (const mult of [1, 4, 16, 64]) {
  const db = await mk(`m${mult}.db`)
  db.exec('PRAGMA synchronous=FULL')
  const cols = ['key','instance_key','element_id','element_type','name','scope_key','causes','loop_counter','stage','state','started_at','ended_at']
  const st = db.prepare(`INSERT INTO element_instance (${cols.join()}) VALUES ${Array(mult).fill(`(${cols.map(()=>'?').join()})`).join()}`)
  const begin = db.prepare('BEGIN IMMEDIATE'), commit = db.prepare('COMMIT')
  const N = 64*400
  let k = 2**30
  let t = 0
  for (let i = 0; i < N; i += 64) {
    begin.run([])
    const s = performance.now()
    for (let j = 0; j < 64; j += mult) {
      const a = []
      for (let q = 0; q < mult; q++) { k += 1; a.push(k, k>>3, 'elem', 'userTask', 'name', k, '[12345]', null, 0, 'active', 1774000000000, null) }
      st.run(a)
    }
    t += performance.now() - s
    commit.run([])
  }
  console.log('mult', mult, (t*1000/N).toFixed(2), 'us/row')
}
rmSync(folder, { recursive: true })
