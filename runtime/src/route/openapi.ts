import { ProblemJson } from '../contract/contract.ts'
import { version } from '../version.ts'
import type { Route } from './route.ts'

/** The routes as an OpenAPI 3.1 document: made from the very shapes that judge requests. */
export function openApi(routes: readonly Route[]): { [name: string]: unknown } {
  const paths: { [path: string]: { [method: string]: unknown } } = {}
  for (const route of routes) {
    const path = route.path.replace(/:(\w+)/g, '{$1}')
    const operations = paths[path] ?? {}
    operations[route.method.toLowerCase()] = operation(route)
    paths[path] = operations
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Bihuan',
      version,
      description: 'Keys are decimal strings; times are ISO 8601. Every refusal is RFC 9457 problem+json.',
    },
    paths,
    components: {
      schemas: { Problem: ProblemJson },
      securitySchemes: {
        session: { type: 'apiKey', in: 'cookie', name: 'bihuan' },
        basic: { type: 'http', scheme: 'basic' },
        bearer: { type: 'http', scheme: 'bearer' },
      },
    },
  }
}

function operation(route: Route) {
  const parameters = [
    ...[...route.path.matchAll(/:(\w+)/g)].map((match) => ({
      name: match[1],
      in: 'path',
      required: true,
      schema: { type: 'string' },
    })),
    ...route.query.map((name) => ({ name, in: 'query', required: false, schema: { type: 'string' } })),
    ...(route.keyed
      ? [{ name: 'Idempotency-Key', in: 'header', required: false, schema: { type: 'string', maxLength: 200 } }]
      : []),
  ]
  return {
    summary: route.summary,
    'x-policy': route.policy,
    security:
      route.policy === 'public'
        ? []
        : route.path.startsWith('/v2')
          ? [{ basic: [] }, { bearer: [] }, { session: [] }]
          : [{ session: [] }],
    ...(parameters.length > 0 && { parameters }),
    ...(route.input !== null && { requestBody: { required: !route.bodyOptional, content: requestContent(route) } }),
    responses: {
      [String(route.output === null ? 204 : route.status)]: { description: 'Done', ...responseContent(route) },
      default: {
        description: 'Refused',
        content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
      },
    },
  }
}

function requestContent({ input }: Route) {
  if (input === 'multipart' || input === 'upload') {
    return {
      'multipart/form-data': {
        schema: {
          type: 'object',
          additionalProperties: { type: 'string', contentMediaType: 'application/octet-stream' },
        },
      },
    }
  }
  return { 'application/json': { schema: input === 'bytes' ? {} : input } }
}

function responseContent({ output }: Route) {
  if (output === null) return {}
  if (output === 'stream') return { content: { '*/*': { schema: { type: 'string' } } } }
  return { content: { 'application/json': { schema: output } } }
}
