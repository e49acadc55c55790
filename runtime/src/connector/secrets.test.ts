import { expect, test } from 'vitest'
import { withoutSecrets, withoutSecretsIn } from './secrets.ts'

const secrets = new Map([
  ['SHORT', 'abc'],
  ['LONG', 'abc/def+密'],
])

test('an answer that gives secrets back holds none of them, whichever begins another', () => {
  expect(withoutSecrets('x abc/def+密 abc y', secrets)).toBe('x *** *** y')
  expect(withoutSecrets('?k=abc%2Fdef%2B%E5%AF%86', secrets)).toBe('?k=***')
})

test('JSON that writes a secret in another way holds none when it has been read', () => {
  const said = JSON.parse('{"headers": ["abc\\/def+\\u5bc6"], "abc": {"deep": "\\u0061bc"}, "n": 1}')
  expect(withoutSecretsIn(said, secrets)).toEqual({ headers: ['***'], '***': { deep: '***' }, n: 1 })
})
