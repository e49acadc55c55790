import { readForm } from '@bihuan/engine'

/** Types that hold other components; they are read as such and never refused by name. */
const CONTAINERS: ReadonlySet<string> = new Set(['default', 'group', 'dynamiclist'])

/** Our own bar submits a form: a button in it is not drawn at work, so none is offered. */
const NOT_OFFERED: ReadonlySet<string> = new Set(['button'])

const judged = new Map<string, boolean>()

/** Whether the server takes a component of this type: what it says, asked once a type. */
export function isAccepted(type: string): boolean {
  if (CONTAINERS.has(type)) return true
  const known = judged.get(type)
  if (known !== undefined) return known
  const { problems } = readForm(
    { type: 'default', schemaVersion: 19, id: 'one', components: [{ type, id: 'one', key: 'one', path: 'one' }] },
    'one.form',
  )
  const accepted = !problems.some((problem) => problem.facts.reason === 'typeNotSupported')
  judged.set(type, accepted)
  return accepted
}

/** Whether the list of components offers this type. */
export const isOffered = (type: string): boolean => isAccepted(type) && !NOT_OFFERED.has(type)

/** Types in a schema that the server does not take, each once, in the order of the form. */
export function refusedTypes(schema: unknown): string[] {
  const found = new Set<string>()
  const walk = (component: unknown): void => {
    if (typeof component !== 'object' || component === null) return
    const { type, components } = component as { type?: unknown; components?: unknown }
    if (typeof type === 'string' && !isAccepted(type)) found.add(type)
    if (Array.isArray(components)) components.forEach(walk)
  }
  walk(schema)
  return [...found]
}
