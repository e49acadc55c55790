/** A mobile number of the mainland, as a pattern. */
export const MOBILE = '^1[3-9][0-9]{9}$'

/** Whether a text is a mobile number of the mainland: 11 digits. */
export const isMobile = (value: string): boolean => new RegExp(MOBILE).test(value)
