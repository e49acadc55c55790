import type { Services } from '../../services.ts'
import type { Route } from '../route.ts'
import { clockRoutes } from './clock.ts'
import { conditionalRoutes } from './conditional.ts'
import { deploymentRoutes } from './deployment.ts'
import { elementInstanceRoutes } from './element-instance.ts'
import { incidentRoutes } from './incident.ts'
import { jobRoutes } from './job.ts'
import { jobSearchRoutes } from './job-search.ts'
import { messageRoutes } from './message.ts'
import { processDefinitionRoutes } from './process-definition.ts'
import { processInstanceRoutes } from './process-instance.ts'
import { signalRoutes } from './signal.ts'
import { topologyRoutes } from './topology.ts'
import { userTaskRoutes } from './user-task.ts'
import { variableRoutes } from './variable.ts'

/** What is served in the shapes of Camunda 8's REST interface. */
export function v2Routes(services: Services): Route[] {
  return [
    ...topologyRoutes(services),
    ...deploymentRoutes(services),
    ...processDefinitionRoutes(services),
    ...processInstanceRoutes(services),
    ...userTaskRoutes(services),
    ...variableRoutes(services),
    ...messageRoutes(services),
    ...signalRoutes(services),
    ...conditionalRoutes(services),
    ...clockRoutes(services),
    ...jobRoutes(services),
    ...jobSearchRoutes(services),
    ...elementInstanceRoutes(services),
    ...incidentRoutes(services),
  ]
}
