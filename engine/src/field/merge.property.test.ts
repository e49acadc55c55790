import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { JsonObject } from '../form/form.ts'
import { readForm } from '../form/index.ts'
import type { FieldDictionary, FieldEntry, FieldKind, StepAccess } from './dictionary.ts'
import { generateForm } from './generate.ts'
import { fieldsIn, isLaidOut, mergeForm } from './merge-form.ts'

const kinds: readonly FieldKind[] = [
  'text',
  'longText',
  'number',
  'money',
  'date',
  'choice',
  'choices',
  'yesNo',
  'photo',
]
const keys = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'] as const

const entryOf = (key: string): fc.Arbitrary<FieldEntry> =>
  fc.record({
    key: fc.constant(key),
    name: fc.constantFrom('N1', 'N2', 'N3'),
    kind: fc.constantFrom(...kinds),
    group: fc.constantFrom('', 'G1', 'G2'),
    grade: fc.constant('public' as const),
    options: fc
      .subarray(['x', 'y', 'z', 'u', 'v', 'w'], { minLength: 1 })
      .map((values) => values.map((value) => ({ value, label: value }))),
  })

const dictionaries: fc.Arbitrary<FieldDictionary> = fc
  .tuple(
    fc.shuffledSubarray([...keys]),
    fc.tuple(...keys.map(entryOf)),
    fc.tuple(...keys.map(() => fc.constantFrom<StepAccess>('required', 'write', 'read', 'none'))),
  )
  .map(([chosen, entries, accesses]) => ({
    fields: chosen.map((key) => entries[keys.indexOf(key)]!),
    access: { t: Object.fromEntries(chosen.map((key) => [key, accesses[keys.indexOf(key)]!])) },
  }))

const made = (dictionary: FieldDictionary): JsonObject =>
  generateForm({ packageId: 'p', step: { elementId: 't' }, dictionary, title: 'T' })

const list = (schema: JsonObject): JsonObject[] => schema.components as JsonObject[]

/** One change by hand to a list of components. */
type Hand = (components: JsonObject[]) => JsonObject[]
const hands: fc.Arbitrary<Hand> = fc.tuple(fc.nat(5), fc.nat(20), fc.nat(20)).map(
  ([what, i, j]): Hand =>
    (components) => {
      if (components.length === 0) return [{ type: 'text', text: 'own', id: `own${i}` }]
      const [from, to] = [i % components.length, j % components.length]
      const one = components[from]!
      const rest = components.filter((_, k) => k !== from)
      const replaced = (made: JsonObject) => components.map((component, k) => (k === from ? made : component))
      if (what === 0) return [...rest.slice(0, to), one, ...rest.slice(to)]
      if (what === 1)
        return components.some(({ id }) => id === `own${i}`)
          ? components
          : [...components, { type: 'separator', id: `own${i}` }]
      if (what === 2) return replaced({ ...one, label: 'by hand' })
      if (what === 3) return replaced({ ...one, layout: { row: `row${i}`, columns: null } })
      if (what === 4) return rest
      return one.type === 'group' || components.some(({ id }) => id === `g${i}`)
        ? components
        : replaced({ type: 'group', label: 'G', id: `g${i}`, components: [one] })
    },
)

const cases = fc.tuple(dictionaries, dictionaries, fc.array(hands, { maxLength: 6 }))

const flat = (components: readonly JsonObject[]): JsonObject[] =>
  components.flatMap((one) => [one, ...(Array.isArray(one.components) ? flat(list(one)) : [])])
const isRequired = (one: JsonObject | undefined): boolean =>
  (one?.validate as JsonObject | undefined)?.required === true

it('a merged form can be read, has the fields of the step, and keeps what was made by hand', () => {
  fc.assert(
    fc.property(cases, ([before, after, changes]) => {
      const [base, theirs] = [made(before), made(after)]
      const mine = { ...base, components: changes.reduce((components, change) => change(components), list(base)) }
      const kindOf = (key: string) => after.fields.find((one) => one.key === key)?.kind
      const order = after.fields.map(({ key }) => key)
      const merge = (form: JsonObject) => mergeForm({ base, mine: form, theirs, kindOf, order })
      const merged = merge(mine)
      expect(readForm(merged, 't.form').problems).toEqual([])
      // Whoever did not touch the form gets the generated one.
      expect(merge(base)).toEqual(theirs)

      const [was, here, now, is] = [base, mine, theirs, merged].map((schema) => fieldsIn(schema!)) as [
        ...(ReturnType<typeof fieldsIn>[] & { length: 4 }),
      ]
      for (const key of keys) {
        const isOut = was!.has(key) && !here!.has(key) && !(isRequired(now!.get(key)) && !isRequired(was!.get(key)))
        expect(is!.has(key), key).toBe(now!.has(key) && !isOut)
        const component = is!.get(key)
        if (!component) continue
        const due = now!.get(key)!
        if (was!.get(key)?.readonly !== due.readonly) expect(component.readonly === true).toBe(due.readonly === true)
        const isMine = here!.has(key) && here!.get(key)!.label !== was!.get(key)?.label
        const isSameKind = before.fields.find((one) => one.key === key)?.kind === kindOf(key)
        if (isMine && isSameKind) expect(component.label).toBe(here!.get(key)!.label)
        if (!isMine) expect(component.label).toBe(due.label)
      }
      if (!isLaidOut(base, mine)) return
      // What stays, stays in its order; nothing made by hand is lost.
      const name = ({ id }: JsonObject) => String(id)
      const stayed = flat(list(mine))
        .map(name)
        .filter((id) => flat(list(merged)).some((one) => name(one) === id))
      expect(
        flat(list(merged))
          .map(name)
          .filter((id) => stayed.includes(id)),
      ).toEqual(stayed)
      const own = flat(list(mine))
        .map(name)
        .filter((id) => id.startsWith('own') || /^g\d/.test(id))
      expect(stayed).toEqual(expect.arrayContaining(own))
    }),
    { numRuns: 400, seed: 20261125 },
  )
})
