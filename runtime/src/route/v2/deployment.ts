import { type Actor, Rejection } from '@bihuan/engine'
import { invalid } from '../../contract/fault.ts'
import type { Who } from '../../identity/who.ts'
import { designScope } from '../../package/scope.ts'
import type { Services } from '../../services.ts'
import { type Route, route } from '../route.ts'
import { graphVersions } from './decision-graph.ts'
import { Item } from './shape.ts'
import { DEFAULT_TENANT, noTenantOfItsOwn } from './tenant.ts'

const MAX_RESOURCES = 100
const LIMIT = 10 * 1024 * 1024

/** A person or client as the one who acts. */
export function actorOf(who: Who): Actor {
  if (who.type === 'anonymous') throw new Rejection('NOT_SIGNED_IN')
  return { type: who.type, id: who.id }
}

export function deploymentRoutes({ host, store }: Services): Route[] {
  return [
    route({
      method: 'POST',
      path: '/v2/deployments',
      policy: 'deploy',
      summary: 'Deploy BPMN, DMN, forms and package files together: all or nothing',
      input: 'multipart',
      output: Item,
      limit: LIMIT,
      async handler({ who, body, requestId }) {
        const sent = body.getAll('resources')
        const files = sent.flatMap((part) => (part instanceof File ? [part] : []))
        if (files.length === 0 || files.length < sent.length || files.length > MAX_RESOURCES) {
          throw invalid('resources', 'filesAtMost', MAX_RESOURCES)
        }
        // A definition is every unit's to use: there is no deploying for one.
        noTenantOfItsOwn(body.get('tenantId'))
        const resources = await Promise.all(
          files.map(async (file) => ({ name: file.name, content: new Uint8Array(await file.arrayBuffer()) })),
        )
        const scope = who.type === 'person' ? await designScope(store, who) : null
        const made = await host.deploy(resources, actorOf(who), requestId, scope)
        const tenantId = DEFAULT_TENANT
        const empty = {
          processDefinition: null,
          decisionDefinition: null,
          decisionRequirements: null,
          form: null,
          resource: null,
        }
        const graphs = new Map(made.decisions.map((one) => [one.drgKey, one]))
        const versions = await graphVersions(store, [...graphs.keys()])
        return {
          deploymentKey: String(made.key),
          tenantId,
          deployments: [
            ...made.processes.map((one) => ({
              ...empty,
              processDefinition: {
                processDefinitionId: one.id,
                processDefinitionVersion: one.version,
                processDefinitionKey: String(one.key),
                resourceName: one.resource,
                tenantId,
              },
            })),
            ...made.decisions.map((one) => ({
              ...empty,
              decisionDefinition: {
                decisionDefinitionId: one.id,
                decisionDefinitionKey: String(one.key),
                name: one.name,
                version: one.version,
                decisionRequirementsId: one.drgId,
                decisionRequirementsKey: String(one.drgKey),
                tenantId,
              },
            })),
            ...[...graphs.values()].map((one) => ({
              ...empty,
              decisionRequirements: {
                decisionRequirementsId: one.drgId,
                decisionRequirementsKey: String(one.drgKey),
                decisionRequirementsName: one.drgName ?? one.drgId,
                version: versions.get(one.drgKey) ?? one.version,
                resourceName: one.resource,
                tenantId,
              },
            })),
            ...made.forms.map((one) => ({
              ...empty,
              form: {
                formId: one.id,
                formKey: String(one.key),
                version: one.version,
                resourceName: one.resource,
                tenantId,
              },
            })),
          ],
        }
      },
    }),
  ]
}
