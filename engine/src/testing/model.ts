/**
 * A BPMN file around the given content of one process, for tests: the namespaces are there, the drawing is not.
 * `roots` are further root elements (messages, errors).
 */
export function model(content: string, roots = '', attributes = ''): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" xmlns:bihuan="http://bihuan.org/schema/bpmn/1.0" id="definitions" targetNamespace="http://bihuan.org/test">
<bpmn:process id="process" name="Process" isExecutable="true" ${attributes}>
${content}
</bpmn:process>
${roots}
</bpmn:definitions>`
}

/** A sequence flow; without an id it is named `from_to`. */
export function flow(from: string, to: string, condition?: string, id = `${from}_${to}`): string {
  const inner = condition
    ? `<bpmn:conditionExpression xsi:type="bpmn:tFormalExpression">=${xmlText(condition)}</bpmn:conditionExpression>`
    : ''
  return `<bpmn:sequenceFlow id="${id}" sourceRef="${from}" targetRef="${to}">${inner}</bpmn:sequenceFlow>`
}

/**
 * An element by its local BPMN name: `node('userTask', 'a')`, with extension elements and other content. A user task is
 * native, as modellers draw it; `jobBased` in `attributes` makes it a job for a worker.
 */
export function node(type: string, id: string, extensions = '', content = '', attributes = ''): string {
  const native = type === 'userTask' && attributes !== 'jobBased' ? '<zeebe:userTask/>' : ''
  if (attributes === 'jobBased') attributes = ''
  const inner = native || extensions ? `<bpmn:extensionElements>${native}${extensions}</bpmn:extensionElements>` : ''
  return `<bpmn:${type} id="${id}" ${attributes}>${inner}${content}</bpmn:${type}>`
}

/** A straight line of elements with flows between them: `line('start', 'a', 'end')`. */
export function line(...ids: readonly string[]): string {
  return ids
    .slice(1)
    .map((id, index) => flow(ids[index] ?? '', id))
    .join('\n')
}

/** Input and output mappings: `io({ a: '=b' }, { c: '=d' })`, target to source. */
export function io(
  inputs: { readonly [target: string]: string },
  outputs: { readonly [target: string]: string } = {},
): string {
  const part = (tag: string, map: { readonly [target: string]: string }) =>
    Object.entries(map)
      .map(([target, source]) => `<zeebe:${tag} source="${xmlText(source)}" target="${target}"/>`)
      .join('')
  return `<zeebe:ioMapping>${part('input', inputs)}${part('output', outputs)}</zeebe:ioMapping>`
}

/** A timer definition: `timer('timeDuration', 'P1D')`. */
export function timer(kind: 'timeDate' | 'timeDuration' | 'timeCycle', text: string): string {
  return `<bpmn:timerEventDefinition><bpmn:${kind} xsi:type="bpmn:tFormalExpression">${xmlText(text)}</bpmn:${kind}></bpmn:timerEventDefinition>`
}

/** A multi-instance over a collection. */
export function each(given: {
  readonly items: string
  readonly element?: string
  readonly into?: string
  readonly result?: string
  readonly until?: string
  readonly sequential?: boolean
}): string {
  const attribute = (name: string, value: string | undefined) => (value ? ` ${name}="${xmlText(value)}"` : '')
  const until = given.until
    ? `<bpmn:completionCondition xsi:type="bpmn:tFormalExpression">=${xmlText(given.until)}</bpmn:completionCondition>`
    : ''
  return `<bpmn:multiInstanceLoopCharacteristics isSequential="${given.sequential === true}"><bpmn:extensionElements><zeebe:loopCharacteristics inputCollection="=${xmlText(given.items)}"${attribute('inputElement', given.element)}${attribute('outputCollection', given.into)}${attribute('outputElement', given.result && `=${given.result}`)}/></bpmn:extensionElements>${until}</bpmn:multiInstanceLoopCharacteristics>`
}

function xmlText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')
}
