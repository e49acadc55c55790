/** A JSON value: what variables, record values and answers are made of. */
export type Json = null | boolean | number | string | Json[] | { [name: string]: Json }

/** Variables by name. */
export type Variables = { [name: string]: Json }
