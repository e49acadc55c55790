import type { Command } from 'commander'
import { asc } from 'drizzle-orm'
import { Organisation } from '../identity/organisation.ts'
import { loadPositions } from '../identity/person.ts'
import type { Settings } from '../settings.ts'
import { print } from './output.ts'
import { operator } from './stopped.ts'
import { withRecording, withStore } from './with-store.ts'

/** `bihuan user …`: people with their positions, and a new password for who has forgotten his. */
export function addUserCommand(program: Command, settings: () => Settings): void {
  const user = program.command('user').description('people who can sign in')
  user
    .command('list')
    .description('list people with their positions')
    .option('--json', 'print JSON')
    .action(async ({ json }: { json?: boolean }) => {
      await withStore(settings(), async (store) => {
        const { person } = store.tables
        const rows = await store.read
          .select({ id: person.id, username: person.username, name: person.name })
          .from(person)
          .orderBy(asc(person.username))
        const positions = await loadPositions(
          store,
          rows.map((row) => row.id),
        )
        const people = rows.map((row) => ({ ...row, positions: positions.get(row.id) ?? [] }))
        const lines = people.map(
          (one) =>
            `${one.username}  ${one.name}  ${one.positions.map((held) => `${held.unit.name} ${held.roleName}`).join('；')}`,
        )
        print(json, people, lines)
      })
    })
  user
    .command('password')
    .description('make a new password, print it, this once, and sign the person out everywhere')
    .argument('<username>')
    .option('--json', 'print JSON')
    .action(async (username: string, { json }: { json?: boolean }) => {
      const password = await withRecording(settings(), (on) =>
        new Organisation(on.store, on).resetPassword(username, operator),
      )
      if (password === null) process.exitCode = 1
      print(json, { username, password }, [
        password === null
          ? `Expected somebody called ${username} who can sign in, but there is nobody. See: bihuan user list`
          : `password  ${password}\nThe password is not shown again.`,
      ])
    })
}
