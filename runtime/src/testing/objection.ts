import { line, model, node } from '@bihuan/engine/testing'

const act =
  '<bpmn:boundaryEvent id="object" attachedToRef="ask"><bpmn:extensionElements>' +
  '<bihuan:caseAction label="Object" candidateGroups="clerk"/></bpmn:extensionElements>' +
  '<bpmn:messageEventDefinition messageRef="m"/></bpmn:boundaryEvent>'

/** A task of a clerk, and an act of his on the case, `object`, that ends it. */
export const objection = model(
  node('startEvent', 's') +
    node('userTask', 'ask', '<zeebe:assignmentDefinition candidateGroups="clerk"/>') +
    act +
    node('endEvent', 'e') +
    node('endEvent', 'x') +
    line('s', 'ask', 'e') +
    line('object', 'x'),
  '<bpmn:message id="m" name="objection"/>',
)
