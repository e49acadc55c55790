import { eq } from 'drizzle-orm'
import { SMTPServer } from 'smtp-server'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ConnectorPlay, connectorModel, Target } from '../testing/connector-play.ts'
import { isSigned } from './signature.ts'

/** A real mail server on this machine that takes, or refuses, what it is sent. */
class MailServer {
  readonly mails: { readonly to: readonly string[]; readonly text: string }[] = []
  refuses: (to: readonly string[], text: string) => boolean = () => false
  readonly #server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData: (stream, session, done) => {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => {
        const to = session.envelope.rcptTo.map(({ address }) => address)
        const text = Buffer.concat(chunks).toString()
        if (this.refuses(to, text)) return done(Object.assign(new Error('later'), { responseCode: 451 }))
        this.mails.push({ to, text })
        done()
      })
    },
  })
  async listen(): Promise<string> {
    const listening = await new Promise<{ address(): unknown }>((done) => {
      const server = this.#server.listen(0, '127.0.0.1', () => done(server))
    })
    return `smtp://127.0.0.1:${(listening.address() as { port: number }).port}`
  }
  close(): Promise<void> {
    return new Promise((done) => this.#server.close(() => done()))
  }
}

let play: ConnectorPlay
let mail: MailServer
beforeEach(async () => {
  mail = new MailServer()
  play = await ConnectorPlay.open({ smtpUrl: await mail.listen(), secrets: { SIGN: 'signing-key' } })
  const { person, position } = play.host.store.tables
  const at = new Date(play.host.clock.now())
  const people = [
    ['p1', 'p1@people.invalid'],
    ['p2', 'p2@example.cn'],
    ['p3', 'p3@example.cn'],
  ] as const
  for (const [id, email] of people) {
    const row = { id, name: id, username: id, email, emailVerified: true, image: null, createdAt: at, updatedAt: at }
    await play.host.store.single.insert(person).values(row)
  }
  const held = [
    ['p1', 'clerk', 'v1'],
    ['p2', 'clerk', 'v1'],
    ['p3', 'reviewer', 't1'],
    ['p3', 'clerk', 't1'],
  ] as const
  for (const [personId, role, unitId] of held)
    await play.host.store.single.insert(position).values({ personId, role, unitId, since: 0 })
})
afterEach(async () => {
  await play.close()
  await mail.close()
})

const notify = (inputs: { readonly [name: string]: string }) =>
  connectorModel('bihuan.notify', { title: '="Road " + name', text: '="is done"', ...inputs })
const run = async (inputs: { readonly [name: string]: string }, variables = {}) => {
  await play.deploy(notify(inputs))
  const { instanceKey } = await play.start({ name: 'A', ...variables })
  await play.settle()
  return instanceKey
}
const incidents = async () => (await play.rows('incident')).map(({ facts }) => facts.message)

