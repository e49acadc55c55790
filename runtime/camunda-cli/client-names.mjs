// The command line 4.1.0 asks its client for four names that the newest client published (9.1.5) has not. They are
// added here and nothing else is: command line and client run as they were published.
import { register } from 'node:module'

const client = '@camunda8/orchestration-cluster-api'
const key = '{ assumeExists: (value) => value, getValue: String, isValid: () => true }'
const names = [...['GroupId', 'RoleId', 'MappingRuleId'].map((name) => [name, key]), ['WaitStateTypeEnum', '{}']]
const source = `
export async function resolve(specifier, context, next) {
  const found = await next(specifier, context)
  if (specifier !== ${JSON.stringify(client)} || context.parentURL?.startsWith('data:')) return found
  const from = JSON.stringify(found.url)
  const text = 'export * from ' + from + '\\n' + ${JSON.stringify(names.map(([name, value]) => `export const ${name} = ${value}`).join('\n'))}
  return { url: 'data:text/javascript,' + encodeURIComponent(text), shortCircuit: true }
}`
register(`data:text/javascript,${encodeURIComponent(source)}`)
