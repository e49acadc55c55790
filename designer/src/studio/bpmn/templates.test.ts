import { compile } from '@bihuan/engine'
import { line, model, node } from '@bihuan/engine/testing'
import { validateAllZeebe } from '@bpmn-io/element-templates-validator'
import { describe, expect, it } from 'vitest'
import { elementTemplates } from './templates.ts'

/** Stored beside the template, so that the panel finds it again. */
const STAMP = 'zeebe:modelerTemplate="bihuan.notice" zeebe:modelerTemplateVersion="1"'

describe('the element templates', () => {
  it('are what the template schema allows', () => {
    const { valid, results } = validateAllZeebe(elementTemplates())
    expect(results.flatMap(({ errors }) => errors ?? [])).toEqual([])
    expect(valid).toBe(true)
  })
  it('have an id and a name each, no two the same', () => {
    const templates = elementTemplates()
    expect(new Set(templates.map(({ id }) => id)).size).toBe(templates.length)
    expect(new Set(templates.map(({ name }) => name)).size).toBe(templates.length)
    expect(templates.length).toBe(9)
  })
  it('leave a stamp that deploy takes', async () => {
    const notice = node('serviceTask', 'n', '<zeebe:taskDefinition type="bihuan.notice" />', '', STAMP)
    const xml = model(node('startEvent', 's') + notice + node('endEvent', 'e') + line('s', 'n', 'e'))
    const { problems } = await compile(xml, 'p.bpmn')
    expect(problems.filter(({ severity }) => severity === 'error')).toEqual([])
  })
})
