/**
 * Stands where form-js imports its calendar. The `datetime` field is ours (date-field.tsx), so nothing calls this; it
 * says so, should that change.
 */
export default function noCalendar(): never {
  throw new Error('The calendar of form-js is left out: the datetime field must be ours.')
}
