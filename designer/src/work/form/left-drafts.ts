import { pagePerson } from '../../api/person.ts'
import type { Draft } from './draft.ts'
import type { Answers } from './viewer.ts'

/** Drafts of forms whose pages were left, by person and form: what is not on the server yet is still being saved. */
const left = new Map<string, Draft>()

const named = (person: string, form: string): string => `${person} ${form}`

/** The page of a form goes; its draft goes on until it is saved, or its form opens again. */
export function leaveDraft(person: string, form: string, draft: Draft): void {
  left.set(named(person, form), draft)
  void draft.flush()
}

/** What the page of that form had not saved when it was left, for the page that opens now; null when nothing. */
export function takeOverDraft(person: string, form: string): Answers | null {
  const draft = left.get(named(person, form))
  left.delete(named(person, form))
  return draft?.handOver() ?? null
}

/** Whether this window still belongs to that person: what somebody typed is never saved in another name. */
export const isStill = (person: string): boolean => pagePerson() === person
