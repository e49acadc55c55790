import type { Services } from '../../services.ts'
import type { Route } from '../route.ts'
import { clockRoutes } from './clock.ts'
import { clusterRoutes } from './cluster.ts'
import { conditionalRoutes } from './conditional.ts'
import { decisionRoutes } from './decision.ts'
import { deploymentRoutes } from './deployment.ts'
import { elementInstanceRoutes } from './element-instance.ts'
import { incidentRoutes } from './incident.ts'
import { jobRoutes } from './job.ts'
import { jobSearchRoutes } from './job-search.ts'
import { messageRoutes } from './message.ts'
import { messageSubscriptionRoutes } from './message-subscription.ts'
import { processDefinitionRoutes } from './process-definition.ts'
import { processInstanceRoutes } from './process-instance.ts'
import { operateRoutes } from './process-instance-operate.ts'
import { startRoutes } from './process-instance-start.ts'
import { resourceRoutes } from './resource.ts'
import { signalRoutes } from './signal.ts'
import { statisticsRoutes } from './statistics.ts'
import { userTaskRoutes } from './user-task.ts'
import { variableRoutes } from './variable.ts'

/** What is served in the shapes of Camunda 8's REST interface. */
export function v2Routes(services: Services): Route[] {
  return [
    ...clusterRoutes(services),
    ...deploymentRoutes(services),
    ...resourceRoutes(services),
    ...processDefinitionRoutes(services),
    ...startRoutes(services),
    ...processInstanceRoutes(services),
    ...operateRoutes(services),
    ...statisticsRoutes(services),
    ...decisionRoutes(services),
    ...userTaskRoutes(services),
    ...variableRoutes(services),
    ...messageRoutes(services),
    ...messageSubscriptionRoutes(services),
    ...signalRoutes(services),
    ...conditionalRoutes(services),
    ...clockRoutes(services),
    ...jobRoutes(services),
    ...jobSearchRoutes(services),
    ...elementInstanceRoutes(services),
    ...incidentRoutes(services),
  ]
}
