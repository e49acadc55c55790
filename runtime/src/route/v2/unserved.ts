import { Rejection } from '@bihuan/engine'
import type { Route } from '../route.ts'
import { closest, otherMethods, pathPattern } from '../unserved.ts'
import { operationList } from './operations.ts'

/** One method at one path, and the operation it is; null where it is served and none of Camunda's. */
interface Known {
  readonly method: string
  readonly pattern: RegExp
  /** How many parts are parameters: a path that says more comes first. */
  readonly parameters: number
  readonly operation: string | null
}

const known = (method: string, path: string, operation: string | null): Known => ({
  method,
  operation,
  ...pathPattern(path),
})

/**
 * Says why a request below `/v2` is served by no route: the operation is Camunda's and not offered here (501), the
 * address takes other methods (405), or there is nothing (404).
 */
export function unservedBelowV2(routes: readonly Route[]): (method: string, path: string) => Rejection {
  const all: readonly Known[] = [
    ...routes.filter(({ path }) => path.startsWith('/v2/')).map(({ method, path }) => known(method, path, null)),
    ...operationList.map(({ id, method, path }) => known(method, `/v2${path}`, id)),
  ]
  return (method, path) => {
    const here = closest(all, path)
    if (here.length === 0) return new Rejection('NOT_FOUND')
    const found = here.find((one) => one.method === method && one.operation !== null)
    if (found?.operation) return new Rejection('NOT_IMPLEMENTED', { operation: found.operation })
    return otherMethods(method, here)
  }
}
