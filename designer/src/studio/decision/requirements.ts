import type { Problem } from '@bihuan/engine'

/** What stands in a DMN file by itself and can be required; none holds another. */
const HELD =
  /<(?:[\w.-]+:)?(decision|businessKnowledgeModel|inputData|decisionService)\s([^<>]*[^<>/])>([\s\S]*?)<\/(?:[\w.-]+:)?\1\s*>/g
const HREF = /\shref\s*=\s*(["'])#([^"']+)\1/g
const ID = /(?:^|\s)id\s*=\s*(["'])([^"']+)\1/

/** What each of a file requires, by id. */
export type Requirements = ReadonlyMap<string, readonly string[]>

/** Reads what the decisions, functions, inputs and services of a file require. */
export const requirementsOf = (xml: string): Requirements =>
  new Map(
    [...xml.matchAll(HELD)].map(([, , attributes = '', inside = '']) => [
      ID.exec(attributes)?.[2] ?? '',
      [...inside.matchAll(HREF)].map((match) => match[2] ?? ''),
    ]),
  )

/** What a decision needs to be right, itself too: by id, whatever it requires by way of others. */
export function neededBy(id: string, requirements: Requirements): ReadonlySet<string> {
  const needed = new Set([id])
  for (const each of needed) for (const required of requirements.get(each) ?? []) needed.add(required)
  return needed
}

/**
 * The findings about a file that concern one of its decisions: its own, those of what it requires, and those that are
 * not about another decision, such as a type or a file that cannot be read.
 * @param decisions ids of the decisions of the file
 */
export function findingsFor(
  id: string,
  requirements: Requirements,
  decisions: readonly string[],
  problems: readonly Problem[],
): readonly Problem[] {
  const needed = neededBy(id, requirements)
  return problems.filter(
    ({ elementId }) => elementId === null || needed.has(elementId) || !decisions.includes(elementId),
  )
}
