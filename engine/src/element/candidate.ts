import type { CandidateRef } from '../model/definition.ts'

/** Reads candidates as written in a model: `village_clerk,township_reviewer@township`. */
export function parseCandidates(text: string): CandidateRef[] {
  return text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .map((part) => {
      const at = part.indexOf('@')
      return at < 0 ? { role: part, level: null } : { role: part.slice(0, at).trim(), level: part.slice(at + 1).trim() }
    })
}
