import { insert } from '../db/row-change.ts'
import { type Projection, unitPath } from './projection.ts'

export const notice: Projection = {
  'job.completed': (key, value, { stream, sequence, case: { instanceKey, units } }) => {
    const unit = units[0]
    if (!value.notice) return []
    return [
      insert('notice', {
        key,
        instanceKey,
        stream,
        sequence,
        unitId: unit?.id ?? '',
        unitName: unit?.name ?? '',
        unitLevel: unit?.level ?? '',
        unitPath: unitPath(units),
        kind: value.notice.kind,
        title: value.notice.title,
        number: value.notice.number,
        text: value.notice.text,
        fields: value.notice.fields,
        files: value.notice.files,
        publishedAt: value.notice.publishedAt,
        until: value.notice.until,
      }),
    ]
  },
}
