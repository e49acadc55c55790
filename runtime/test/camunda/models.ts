/** The models and forms the walk of the official client deploys. */

const head = (id: string) =>
  `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" xmlns:bihuan="http://bihuan.org/schema/bpmn/1.0" id="${id}-definitions" targetNamespace="http://bihuan.org/test">`

const extensions = (text: string) => `<bpmn:extensionElements>${text}</bpmn:extensionElements>`
const flow = (id: string, from: string, to: string) =>
  `<bpmn:sequenceFlow id="${id}" sourceRef="${from}" targetRef="${to}" />`
const message = (id: string, name: string, key: string) =>
  `<bpmn:message id="${id}" name="${name}">${extensions(`<zeebe:subscription correlationKey="${key}" />`)}</bpmn:message>`
const service = (id: string, name: string, type: string) =>
  `<bpmn:serviceTask id="${id}" name="${name}">${extensions(`<zeebe:taskDefinition type="${type}" retries="3" />`)}</bpmn:serviceTask>`
const process = (id: string, name: string, content: string, roots = '') =>
  `${head(id)}${roots}<bpmn:process id="${id}" name="${name}" isExecutable="true">${content}</bpmn:process></bpmn:definitions>`

/** A job, a task with a form, a payment to wait for. `more` stands at the end of a later version. */
export const order = (more = '') =>
  process(
    'order',
    'Order',
    `<bpmn:startEvent id="placed">${extensions('<zeebe:formDefinition formId="order" /><bihuan:starters candidateGroups="clerk" />')}</bpmn:startEvent>
    ${flow('toPack', 'placed', 'pack')}
    ${service('pack', 'Pack', 'pack')}
    <bpmn:boundaryEvent id="damaged" attachedToRef="pack"><bpmn:errorEventDefinition errorRef="broken" /></bpmn:boundaryEvent>
    ${flow('toRepair', 'damaged', 'repair')}
    <bpmn:userTask id="repair" name="Repair">${extensions('<zeebe:userTask /><zeebe:assignmentDefinition candidateGroups="clerk" />')}</bpmn:userTask>
    ${flow('toCheck', 'pack', 'check')}
    <bpmn:userTask id="check" name="Check">${extensions('<zeebe:userTask /><zeebe:formDefinition formId="check" /><zeebe:assignmentDefinition candidateGroups="clerk" />')}</bpmn:userTask>
    ${flow('toPayment', 'check', 'payment')}
    <bpmn:receiveTask id="payment" name="Payment" messageRef="paid" />
    ${flow('toEnd', 'payment', more === '' ? 'done' : 'file')}
    ${more}
    <bpmn:endEvent id="done" />`,
    `<bpmn:error id="broken" name="Broken" errorCode="broken" />${message('paid', 'paid', '=orderId')}`,
  )

export const nextOrder = () =>
  order(
    `<bpmn:userTask id="file" name="File">${extensions('<zeebe:userTask /><zeebe:assignmentDefinition candidateGroups="clerk" />')}</bpmn:userTask>${flow('fromFile', 'file', 'done')}`,
  )

/** Begins by a message, ends at once. */
export const enquiry = process(
  'enquiry',
  'Enquiry',
  `<bpmn:startEvent id="asked"><bpmn:messageEventDefinition messageRef="ask" /></bpmn:startEvent>${flow('f', 'asked', 'answered')}<bpmn:endEvent id="answered" />`,
  '<bpmn:message id="ask" name="ask" />',
)

/** Adds up and ends. */
export const sum = process(
  'sum',
  'Sum',
  `<bpmn:startEvent id="s" />${flow('f', 's', 'add')}<bpmn:scriptTask id="add">${extensions('<zeebe:script expression="=a + b" resultVariable="total" />')}</bpmn:scriptTask>${flow('g', 'add', 'e')}<bpmn:endEvent id="e" />`,
)

