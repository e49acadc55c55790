// The other side of scan.ts: runs one statement after the other and answers in their order. JavaScript, since Node.js 20
// loads no TypeScript in a worker thread.
import { parentPort, workerData } from 'node:worker_threads'
import LibSql from 'libsql'

const database = new LibSql(workerData.path, { timeout: 5_000 })
for (const setting of ['query_only = ON', 'temp_store = MEMORY', 'cache_size = -16384'])
  database.prepare(`PRAGMA ${setting}`).all()

function answer({ sql, parameters }) {
  try {
    return { rows: database.prepare(sql).raw(true).all(parameters) }
  } catch (error) {
    return { message: error.message, code: error.code }
  }
}

parentPort.on('message', (asked) => {
  if (asked !== null) return parentPort.postMessage(answer(asked))
  database.close()
  parentPort.close()
})
