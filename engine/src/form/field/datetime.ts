import { DATE } from '../rule/day.ts'
import { fieldType } from './field-type.ts'

const TIME = '([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9])?'
const OFFSET = '(Z|[+-]([01][0-9]|2[0-3]):[0-5][0-9])'

const HOURS = 3_600_000

/** A date, a time or both, as ISO 8601 text with the offset that `timeSerializingFormat` asks for. */
export const datetime = fieldType({
  type: 'datetime',
  read(component) {
    const subtype = component.text('subtype') ?? 'date'
    const offset = component.text('timeSerializingFormat') === 'no_timezone' ? '' : OFFSET
    const label = component.text('dateLabel') ?? component.text('timeLabel') ?? component.text('label')
    switch (subtype) {
      case 'date':
        return { valueSchema: { type: 'string', pattern: `^${DATE}$` }, expects: 'date', empty: null, label }
      case 'time':
        return {
          valueSchema: { type: 'string', pattern: `^${TIME}${offset}$` },
          expects: 'time',
          empty: null,
          label: component.text('timeLabel') ?? label,
        }
      case 'datetime':
        return {
          valueSchema: { type: 'string', pattern: `^${DATE}T${TIME}${offset}$` },
          expects: 'dateTime',
          empty: null,
          label,
        }
      default:
        component.refuse('subtype', subtype)
        return null
    }
  },
  /** Times with an offset are told in Asia/Shanghai. */
  describe(value) {
    const text = String(value)
    if (!/T.*(Z|[+-]\d\d:\d\d)$/.test(text)) return text.replace('T', ' ')
    const at = Date.parse(text)
    return Number.isNaN(at) ? text : new Date(at + 8 * HOURS).toISOString().slice(0, 16).replace('T', ' ')
  },
})
