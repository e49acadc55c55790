import { describe, expect, it } from 'vitest'
import { commonFacts, expectations, factsOf, reasons } from './facts.ts'
import { explain, type Language, placeholdersOf, problemCodes, say, sayProblem, wordOf } from './words.ts'

const languages: Language[] = ['zh-CN', 'en']
const cases = problemCodes.flatMap((code) => languages.map((language) => [code, language] as const))

describe('every code has words', () => {
  it.each(cases)('%s in %s asks only for documented facts', (code, language) => {
    const documented = new Set<string>([...(factsOf[code] ?? []), ...commonFacts])
    expect(placeholdersOf(code, language).filter((name) => !documented.has(name))).toEqual([])
  })
  it.each(cases)('%s in %s leaves no mark of a template behind, with facts and without', (code, language) => {
    const all = Object.fromEntries([...(factsOf[code] ?? []), ...commonFacts].map((name) => [name, '值']))
    for (const facts of [{}, all]) {
      const { text, todo } = say(code, facts, language)
      expect(text).not.toMatch(/[{}⟦⟧]/)
      expect(text.length).toBeGreaterThan(0)
      expect(todo).not.toMatch(/[{}⟦⟧]/)
      expect(todo.length).toBeGreaterThan(0)
    }
  })
  it.each(cases)('%s in %s keeps the rules of wording', (code, language) => {
    const { text, todo } = explain(code).messages[language]
    expect(`${text}${todo}`).not.toMatch(/[!！]|请您|温馨|系统异常|输入有误|invalid input|[A-Z]+_[A-Z_]+/)
    expect(todo).toMatch(language === 'en' ? /\.$/ : /。$/)
  })
})

describe('words for keys', () => {
  it.each(languages)('%s has a word for every reason and every kind of answer', (language) => {
    expect(reasons.filter((key) => wordOf('reason', key, language) === key)).toEqual([])
    // English says "text" and "rows" as the key does.
    expect(expectations.filter((key) => language === 'zh-CN' && wordOf('type', key, language) === key)).toEqual([])
  })
})

describe('say', () => {
  it('fills facts, turns keys into words and leaves out what is not known', () => {
    expect(say('RESOURCE_TOO_LARGE', { resource: 'a.bpmn', what: 'depth', found: 65, limit: 64 }, 'zh-CN').text).toBe(
      '文件“a.bpmn”有 65 层嵌套，最多 64 层嵌套。',
    )
    expect(say('TOO_MANY_REQUESTS', { seconds: 30 }, 'zh-CN').todo).toBe('30 秒后再试。')
    expect(say('TOO_MANY_REQUESTS', {}, 'zh-CN').todo).toBe('再试。')
    expect(say('CYCLE_WITHOUT_WAIT', { elements: ['甲', '乙'] }, 'zh-CN').text).toContain('甲、乙 绕成了圈')
  })
  it('never fills from the prototype, and never a placeholder out of a fact', () => {
    expect(say('FIELD_REQUIRED', { field: '{constructor}' }, 'zh-CN').text).toBe('“{constructor}”还没有填。')
    expect(say('FIELD_REQUIRED', {}, 'en').text).toContain('(none)')
  })
  it('tells sizes as people do', () => {
    expect(say('FILE_TOO_LARGE', { name: '会场.jpg', limit: 10 * 1024 * 1024 }, 'zh-CN').text).toBe(
      '文件“会场.jpg”太大，最多 10 MB。',
    )
  })
  it('sayProblem names the element, else the file', () => {
    const problem = {
      code: 'START_EVENT_MISSING',
      severity: 'error',
      resource: 'a.bpmn',
      elementId: 'Process_1',
      elementName: null,
      facts: {},
    } as const
    expect(sayProblem(problem, 'zh-CN').text).toBe('“Process_1”没有开始。')
    expect(sayProblem({ ...problem, elementId: null }, 'zh-CN').text).toBe('“a.bpmn”没有开始。')
  })
  it('a check says its own words', () => {
    expect(say('FIELD_CHECK_FAILED', { message: '到会 27 名，不够 29 名。', field: '到会' }, 'zh-CN')).toEqual({
      text: '到会 27 名，不够 29 名。',
      todo: '核对“到会”后再提交。',
    })
  })
})
