import { describe, expect, it } from 'vitest'
import { detailWords, namesOf, typeWords } from './change-words.ts'

describe('what differs, in words', () => {
  const names = namesOf(
    {
      levels: [{ key: 'township', name: '镇' }],
      roles: [{ key: 'reviewer', name: '审核员', level: 'township' }],
      units: [],
    },
    {
      'a.form': '{"id":"f","properties":{"title":"请假单"}}',
      'l.dmn': '<dmn:decision id="level" name="谁来批"><dmn:decisionTable/></dmn:decision>',
      'broken.form': '{',
    },
  )

  it('names roles, forms and decisions as people do', () => {
    expect(detailWords({ what: 'who', before: null, after: 'reviewer@township,clerk' }, names)).toBe(
      '谁来办 设为 镇的审核员、clerk',
    )
    expect(detailWords({ what: 'form', before: 'f', after: 'g' }, names)).toBe('用哪张表 请假单 改为 g')
    expect(detailWords({ what: 'decision', before: 'level', after: null }, names)).toBe('用哪张判断表 去掉 谁来批')
  })

  it('says that a field is asked anew, and that it is not any more', () => {
    expect(detailWords({ what: 'anew', before: null, after: 'anew' }, names)).toBe('重新填写 设为 每次')
    expect(detailWords({ what: 'anew', before: 'anew', after: null }, names)).toBe('重新填写 去掉 每次')
  })

  it('does not show what is written for the machine', () => {
    expect(detailWords({ what: 'inputs', before: 'a = 1', after: 'a = 2' }, names)).toBe('带进来的内容')
  })

  it('calls every element something', () => {
    expect(['bpmn:UserTask', 'bpmn:SubProcess', 'bpmn:BoundaryEvent', 'bpmn:Group'].map(typeWords)).toEqual([
      '环节',
      '子流程',
      '限时或来件',
      '图形',
    ])
  })
})
