/** Whom this page was opened by, as the server knows him. */
let person: string | null = null

export const pagePerson = (): string | null => person

/** @param id who is signed in here; null when nobody is any more */
export function setPagePerson(id: string | null): void {
  person = id
}

/**
 * Goes with every request: the session belongs to the browser, and when somebody else has signed in beside this page,
 * the server takes what the page sends for nobody's.
 */
export const personHeader = (): { readonly [name: string]: string } =>
  person === null ? {} : { 'Bihuan-Person': person }
