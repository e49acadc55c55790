import { Rejection } from '@bihuan/engine'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { readJson } from './json-body.ts'

const hazards: readonly (readonly [name: string, text: string])[] = [
  ['empty', ''],
  ['blank', ' \n'],
  ['cut', '{"a":'],
  ['bare word', 'hello'],
  ['trailing comma', '[1,]'],
  ['same name twice', '{"a":1,"a":2}'],
  ['same name twice, once escaped', '{"a":1,"\\u0061":2}'],
  ['__proto__', '{"__proto__":{"admin":true}}'],
  ['escaped __proto__', '{"\\u005f_proto__":{}}'],
  ['depth 10^6', '['.repeat(1_000_000)],
  ['depth 65, well formed', `${'['.repeat(65)}${']'.repeat(65)}`],
  ['1e400', '{"n":1e400}'],
  ['half a surrogate pair', '"\\ud800"'],
  ['NUL', '"a\\u0000b"'],
  ['control character in text', '"a\u0001"'],
]

for (const [name, text] of hazards) {
  test(`I12 ${name} is refused`, () => {
    expect(() => readJson(text)).toThrow(Rejection)
  })
}

test('the same name in two objects of a list is fine', () => {
  expect(readJson('[{"a":1},{"a":2},{"b":{"a":[]}}]')).toEqual([{ a: 1 }, { a: 2 }, { b: { a: [] } }])
})

test('I12 reads what JSON.stringify writes', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 5, noUnicodeString: false } as fc.JsonSharedConstraints), (value) => {
      const text = JSON.stringify(value)
      let ours: unknown
      try {
        ours = readJson(text)
      } catch (error) {
        // Refused only for what is listed above.
        expect(error).toBeInstanceOf(Rejection)
        return
      }
      expect(ours).toEqual(JSON.parse(text))
    }),
  )
})
