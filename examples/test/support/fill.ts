import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Variables } from '@bihuan/engine'
import type { Locator } from 'playwright-core'

interface Component {
  readonly id: string
  readonly type: string
  readonly key?: string
  readonly values?: readonly { readonly label: string; readonly value: string }[]
  readonly subtype?: string
  readonly components?: readonly Component[]
}

/** The forms of a process package as drawn: form id → its fields in drawn order. */
export function readForms(folder: string): ReadonlyMap<string, readonly Component[]> {
  const forms = new Map<string, readonly Component[]>()
  for (const name of readdirSync(folder).filter((file) => file.endsWith('.form'))) {
    const { id, components } = JSON.parse(readFileSync(join(folder, name), 'utf8')) as {
      id: string
      components: Component[]
    }
    forms.set(id, fieldsOf(components))
  }
  return forms
}

const fieldsOf = (components: readonly Component[]): Component[] =>
  components.flatMap((component) => [component, ...fieldsOf(component.components ?? [])])

/** Fills a form on the page as a person would: types, chooses, and sends a photo where files are asked for. */
export async function fill(
  form: Locator,
  fields: readonly Component[],
  answers: Variables,
  photo: string,
): Promise<void> {
  // Form order, since a field may show only after one above it is answered.
  for (const field of fields) {
    const answer = field.key === undefined ? undefined : answers[field.key]
    if (answer === undefined || answer === null) continue
    await fillOne(form, field, answer, photo)
  }
}

async function fillOne(form: Locator, field: Component, answer: unknown, photo: string): Promise<void> {
  const part = (suffix = '') => form.locator(`[id$="-${field.id}${suffix}"]`)
  const option = (value: unknown) => (field.values ?? []).findIndex((each) => each.value === value)
  // People press the words, not the little box.
  const choose = (index: number) => form.locator(`label[for$="-${field.id}-${index}"]`).click()
  switch (field.type) {
    case 'radio':
      return choose(option(answer))
    case 'checklist':
      for (const value of answer as string[]) await choose(option(value))
      return
    case 'select': {
      await part('-display').click()
      const label = field.values?.[option(answer)]?.label ?? ''
      return form.page().locator('.fjs-dropdownlist-item', { hasText: label }).first().click()
    }
    case 'filepicker': {
      const container = form.locator(`.fjs-form-field-filepicker:has([id$="-${field.id}-label"])`)
      await container.locator('input[type=file]').setInputFiles(photo)
      return container.locator('li:not(:has([role=progressbar]))').first().waitFor()
    }
    case 'datetime':
      return part().fill(String(answer).slice(0, field.subtype === 'datetime' ? 16 : 10))
    default:
      return part().fill(String(answer))
  }
}

/** What is put into a field: text, a choice by its words, a tick, or a photo by its path. */
export type Answer = string | { readonly pick: string } | { readonly tick: true } | { readonly photo: string }

/** Answers by what is written over the fields. */
export interface Answers {
  readonly [label: string]: Answer
}

/** Fills a form by what is written over its fields, in that order. */
export async function fillLabelled(form: Locator, answers: Answers): Promise<void> {
  for (const [label, answer] of Object.entries(answers)) {
    // What may stay empty says so behind its label.
    if (typeof answer === 'string')
      await form.getByRole('textbox', { name: new RegExp(`^${label}( ?可不填)?$`) }).fill(answer)
    else if ('pick' in answer) {
      const title = form.page().getByText(new RegExp(`^${label}\\*?$`))
      const field = form.locator('.fjs-form-field').filter({ has: title })
      await field
        .locator('label')
        .filter({ hasText: new RegExp(`^\\s*${answer.pick}\\s*$`) })
        .click()
    } else if ('tick' in answer) await form.locator('label').filter({ hasText: label }).last().click()
    else {
      const field = form.getByRole('group', { name: label, exact: true })
      await field.locator('input[type=file]').setInputFiles(answer.photo)
      await field.locator('li:not(:has([role=progressbar]))').first().waitFor()
    }
  }
}
