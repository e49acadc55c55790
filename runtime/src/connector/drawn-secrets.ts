import { type Secrets, secretNames } from './secrets.ts'
import type { Attempt } from './worker.ts'

/**
 * The secrets that the drawing names in the input mapping of `input`, with their values. What a person typed into a
 * form may look like the name of a secret and is not one: only names that the model itself has written count. Throws
 * `SecretFault`.
 */
export async function drawnSecrets(
  { element }: Attempt,
  input: string,
  host: string | null,
  secrets: Secrets,
): Promise<ReadonlyMap<string, string>> {
  const sources = (element?.inputs ?? []).filter(({ target }) => target.split('.')[0] === input)
  const names = new Set(sources.flatMap(({ source }) => secretNames(source.source)))
  const values = new Map<string, string>()
  for (const name of names) values.set(name, await secrets.get(name, host))
  return values
}
