import { describe, expect, it } from 'vitest'
import { en } from './en.ts'
import { zhCn } from './zh-cn.ts'

/** Text of every source file of the app, by its path. */
const sources = import.meta.glob<string>('../**/*.{ts,tsx,css}', { query: '?raw', import: 'default', eager: true })

function leaves(tree: object, path = ''): [string, string][] {
  return Object.entries(tree).flatMap(([name, value]): [string, string][] =>
    typeof value === 'string' ? [[path + name, value]] : leaves(value as object, `${path}${name}.`),
  )
}

const places = (text: string): string[] =>
  [...text.matchAll(/\{\{\s*(\w+)\s*\}\}/g)].map((match) => match[1] ?? '').sort()

describe('the words of the app', () => {
  const chinese = new Map(leaves(zhCn))
  const english = new Map(leaves(en))

  it('has the same keys in both languages', () => {
    expect([...english.keys()].sort()).toEqual([...chinese.keys()].sort())
  })

  it('names only places that the Chinese sentence has', () => {
    // A day is written with the name of its month in one language and its number in the other.
    const odd = [...english].filter(
      ([key, text]) =>
        !key.startsWith('clock.day') && places(text).some((place) => !places(chinese.get(key) ?? '').includes(place)),
    )
    expect(odd).toEqual([])
  })

  it('leaves no text empty', () => {
    expect([...chinese, ...english].filter(([, text]) => text.trim() === '')).toEqual([])
  })

  it('has no Chinese text outside the catalogue', () => {
    const files = Object.entries(sources).filter(([path]) => !path.endsWith('.test.ts') && !path.startsWith('./'))
    expect(files.length).toBeGreaterThan(40)
    const found = files.flatMap(([path, text]) =>
      withoutComments(text)
        .split('\n')
        .flatMap((line, index) =>
          /[\u3000-\u303f\u3400-\u9fff\uff00-\uffef]/.test(line) ? [`${path}:${index + 1}`] : [],
        ),
    )
    expect(found).toEqual([])
  })
})

/** Comments may quote a Chinese term; they are not shown to anybody. Lines keep their numbers. */
function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, (comment) => comment.replace(/[^\n]/g, '')).replace(/(^|\s)\/\/ .*$/gm, '')
}
