import { Description, Errors, Label } from '@bpmn-io/form-js-viewer'
import { type ComponentType, h } from 'preact'
import { useLayoutEffect, useRef } from 'preact/hooks'
import { type Component, createComponent, mergeProps } from 'solid-js'
import { createStore, reconcile, type SetStoreFunction } from 'solid-js/store'
import { render } from 'solid-js/web'

/** A component of a form-js schema, as far as fields read it. */
export interface FieldSchema {
  readonly id: string
  readonly type: string
  readonly key?: string
  readonly label?: string
  readonly description?: string
  readonly validate?: { readonly required?: boolean }
  readonly readonly?: boolean | string
  readonly [name: string]: unknown
}

/** What form-js hands to the component of a field. */
export interface FieldProps {
  readonly field: FieldSchema
  readonly value: unknown
  readonly errors?: readonly string[]
  readonly disabled: boolean
  readonly readonly: boolean
  readonly domId: string
  readonly onChange: (update: { value: unknown }) => void
  readonly onBlur: () => void
  readonly onFocus: () => void
}

/** What the Solid body of a field gets. Reactive. */
export interface BodyProps {
  readonly field: FieldSchema
  readonly value: unknown
  readonly readonly: boolean
  readonly invalid: boolean
  readonly domId: string
  readonly labelId: string
  readonly describedBy: string
  readonly onChange: (value: unknown) => void
  readonly onBlur: () => void
}

/** What form-js reads beside the component of a field (its `config`). */
export interface FieldConfig {
  readonly type: string
  readonly keyed: true
  readonly name: string
  readonly group: string
  readonly emptyValue: unknown
  readonly sanitizeValue: (given: { formField: FieldSchema; data: unknown; value: unknown }) => unknown
  readonly create: (options?: object) => object
}

export type Field = ComponentType<FieldProps> & { config: FieldConfig }

/** The part of a body's props that changes while it is shown. */
interface Changing {
  value: unknown
  readonly: boolean
  invalid: boolean
}

interface Mounted {
  set: SetStoreFunction<Changing>
  latest: FieldProps
  dispose: () => void
}

/** A copy that shares nothing: the store of the control changes its values in place, form-js compares its own. */
const plain = (value: unknown): unknown =>
  typeof value === 'object' && value !== null ? JSON.parse(JSON.stringify(value)) : value

/**
 * A form-js field whose inside is a Solid component: form-js keeps label, description and errors, Solid the control.
 * @param labelFor what the label names: the control with the field's id, or a group that the label only describes
 */
export function solidField(
  config: FieldConfig,
  Body: Component<BodyProps>,
  labelFor: (field: FieldSchema) => string,
): Field {
  function SolidField(props: FieldProps) {
    const place = useRef<HTMLDivElement>(null)
    const mounted = useRef<Mounted | null>(null)
    const errors = props.errors ?? []

    const bodyOf = (given: FieldProps): BodyProps => ({
      field: given.field,
      value: plain(given.value),
      readonly: given.readonly || given.disabled,
      invalid: (given.errors ?? []).length > 0,
      domId: given.domId,
      labelId: `${given.domId}-label`,
      describedBy: `${given.domId}-description ${given.domId}-error-message`,
      onChange(value) {
        // The control sees its own change at once: two files may arrive before form-js draws the field anew.
        mounted.current?.set('value', reconcile(plain(value), { key: null }))
        const { onChange } = mounted.current?.latest ?? given
        onChange({ value: plain(value) })
      },
      onBlur: () => (mounted.current?.latest ?? given).onBlur(),
    })

    // Before anything else happens on the page: what is typed next must build on what was typed last.
    useLayoutEffect(() => {
      if (!place.current) return undefined
      const { value, readonly, invalid, ...fixed } = bodyOf(props)
      const [state, set] = createStore<Changing>({ value, readonly, invalid })
      const dispose = render(() => createComponent(Body, mergeProps(fixed, state) as BodyProps), place.current)
      mounted.current = { set, latest: props, dispose }
      return () => {
        dispose()
        mounted.current = null
      }
    }, [])
    useLayoutEffect(() => {
      const now = mounted.current
      if (!now) return
      now.latest = props
      const next = bodyOf(props)
      now.set('readonly', next.readonly)
      now.set('invalid', next.invalid)
      now.set('value', reconcile(next.value, { key: null }))
    })

    const state = `${errors.length > 0 ? ' fjs-has-errors' : ''}${props.readonly || props.disabled ? ' fjs-readonly' : ''}`
    return h(
      'div',
      { class: `fjs-form-field fjs-form-field-${config.type}${state}` },
      h(
        'div',
        { id: `${props.domId}-label` },
        h(Label, {
          htmlFor: props.domId,
          label: labelFor(props.field),
          required: props.field.validate?.required,
        } as never),
      ),
      h('div', { ref: place }),
      h(Description, { id: `${props.domId}-description`, description: props.field.description } as never),
      h(Errors, { id: `${props.domId}-error-message`, errors } as never),
    )
  }
  return Object.assign(SolidField, { config }) as Field
}
