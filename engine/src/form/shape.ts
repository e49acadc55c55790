import type { Json } from '../record/json.ts'
import type { Form, JsonObject } from './form.ts'
import { isObject, own } from './json-object.ts'

/** 必填, 填, 只读, 看不到 (design §12). */
export type FieldAccess = 'required' | 'write' | 'read' | 'none'

/** What holds for fields that no access names: `authored` leaves them as the form has them. */
export type OtherAccess = FieldAccess | 'authored'

/**
 * A copy of a form's schema as one step may have it, whatever the form itself says: fields without access are removed
 * (with groups that become empty), fields to read are read-only, required ones are required, others are not. Send this
 * to the client and judge its answers by `readForm` of the same copy: what is shown and what is accepted are then one
 * thing.
 *
 * @param access by field name (`applicant.name`, `rows[].name`; a list's own name covers what is not named in it)
 * @param otherwise for fields that are not named
 */
export function shapeForm(
  { schema }: Pick<Form, 'schema'>,
  access: { readonly [name: string]: FieldAccess },
  otherwise: OtherAccess = 'authored',
): JsonObject {
  // A part of a field (`votes.yes`) is shown and locked with it. Which part must be filled is the form's to say.
  const of = (name: string, inherited: OtherAccess): OtherAccess => {
    if (Object.hasOwn(access, name)) return access[name]!
    for (let end = name.lastIndexOf('.'); end > 0; end = name.lastIndexOf('.', end - 1)) {
      const around = name.slice(0, end)
      if (!Object.hasOwn(access, around)) continue
      return access[around] === 'read' || access[around] === 'none' ? access[around] : 'authored'
    }
    return inherited
  }

  function shape(components: Json | undefined, base: string, prefix: string, inherited: OtherAccess): Json[] {
    if (!Array.isArray(components)) return []
    return components.flatMap((component): Json[] => {
      if (!isObject(component)) return []
      const type = own(component, 'type')
      const path = own(component, 'path')
      const join = (last: string): string => (base === '' ? last : `${base}.${last}`)
      if (type === 'group') {
        const inner = shape(
          own(component, 'components'),
          typeof path === 'string' && path !== '' ? join(path) : base,
          prefix,
          inherited,
        )
        return inner.length === 0 ? [] : [{ ...component, components: inner }]
      }
      if (type === 'dynamiclist' && typeof path === 'string') {
        const name = prefix + join(path)
        const granted = of(name, inherited)
        const isClosed = granted === 'read' || granted === 'none'
        // Which column of a row must be filled is the form's to say.
        const inner = shape(own(component, 'components'), '', `${name}[].`, isClosed ? granted : 'authored')
        if (inner.length === 0) return []
        return [{ ...component, components: inner, ...(isClosed && { allowAddRemove: false }) }]
      }
      const key = own(component, 'key')
      if (typeof key !== 'string') return [{ ...component }]
      return field(component, of(prefix + join(key), inherited))
    })
  }

  return { ...schema, components: shape(own(schema, 'components'), '', '', otherwise) }
}

function field(component: JsonObject, granted: OtherAccess): Json[] {
  if (granted === 'none') return []
  if (granted === 'authored') return [{ ...component }]
  if (granted === 'read') return [lock(component)]
  const { readonly, disabled: _, validate, ...rest } = component
  const rules = isObject(validate) ? validate : {}
  return [
    {
      ...rest,
      // A condition on when it may be written stays.
      ...(typeof readonly === 'string' && { readonly }),
      validate: { ...rules, required: granted === 'required' },
    },
  ]
}

/** Shown and not written. Its checks go: nobody could mend here what does not fit. */
function lock(component: JsonObject): JsonObject {
  const { validate: _rules, ...shown } = component
  const locked: JsonObject = { ...shown, readonly: true }
  const properties = own(component, 'properties')
  if (!isObject(properties) || !Object.hasOwn(properties, 'check')) return locked
  const { check: _, checkMessage: __, ...rest } = properties
  return { ...locked, properties: rest }
}
