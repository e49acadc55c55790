import type { ElementType, FlowNode } from '../model/definition.ts'
import { adHocSubProcess } from './ad-hoc-sub-process.ts'
import { boundaryEvent } from './boundary-event.ts'
import { businessRuleTask } from './business-rule-task.ts'
import { callActivity } from './call-activity.ts'
import type { Behaviour, CheckContext, Context, Outcome } from './element.ts'
import { endEvent } from './end-event.ts'
import { eventBasedGateway } from './event-based-gateway.ts'
import { exclusiveGateway } from './exclusive-gateway.ts'
import { inclusiveGateway } from './inclusive-gateway.ts'
import { intermediateCatchEvent } from './intermediate-catch-event.ts'
import { intermediateThrowEvent } from './intermediate-throw-event.ts'
import { manualTask } from './manual-task.ts'
import { parallelGateway } from './parallel-gateway.ts'
import { receiveTask } from './receive-task.ts'
import { scriptTask } from './script-task.ts'
import { sendTask } from './send-task.ts'
import { serviceTask } from './service-task.ts'
import { startEvent } from './start-event.ts'
import { subProcess } from './sub-process.ts'
import { undefinedTask } from './undefined-task.ts'
import { userTask } from './user-task.ts'

/** Every element that is executed, by BPMN type. What is not here is refused at deploy. */
export const elements = {
  'bpmn:StartEvent': startEvent,
  'bpmn:EndEvent': endEvent,
  'bpmn:IntermediateCatchEvent': intermediateCatchEvent,
  'bpmn:BoundaryEvent': boundaryEvent,
  'bpmn:UserTask': userTask,
  'bpmn:ManualTask': manualTask,
  'bpmn:Task': undefinedTask,
  'bpmn:ServiceTask': serviceTask,
  'bpmn:ScriptTask': scriptTask,
  'bpmn:BusinessRuleTask': businessRuleTask,
  'bpmn:ExclusiveGateway': exclusiveGateway,
  'bpmn:ParallelGateway': parallelGateway,
  'bpmn:SubProcess': subProcess,
  'bpmn:SendTask': sendTask,
  'bpmn:ReceiveTask': receiveTask,
  'bpmn:IntermediateThrowEvent': intermediateThrowEvent,
  'bpmn:InclusiveGateway': inclusiveGateway,
  'bpmn:EventBasedGateway': eventBasedGateway,
  'bpmn:CallActivity': callActivity,
  'bpmn:AdHocSubProcess': adHocSubProcess,
} as const satisfies { readonly [T in ElementType]: Behaviour<T> }

/** The behaviour of a type, or null when it is not executed. */
export function behaviourOf(type: string): Behaviour | null {
  return Object.hasOwn(elements, type) ? (elements[type as ElementType] as unknown as Behaviour) : null
}

/** Runs the `activate` of a node's element. */
export function activateNode(node: FlowNode, context: Context): Outcome {
  return (elements[node.type] as unknown as Behaviour).activate(node as never, context)
}

/** Runs the `check` of a node's element. */
export function checkNode(node: FlowNode, context: CheckContext): void {
  const behaviour = elements[node.type] as unknown as Behaviour
  behaviour.check?.(node as never, context)
}

/** Whether a token rests in a node of its own accord until something outside happens; listeners are jobs. */
export function waitsAt(node: FlowNode): boolean {
  if (node.listeners.start.length + node.listeners.end.length > 0) return true
  const { waits } = elements[node.type] as unknown as Behaviour
  return typeof waits === 'boolean' ? waits : waits(node as never)
}
