/**
 * Stands where form-js imports its date library for the calendar field. That field is ours (date-field.tsx), so nothing
 * reads this; it says so, should that change.
 */
export const DateTime = {
  fromISO: leftOut,
  fromJSDate: leftOut,
}

function leftOut(): never {
  throw new Error('The calendar of form-js is left out: the datetime field must be ours.')
}