describe('bihuan.notify', () => {
  it('tells in the app who holds a role in the unit of the case or above it, each once', async () => {
    const instanceKey = await run({ roles: '=["clerk", "reviewer@township"]', people: '=["p1"]' })
    const [job] = await play.rows('job')
    const rows = (await play.rows('notification')).map(({ receiver, title, text, channel, ...row }) => {
      expect(row).toMatchObject({ instanceKey, jobKey: job!.key, readAt: null })
      return [channel, receiver, title, text]
    })
    expect(rows.sort()).toEqual(['p1', 'p2', 'p3'].map((id) => ['app', id, 'Road A', 'is done']))
    expect(play.notified.map((one) => one.toSorted())).toEqual([['p1', 'p2', 'p3']])
    expect(await play.variable('notified')).toBe(3)
  })

  it('takes as many roles as a list may hold', async () => {
    const roles = Array.from({ length: 998 }, (_, i) => `role${i}`)
    await run({ roles: '=others' }, { others: [...roles, 'clerk', 'reviewer@township'] })
    expect(await incidents()).toEqual([])
    expect((await play.rows('notification')).map(({ receiver }) => receiver).sort()).toEqual(['p1', 'p2', 'p3'])
  })

  it('is an incident when nobody would be told, and names no one', async () => {
    await run({ roles: '=["mayor"]' })
    await run({ roles: '=["clerk@county"]' })
    await run({ people: '=["somebody"]' })
    await run({})
    await run({ roles: '=["clerk"]' }, { name: 'x\r\nBcc: all@example.cn' })
    expect(await incidents()).toEqual([
      expect.stringMatching(/^INPUT_INVALID: roles/),
      expect.stringMatching(/^INPUT_INVALID: roles/),
      expect.stringMatching(/^INPUT_INVALID: people/),
      expect.stringMatching(/^INPUT_INVALID: people, roles/),
      expect.stringMatching(/^INPUT_INVALID: title/),
    ])
    expect(await play.rows('notification')).toEqual([])
  })

  it('sends a mail each to those who have an address, and only what is left after a failure', async () => {
    mail.refuses = ([to]) => to === 'p3@example.cn' && mail.mails.length < 2
    const instanceKey = await run({
      channel: '="mail"',
      roles: '=["clerk", "reviewer@township"]',
      addresses: '=["desk@example.cn"]',
    })
    expect(mail.mails.map(({ to }) => to)).toEqual([['p2@example.cn']])
    const [failed] = await play.rows('job')
    expect(failed!.errorMessage).toMatch(/^MAIL_NOT_TAKEN: /)
    expect(failed!.errorMessage).not.toContain('p3')
    mail.refuses = () => false
    await play.pass(60_000)
    expect(mail.mails.map(({ to }) => to)).toEqual([['p2@example.cn'], ['p3@example.cn'], ['desk@example.cn']])
    expect(mail.mails[0]!.text).toContain(`https://cases.example.cn/cases/${instanceKey}`)
    expect(mail.mails[0]!.text).toContain('Subject: Road A')
    const ids = mail.mails.map(({ text }) => /^Message-ID: (.*)$/im.exec(text)![1]!)
    expect(ids[0]).toMatch(new RegExp(`^<${failed!.key}\\.\\w+@bihuan\\.invalid>$`))
    expect(new Set(ids).size).toBe(3)
    expect(await play.rows('processInstance')).toMatchObject([{ state: 'completed' }])
  })

  it('gives a mail the same Message-ID at every attempt, whoever else is told by then', async () => {
    const ids: string[] = []
    mail.refuses = ([to], text) => {
      if (to === 'p3@example.cn') ids.push(/^Message-ID: (.*)$/im.exec(text)![1]!)
      return to === 'p3@example.cn' && ids.length === 1
    }
    await run({ channel: '="mail"', roles: '=["clerk", "reviewer@township"]' })
    expect(ids).toHaveLength(1)
    const { position } = play.host.store.tables
    await play.host.store.single.delete(position).where(eq(position.personId, 'p2'))
    await play.pass(60_000)
    expect(ids).toEqual([ids[0], ids[0]])
  })

  it('F06 sends no further mail when the server stops: who runs next could not know of it', async () => {
    let stop = () => {}
    mail.refuses = () => {
      stop()
      return false
    }
    await play.deploy(notify({ channel: '="mail"', roles: '=["clerk", "reviewer@township"]' }))
    await play.start({ name: 'A' })
    let stopped = Promise.resolve()
    stop = () => {
      stopped = play.connectors.close()
    }
    await play.settle()
    await stopped
    expect(mail.mails.map(({ to }) => to)).toEqual([['p2@example.cn']])
    mail.refuses = () => false
    await play.reopen()
    await play.settle()
    expect(mail.mails.map(({ to }) => to)).toEqual([['p2@example.cn'], ['p3@example.cn']])
  })

  it('I18 takes no address that is more than one', async () => {
    for (const address of [
      'a@example.cn, b@example.cn',
      'A <a@example.cn>',
      'a@example.cn\\nBcc: b@example.cn',
      '@',
      '',
    ])
      await run({ channel: '="mail"', addresses: `=["${address}"]` })
    expect((await incidents()).filter((message) => /^INPUT_INVALID: addresses/.test(String(message)))).toHaveLength(5)
    expect(mail.mails).toEqual([])
  })

  it('calls another system with a signature over time, delivery and body, which says who is meant', async () => {
    const target = await new Target().listen()
    await run({ channel: '="webhook"', url: `="${target.url}/in"`, secret: '="SIGN"' })
    const [{ headers, body }] = target.received as [(typeof target.received)[number]]
    const id = String(headers['x-bihuan-delivery'])
    const signature = String(headers['x-bihuan-signature'])
    const now = play.host.clock.now()
    expect(headers['idempotency-key']).toBe(id)
    expect(isSigned(signature, 'signing-key', { name: null, id, body }, now)).toBe(true)
    expect(isSigned(signature, 'signing-key', { name: null, id: `${id}1`, body }, now)).toBe(false)
    expect(isSigned(signature, 'signing-key', { name: null, id, body: `${body} ` }, now)).toBe(false)
    expect(isSigned(signature, 'other-key', { name: null, id, body }, now)).toBe(false)
    expect(isSigned(signature, 'signing-key', { name: null, id, body }, now + 301_000)).toBe(false)
    expect(JSON.parse(body)).toEqual({
      id,
      to: `${target.url}/in`,
      processInstanceKey: expect.any(String),
      title: 'Road A',
      text: 'is done',
      link: expect.stringContaining('/cases/'),
    })
    await target.close()
  })
})
