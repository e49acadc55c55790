import type { Json } from '@bihuan/engine'

/** A stored file as answers name it. */
export interface FileReference {
  readonly id: string
  readonly name: string
  readonly type: string
  readonly size: number
}

/** SHA-256 of the bytes, then what tells two uploads of the same bytes apart: an id is the proof of its content. */
const ID = /^[0-9a-f]{64}-[0-9a-f]{16}$/

export const isFileId = (id: string): boolean => ID.test(id)

/** Whether a value is a reference to a stored file: these four members and no other. */
export function isFileReference(value: Json): value is Json & { id: string; name: string; type: string; size: number } {
  return (
    value !== null &&
    typeof value === 'object' &&
    !Array.isArray(value) &&
    Object.keys(value).length === 4 &&
    typeof value.id === 'string' &&
    isFileId(value.id) &&
    typeof value.name === 'string' &&
    typeof value.type === 'string' &&
    typeof value.size === 'number'
  )
}

/** All files named anywhere in a value, once each. */
export function filesIn(value: Json | { readonly [name: string]: Json }): readonly FileReference[] {
  const found = new Map<string, FileReference>()
  const open: Json[] = [value as Json]
  while (open.length > 0) {
    const one = open.pop()!
    if (isFileReference(one)) found.set(one.id, one as unknown as FileReference)
    else if (Array.isArray(one)) open.push(...one)
    else if (one !== null && typeof one === 'object') open.push(...Object.values(one))
  }
  return [...found.values()]
}
