import type { Problem } from '../../problem/problem.ts'
import type { Decision } from '../decision.ts'
import type { Drg } from '../requirements.ts'
import { GraphReader } from './graph.ts'
import { parseDmn } from './parse.ts'
import { reportTo } from './report.ts'

/** A DMN file as it was read. */
export interface DecisionFile {
  readonly decisions: readonly Decision[]
  readonly problems: readonly Problem[]
  /** Its requirements as they are written; empty when it cannot be parsed. */
  readonly drg: Drg
}

/**
 * Reads a DMN file (1.1 to 1.5) into executable decisions and decision services: every boxed expression of the
 * specification in FEEL, with the decisions, input data and functions they require. What is not executed (imports,
 * functions of other languages) is refused by name. With an error among the problems, do not use the decisions.
 *
 * @param resource file name, for the problems
 */
export async function readDecisions(xml: string, resource: string): Promise<DecisionFile> {
  const { root, problems } = await parseDmn(xml, resource)
  if (!root) return { decisions: [], problems, drg: new Map() }
  const graph = new GraphReader(root, reportTo(problems, resource))
  return { decisions: graph.decisions(), problems, drg: graph.drg() }
}
