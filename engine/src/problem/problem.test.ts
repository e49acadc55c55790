import { describe, expect, it } from 'vitest'
import { catalog } from './catalog.ts'
import {
  archiveFaults,
  bodyFaults,
  commonFacts,
  expectations,
  factsOf,
  fieldReasons,
  migrationReasons,
  modificationFaults,
  reasons,
} from './facts.ts'
import type { Facts } from './problem.ts'
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
  it.each(languages)(
    '%s has a title for every refusal of a request, and words for every fault of a body',
    (language) => {
      const refusals = problemCodes.filter((code) => 'status' in catalog[code] && !code.startsWith('FIELD_'))
      expect(refusals.filter((code) => wordOf('problem', code, language) === code)).toEqual([])
      expect(bodyFaults.filter((key) => wordOf('why', key, language) === key)).toEqual([])
      expect(archiveFaults.filter((key) => wordOf('archive', key, language) === key)).toEqual([])
      expect(modificationFaults.filter((key) => wordOf('modification', key, language) === key)).toEqual([])
    },
  )
  it.each(languages)('%s has a word for every reason and every kind of answer', (language) => {
    expect(
      [...reasons, ...fieldReasons, ...migrationReasons].filter((key) => wordOf('reason', key, language) === key),
    ).toEqual([])
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
  it('says one thing of one, in English', () => {
    const ones = Object.fromEntries(
      problemCodes
        .flatMap((code) => factsOf[code] ?? [])
        .map((name) => [name, ['limit', 'files'].includes(name) ? 5 : 1]),
    )
    const said = problemCodes.map((code) => Object.values(say(code, ones, 'en')).join(' '))
    expect(
      said.filter((words) => /(?<![\w.])1 (?:are|were|have|(?!is\b|was\b|has\b)[a-z]+[a-rt-z]s)\b/.test(words)),
    ).toEqual([])
  })
  it('tells sizes as people do', () => {
    for (const name of ['', 'a.gif'])
      for (const code of ['FILE_INFECTED', 'FILE_TYPE_REFUSED'] as const)
        expect(say(code, { name }, 'en').text).not.toMatch(/"a\.gif" (the file|it)/)
    expect(say('FILE_TOO_LARGE', { name: '会场.jpg', limit: 10 * 1024 * 1024 }, 'zh-CN').text).toBe(
      '文件“会场.jpg”太大，最多 10 MB。',
    )
  })
  it('a conflict says the state it met, to people and to callers of the interface', () => {
    const { text, todo } = say('STATE_CONFLICT', { state: 'canceling' }, 'zh-CN')
    expect(text).toBe('没有办成：它现在正在取消，办不了这一步。可能别人刚刚先办了。')
    expect(todo).toBe('重新查看最新情况，再决定办不办。')
    expect(say('STATE_CONFLICT', { state: 'canceling' }, 'en').text).toContain('it is being canceled')
    expect(say('STATE_CONFLICT', { state: 'listener start' }, 'zh-CN').text).not.toContain('listener')
    expect(say('STATE_CONFLICT', { state: 'listener start' }, 'en').text).toContain('it is a listener now')
    for (const language of languages) {
      expect(say('STATE_CONFLICT', {}, language).text).not.toMatch(/[{}⟦⟧]|undefined/)
      expect(say('STATE_CONFLICT', {}, language).todo).not.toMatch(/刷新|[Rr]eload the page\.$/)
    }
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
  it.each<[Parameters<typeof say>[0], Facts, string]>([
    [
      'ELEMENT_NOT_EXECUTED',
      { type: 'zeebe:input at bpmn:StartEvent' },
      '“甲”用到的“开始事件上的输入变量”，这里还不能运行。',
    ],
    [
      'ELEMENT_NOT_EXECUTED',
      { type: 'multi-instance loopCardinality' },
      '“甲”用到的“多份办理的 loopCardinality”，这里还不能运行。',
    ],
    [
      'ELEMENT_NOT_EXECUTED',
      { type: 'bihuan:CaseAction at bpmn:UserTask' },
      '“甲”用到的“人工任务上的办件操作”，这里还不能运行。',
    ],
    ['ELEMENT_NOT_EXECUTED', { type: 'bpmn:UserTask resources' }, '“甲”用到的“人工任务的 resources”，这里还不能运行。'],
    ['ELEMENT_NOT_EXECUTED', { type: 'camunda:assignee' }, '“甲”用到的“camunda:assignee”，这里还不能运行。'],
    [
      'MODEL_WARNING',
      { message: 'no sequence flow leads to t1', resource: 'a' },
      '文件“a”里有一处看不懂的内容，在“甲”：没有线连到 t1。',
    ],
    [
      'EXPRESSION_FAILED',
      { expression: 'v', message: 'expected a date and time, found number' },
      '“甲”的表达式“v”算不出来（应是日期和时刻，得出的是数字），办件停在这里。',
    ],
    [
      'CONDITION_NOT_BOOLEAN',
      { expression: 'v', result: 'null' },
      '“甲”的条件“v”应得出是或否，得出的是 空，办件停在这里。',
    ],
    [
      'COLLECTION_NOT_A_LIST',
      { expression: 'v', found: 'string' },
      '“甲”要按名单逐个办理，但“v”得出的不是名单，是 文字，办件停在这里。',
    ],
    ['EXPRESSION_MISSING', { property: 'zeebe:ioMapping source (total)' }, '“甲”缺少变量“total”的来源的表达式。'],
  ])('%s says %j in Chinese', (code, facts, expected) => {
    expect(say(code, { elementName: '甲', ...facts }, 'zh-CN').text).toBe(expected)
  })
  it('a check says its own words', () => {
    expect(say('FIELD_CHECK_FAILED', { message: '到会 27 名，不够 29 名。', field: '到会' }, 'zh-CN')).toEqual({
      text: '到会 27 名，不够 29 名。',
      todo: '核对“到会”后再提交。',
    })
  })
})
