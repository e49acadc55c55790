import type { Json } from '@bihuan/engine'

/** Fields whose answers are uploaded files. */
const FILES = new Set(['filepicker', 'photo', 'signature', 'attachments'])

type Schema = { [name: string]: Json }

const isSchema = (value: Json | undefined): value is Schema =>
  value !== null && typeof value === 'object' && !Array.isArray(value)

/** A copy of a form in which nothing has to be uploaded: fields for files are read-only and may stay empty. */
export function withoutFiles(schema: Schema): Schema {
  const components = schema.components
  if (!Array.isArray(components)) return schema
  return {
    ...schema,
    components: components.map((component) => {
      if (!isSchema(component)) return component
      if (!FILES.has(String(component.type))) return withoutFiles(component)
      const { validate: _, ...rest } = component
      return { ...rest, readonly: true }
    }),
  }
}
