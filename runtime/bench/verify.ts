import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { pathToFileURL } from 'node:url'
import { Prover } from '../src/audit/proof.ts'
import { verifyDatabase } from '../src/audit/verify-database.ts'
import { openReader } from '../src/db/libsql-reader.ts'
import { makeTrail } from './trail.ts'

const PROOFS = 500

/**
 * Verifies a sealed trail of so many rows and makes proofs from it; times in seconds, a proof in milliseconds (median).
 */
export async function measureVerify(rows: number) {
  const folder = mkdtempSync(join(tmpdir(), 'bihuan-verify-'))
  try {
    const path = join(folder, 'trail.db')
    await makeTrail(path, folder, rows)
    const begin = performance.now()
    const found = await verifyDatabase(path)
    const seconds = (performance.now() - begin) / 1000
    if (!found.intact || found.trail.rows !== rows || found.unsealed !== 0)
      throw new Error(`Expected a whole trail of ${rows} rows, but found ${JSON.stringify(found.trail)}`)
    return { rows, seconds, proof: await measureProof(path, rows) }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Each proof by a prover of its own: nothing of the tree is in its memory. */
async function measureProof(path: string, rows: number): Promise<number> {
  const reader = openReader(path)
  try {
    const times: number[] = []
    for (let i = 0; i < PROOFS; i += 1) {
      const stream = 1024 + Math.floor((i * rows) / 10 / PROOFS)
      const begin = performance.now()
      const proof = await new Prover(reader).inclusion(stream, 5)
      times.push(performance.now() - begin)
      if (!proof) throw new Error(`Expected a proof of stream ${stream}`)
    }
    return times.sort((a, b) => a - b)[PROOFS >> 1]!
  } finally {
    reader.close()
  }
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const { rows, seconds, proof } = await measureVerify(Number(process.argv[2] ?? 1_000_000))
  console.log(`G9 ${rows} rows verified in ${seconds.toFixed(1)} s, an inclusion proof in ${proof.toFixed(2)} ms`)
}
