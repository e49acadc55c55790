import type { OperatedDefinitions } from '../contract/contract.ts'
import { CallError, type ServerCall } from './server-call.ts'

const isKey = (text: string): boolean => /^[0-9]+$/.test(text)

/** The key of a case that is named by it, or by its number as people know it. Throws `CallError` where there is none. */
export async function caseKeyOf(call: ServerCall, text: string): Promise<string> {
  if (isKey(text)) return text
  const { items } = await call<{ items: readonly { processInstanceKey: string }[] }>(
    'POST',
    '/v2/process-instances/search',
    { filter: { businessId: text } },
  )
  const [found] = items
  if (!found) throw new CallError(`Expected a case with the number or key "${text}", but there is none.`)
  return found.processInstanceKey
}

/**
 * The key of a definition that is named by it, or as ID:VERSION. Throws `CallError` with those there are of which cases
 * run where it is neither.
 */
export async function definitionKeyOf(call: ServerCall, option: string, text: string): Promise<string> {
  if (isKey(text)) return text
  const { items } = await call<OperatedDefinitions>('GET', '/definitions')
  const nameOf = ({ id, version }: OperatedDefinitions['items'][number]) => `${id}:${version}`
  const found = items.find((one) => nameOf(one) === text)
  if (found) return found.key
  throw new CallError(
    [
      `Expected ${option} to be the key or ID:VERSION of a definition, but it is "${text}". There are:`,
      ...items.map((one) => `  ${nameOf(one)}  ${one.key}  ${one.running} running`),
    ].join('\n'),
  )
}
