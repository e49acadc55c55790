import { expect, test } from 'vitest'
import { encodeLine, encodeText, makeLog } from './log.ts'

const logged = (event: object, text = 'x') => {
  const lines: string[] = []
  makeLog('info', (line) => lines.push(line)).info(event, text)
  return lines
}

test.each([
  ['a line break', 'a\r\n{"level":60,"msg":"forged"}'],
  ['a terminal sequence', '\u001b[2J\u001b]0;x\u0007'],
  ['a C1 sequence', '\u009b2J'],
  ['a turn of direction', 'photo\u202egpj.exe'],
  ['an isolate', '\u2066x\u2069'],
  ['a line separator', 'a\u2028b\u2029c'],
  ['marks without width', 'a\u200bb\ufeffc'],
  ['delete', 'a\u007fb'],
])('I18 %s in a name is one line of printable characters and reads back as it was', (_what, name) => {
  const [line, ...more] = logged({ file: name })
  expect(more).toEqual([])
  expect(line!.endsWith('\n')).toBe(true)
  const text = line!.slice(0, -1)
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not be there.
  expect(text).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/)
  expect(JSON.parse(text).file).toBe(name)
})

test('I18 what a command prints moves no cursor', () => {
  expect(encodeText('a\u001b[2Jb\r\u0007\u009b1m\u202ec\n\td 村')).toBe(
    'a\\u001b[2Jb\\u000d\\u0007\\u009b1m\\u202ec\n\td 村',
  )
})

test('I18 Chinese names stay readable', () => {
  expect(encodeLine('"东村 会议.jpg"')).toBe('"东村 会议.jpg"')
})

test('who a person is and what opens doors is hidden, wherever it stands', () => {
  const secret = 'hunter2'
  const event = { password: secret, a: { cookie: secret, b: { token: secret } }, answers: { income: secret } }
  expect(logged(event).join('')).not.toContain(secret)
})
