import { Rejection } from '@bihuan/engine'
import type { Route } from './route.ts'

/** A path with `:name` or `{name}` for parameters as a pattern, and how many of its parts are parameters. */
export function pathPattern(path: string): { readonly pattern: RegExp; readonly parameters: number } {
  const parts = path.split('/')
  const isParameter = (part: string) => part.startsWith(':') || part.startsWith('{')
  const pattern = new RegExp(`^${parts.map((part) => (isParameter(part) ? '[^/]+' : escaped(part))).join('/')}$`)
  return { pattern, parameters: parts.filter(isParameter).length }
}

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

/** The one of several that names a path most closely: `search` is no key. All that do so alike. */
export function closest<T extends { readonly pattern: RegExp; readonly parameters: number }>(
  all: readonly T[],
  path: string,
): readonly T[] {
  const here = all.filter(({ pattern }) => pattern.test(path))
  const fewest = Math.min(...here.map(({ parameters }) => parameters))
  return here.filter(({ parameters }) => parameters === fewest)
}

/** That an address takes other methods, named in `Allow`. */
export const otherMethods = (method: string, taken: readonly { readonly method: string }[]): Rejection =>
  new Rejection('METHOD_NOT_ALLOWED', {
    method,
    allowed: [...new Set(taken.map((one) => one.method))].sort().join(', '),
  })

/** Says why a request is served by none of the routes: the address takes other methods (405), or there is nothing (404). */
export function unserved(routes: readonly Route[]): (method: string, path: string) => Rejection {
  const all = routes.map(({ method, path }) => ({ method, ...pathPattern(path) }))
  return (method, path) => {
    const here = closest(all, path)
    return here.length === 0 ? new Rejection('NOT_FOUND') : otherMethods(method, here)
  }
}
