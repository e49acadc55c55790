import { eq } from 'drizzle-orm'
import { expect, it } from 'vitest'
import { buildRow, emptyHead } from '../../audit/chain.ts'
import { verifyTrail } from '../../audit/verify.ts'
import { insert, update } from '../../db/row-change.ts'
import { code, type HostPlay, keyOf, kinds, seed, twoTasks } from './host-play.ts'

/** Streams that somebody else writes, and disks that fail. */
export function conflicts(play: HostPlay): void {
  it('goes on when somebody else has written the stream: reloads and judges again', async () => {
    await play.deploy(twoTasks)
    const started = await play.start({ subject: 'x' })
    const { stream } = started
    const { tables, read } = play.host.store
    const [head] = await read.select().from(tables.stream).where(eq(tables.stream.stream, stream))
    const foreign = buildRow(
      stream,
      { sequence: head!.sequence, hash: head!.hash, records: head!.records },
      {
        kind: 'variables.set',
        key: started.instanceKey,
        version: 1,
        value: {},
        at: 1,
        actor: seed,
        requestId: 'foreign',
      },
      [
        {
          kind: 'variables.set',
          key: started.instanceKey,
          version: 1,
          value: { scopeKey: started.instanceKey, variables: { foreign: true } },
        },
      ],
    )
    // A second server, as PostgreSQL allows: it has read the same head and was faster.
    await play.host.store.write([
      {
        lock: insert('trail', foreign.trail),
        changes: [insert('payload', foreign.payload), update('stream', foreign.head, { stream })],
        owner: null,
      },
    ])
    const answer = await play.complete(keyOf(started.facts, 'userTask.created'), 'c')
    expect(answer.sequence).toBe(3)
    expect((await verifyTrail(play.host.store)).intact).toBe(true)
  })

  it('gives up after five conflicts', async () => {
    await play.deploy(twoTasks)
    const started = await play.start({ subject: 'x' })
    // A row ahead of the head: every attempt meets it.
    const ahead = buildRow(
      started.stream,
      { ...emptyHead, sequence: 1 },
      { kind: 'x', key: null, version: 1, value: {}, at: 1, actor: seed, requestId: '' },
      [],
    )
    await play.host.store.write([{ lock: insert('trail', ahead.trail), changes: [], owner: null }])
    expect(await code(play.complete(keyOf(started.facts, 'userTask.created'), 'c'))).toBe('STATE_CONFLICT')
  })

  it('F04 answers a failed disk with its refusal, judges what came after it anew, and recovers', async () => {
    let failing = false
    await play.reopen({
      point: (name) => {
        if (failing && name === 'trail.written') throw Object.assign(new Error('disk'), { code: 'SQLITE_IOERR_WRITE' })
      },
    })
    await play.deploy(twoTasks)
    const task = keyOf((await play.start({ subject: 'x' })).facts, 'userTask.created')
    failing = true
    const both = await Promise.all([code(play.complete(task, 'c1')), code(play.complete(task, 'c2'))])
    expect(both).toEqual(['STORAGE_UNAVAILABLE', 'STORAGE_UNAVAILABLE'])
    expect(play.host.health()).toMatchObject({ status: 'storage_unavailable', reason: 'SQLITE_IOERR_WRITE' })
    failing = false
    expect(kinds(await play.complete(task, 'c1'))).toContain('userTask.completed')
    expect(play.host.health().status).toBe('up')
    expect((await verifyTrail(play.host.store)).intact).toBe(true)
  })
}
