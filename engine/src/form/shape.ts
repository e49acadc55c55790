import type { Json } from '../record/json.ts'
import { isObject, own } from './component.ts'
import type { Form, JsonObject } from './form.ts'

export type FieldAccess = 'write' | 'read' | 'none'

/**
 * A copy of a form's schema as one person may have it: fields without access are removed (with groups that become
 * empty), fields to read are read-only. Send this to the client and judge its answers by `readForm` of the same copy:
 * what is shown and what is accepted are then one thing.
 *
 * @param access by field name (`applicant.name`, `rows[].name`; a list's own name covers what is not named in it)
 * @param otherwise for fields that are not named
 */
export function shapeForm(
  { schema }: Pick<Form, 'schema'>,
  access: { readonly [name: string]: FieldAccess },
  otherwise: FieldAccess = 'write',
): JsonObject {
  const of = (name: string, inherited: FieldAccess): FieldAccess =>
    Object.hasOwn(access, name) ? access[name]! : inherited

  function shape(components: Json | undefined, base: string, prefix: string, inherited: FieldAccess): Json[] {
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
        const own_ = of(name, inherited)
        const inner = shape(own(component, 'components'), '', `${name}[].`, own_)
        if (inner.length === 0) return []
        return [{ ...component, components: inner, ...(own_ !== 'write' && { allowAddRemove: false }) }]
      }
      const key = own(component, 'key')
      if (typeof key !== 'string') return [{ ...component }]
      const granted = of(prefix + join(key), inherited)
      if (granted === 'none') return []
      return [granted === 'read' ? { ...component, readonly: true } : { ...component }]
    })
  }

  return { ...schema, components: shape(own(schema, 'components'), '', '', otherwise) }
}
