import type { ElementType, FlowNode } from '../model/definition.ts'
import { boundaryEvent } from './boundary-event.ts'
import { businessRuleTask } from './business-rule-task.ts'
import type { Behaviour, CheckContext, Context, Outcome } from './element.ts'
import { endEvent } from './end-event.ts'
import { exclusiveGateway } from './exclusive-gateway.ts'
import { intermediateCatchEvent } from './intermediate-catch-event.ts'
import { manualTask } from './manual-task.ts'
import { parallelGateway } from './parallel-gateway.ts'
import { scriptTask } from './script-task.ts'
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
