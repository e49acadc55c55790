import { table } from '../columns.ts'

/** Uploaded files. The bytes lie under their digest in the data folder, once however often they are uploaded. */
export const file = table(
  'file',
  (c) => ({
    id: c.text('id').primaryKey(),
    name: c.text('name').notNull(),
    /** By its bytes, not by what the sender says. */
    type: c.text('type').notNull(),
    size: c.integer('size').notNull(),
    /** SHA-256, hex. */
    digest: c.text('digest').notNull(),
    uploadedBy: c.text('uploaded_by').notNull(),
    uploadedAt: c.time('uploaded_at').notNull(),
  }),
  (t, k) => [k.index('file_digest', t.digest), k.index('file_uploaded', t.uploadedBy, t.uploadedAt)],
)

/** Which fields of which cases name a file: who may see the field may read it. Written with the record that names it. */
export const caseFile = table(
  'case_file',
  (c) => ({
    fileId: c.text('file_id').notNull(),
    instanceKey: c.key('instance_key').notNull(),
    /** Name of the variable. */
    name: c.text('name').notNull(),
  }),
  (t, k) => [k.primary(t.fileId, t.instanceKey, t.name), k.index('case_file_case', t.instanceKey)],
)

/** Bytes on disk that an erasure left without a name: noted in its unit, and forgotten when they are gone. */
export const fileRemoval = table('file_removal', (c) => ({
  /** SHA-256, hex. */
  digest: c.text('digest').primaryKey(),
}))
