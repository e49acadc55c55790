import { emptyDictionary, writeDictionary } from '@bihuan/engine'
import { createRoot } from 'solid-js'
import { describe, expect, it } from 'vitest'
import type { Workspace } from '../workspace/workspace.ts'
import { freeValue } from './clipboard.ts'
import { freshKey } from './edit.ts'
import { createFieldEditor } from './editor.ts'

/** As much of a package as the editor asks for. */
const workspaceOf = (files: Record<string, string>, published: readonly string[] = []): Workspace =>
  ({
    id: 'p',
    files,
    info: () => ({ known: { fields: published } }),
    dictionary: () => emptyDictionary,
    steps: () => [],
    originOf: () => 'fields',
    beforeSave: () => () => undefined,
    write: () => undefined,
  }) as unknown as Workspace

describe('the editor of the dictionary', () => {
  it('gives no new field the key of one that is gone while a rule still reads it', () => {
    const rule = '<p><flow id="f"><conditionExpression>=number(field_1) &gt; 5000</conditionExpression></flow></p>'
    const files = { 'fields.yaml': writeDictionary(emptyDictionary), 'process.bpmn': rule }
    createRoot((dispose) => {
      expect(freshKey(createFieldEditor(workspaceOf(files)).taken(), '家庭人口')).toBe('field_2')
      dispose()
    })
  })

  it('gives no new field a key under which cases of the version in use have answers', () => {
    createRoot((dispose) => {
      const files = { 'fields.yaml': writeDictionary(emptyDictionary) }
      expect(freshKey(createFieldEditor(workspaceOf(files, ['field_1'])).taken(), '家庭人口')).toBe('field_2')
      dispose()
    })
  })

  it('gives no new option the value of one that is gone while a rule still names it', () => {
    const rule = '<inputEntry><text>"option_3"</text></inputEntry>'
    const files = { 'fields.yaml': writeDictionary(emptyDictionary), 'who.dmn': rule }
    createRoot((dispose) => {
      const named = createFieldEditor(workspaceOf(files)).namedValues()
      expect(freeValue(new Set(['option_1', 'option_2']), named)).toBe('option_4')
      dispose()
    })
  })
})
