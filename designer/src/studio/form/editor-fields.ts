import { editorPreact } from '@bpmn-io/form-js-editor'
import { st } from '../../i18n/studio.ts'
import { isAccepted, isOffered } from './accepted-types.ts'
import type { EditorComponent, EditorField, EditorFields } from './editor-module.ts'
import { editorWord } from './editor-words.ts'

/**
 * What stands in the editor for a component the server does not take: its type and label, never its content (which may
 * be foreign markup or an address elsewhere). Nothing of the component is lost.
 */
function refusedField(type: string): EditorField {
  const { h } = editorPreact
  const Refused = ({ field }: { field: EditorComponent }) =>
    h('div', { class: 'fjs-form-field refused-field' }, [
      h('strong', null, st('forms.refusedField', { type })),
      h('span', null, typeof field.label === 'string' && field.label !== '' ? field.label : (field.key ?? field.id)),
    ])
  return Object.assign(Refused, {
    config: {
      type,
      keyed: false,
      name: st('forms.refusedName'),
      group: 'presentation',
      create: (options: object = {}) => ({ ...options }),
    },
  }) as EditorField
}

/** New fields get a name in the language of the app: it is stored in the form. */
function named(field: EditorField, type: string): EditorField {
  const { create } = field.config
  const name = editorWord(field.config.name ?? field.config.label ?? type)
  const config = {
    ...field.config,
    create: (options: object = {}, isNew = true) => {
      const made = create(options, isNew) as { label?: string; text?: string; values?: { label?: string }[] }
      if (!isNew) return made
      if (typeof made.label === 'string' && !('label' in options)) made.label = name
      if (type === 'text' && !('text' in options)) made.text = `# ${name}`
      return made
    },
  }
  const Named = (props: { field: EditorComponent }) => editorPreact.h(field, props)
  return Object.assign(Named, { config }) as EditorField
}

/** The form as a whole is called by its title, not by its id. */
function titled(field: EditorField): EditorField {
  const getSubheading = ({ properties }: EditorComponent) => properties?.title ?? st('forms.untitled')
  const Titled = (props: { field: EditorComponent }) => editorPreact.h(field, props)
  return Object.assign(Titled, { config: { ...field.config, getSubheading } }) as EditorField
}

/** The service by which the editor evaluates expressions. */
interface Evaluating {
  evaluate: (expression: string, data?: unknown) => unknown
  evaluateUnaryTest: (expression: string, data?: unknown) => boolean | null
}

/**
 * Which fields the editor knows: those the server takes are offered; every other type that a form holds is shown as
 * what it is, so that no form fails to open and nothing is dropped.
 */
export class StudioFields {
  static $inject = ['formFields', 'expressionLanguage']

  constructor(fields: EditorFields, feel: Evaluating) {
    // Nothing is computed while a form is laid out: a hostile or endless expression has no say here.
    feel.evaluate = () => undefined
    feel.evaluateUnaryTest = () => null
    const stock = fields._formFields
    const known = new Map(Object.entries(stock))
    for (const [type, field] of known) {
      if (type === 'default') stock[type] = titled(field)
      else if (!isOffered(type)) delete stock[type]
      else if (!field.config.own) stock[type] = named(field, type)
    }
    const refused = new Map<string, EditorField>()
    const find = fields.get.bind(fields)
    fields.get = (type) => {
      const field = Object.hasOwn(stock, type) ? find(type) : isAccepted(type) ? known.get(type) : undefined
      if (field) return field
      if (!refused.has(type)) refused.set(type, refusedField(String(type)))
      return refused.get(type)
    }
  }
}