/** Waits for a signal. */
export const alarm = process(
  'alarm',
  'Alarm',
  `<bpmn:startEvent id="s" />${flow('f', 's', 'heard')}<bpmn:intermediateCatchEvent id="heard"><bpmn:signalEventDefinition signalRef="siren" /></bpmn:intermediateCatchEvent>${flow('g', 'heard', 'e')}<bpmn:endEvent id="e" />`,
  '<bpmn:signal id="siren" name="siren" />',
)

/** Steps in any order. */
export const visit = process(
  'visit',
  'Visit',
  `<bpmn:startEvent id="s" />${flow('f', 's', 'steps')}<bpmn:adHocSubProcess id="steps"><bpmn:userTask id="photo" name="Photo">${extensions('<zeebe:userTask />')}</bpmn:userTask><bpmn:userTask id="talk" name="Talk">${extensions('<zeebe:userTask />')}</bpmn:userTask></bpmn:adHocSubProcess>${flow('g', 'steps', 'e')}<bpmn:endEvent id="e" />`,
)

/** Calls a process that has a job and then waits for a message. */
export const caller = process(
  'caller',
  'Caller',
  `<bpmn:startEvent id="s" />${flow('f', 's', 'call')}<bpmn:callActivity id="call">${extensions('<zeebe:calledElement processId="called" propagateAllChildVariables="false" />')}</bpmn:callActivity>${flow('g', 'call', 'e')}<bpmn:endEvent id="e" />`,
)
export const called = process(
  'called',
  'Called',
  `<bpmn:startEvent id="s" />${flow('f', 's', 'work')}${service('work', 'Work', 'work')}${flow('g', 'work', 'reply')}<bpmn:receiveTask id="reply" name="Reply" messageRef="answer" />${flow('h', 'reply', 'e')}<bpmn:endEvent id="e" />`,
  message('answer', 'answer', '=&quot;k&quot;'),
)

const form = (id: string, key: string) =>
  JSON.stringify({
    id,
    type: 'default',
    schemaVersion: 19,
    components: [{ id: key, key, type: 'textfield', label: key }],
  })
export const orderForm = form('order', 'orderId')
export const checkForm = form('check', 'remark')

/** A discount by grade, which follows from the amount. */
export const discount = `<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="prices" name="Prices" namespace="http://bihuan.org/test">
  <decision id="grade" name="Grade"><variable name="grade" typeRef="string" />
    <decisionTable id="grades" hitPolicy="UNIQUE">
      <input id="amountIn" label="Amount"><inputExpression id="amountExpression" typeRef="number"><text>amount</text></inputExpression></input>
      <output id="gradeOut" name="grade" typeRef="string" />
      <rule id="small"><inputEntry id="smallIn"><text>&lt; 100</text></inputEntry><outputEntry id="smallOut"><text>"small"</text></outputEntry></rule>
      <rule id="large"><inputEntry id="largeIn"><text>&gt;= 100</text></inputEntry><outputEntry id="largeOut"><text>"large"</text></outputEntry></rule>
    </decisionTable>
  </decision>
  <decision id="discount" name="Discount"><variable name="discount" typeRef="number" />
    <informationRequirement id="needs"><requiredDecision href="#grade" /></informationRequirement>
    <decisionTable id="discounts" hitPolicy="UNIQUE">
      <input id="gradeIn" label="Grade"><inputExpression id="gradeExpression" typeRef="string"><text>grade</text></inputExpression></input>
      <output id="discountOut" name="discount" typeRef="number" />
      <rule id="none"><inputEntry id="noneIn"><text>"small"</text></inputEntry><outputEntry id="noneOut"><text>0</text></outputEntry></rule>
      <rule id="some"><inputEntry id="someIn"><text>"large"</text></inputEntry><outputEntry id="someOut"><text>amount * 0.1</text></outputEntry></rule>
    </decisionTable>
  </decision>
</definitions>`
