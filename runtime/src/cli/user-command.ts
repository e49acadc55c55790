import type { Command } from 'commander'
import { asc } from 'drizzle-orm'
import { loadPositions } from '../identity/person.ts'
import type { Settings } from '../settings.ts'
import { print } from './output.ts'
import { withStore } from './with-store.ts'

/** `bihuan user list`: people with their positions. */
export function addUserCommand(program: Command, settings: () => Settings): void {
  program
    .command('user')
    .description('people who can sign in')
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
}
