import type { ProblemCode } from '../../src/index.ts'
import { line, model, node } from '../../src/testing/index.ts'

/** A BPMN file written to keep a parser busy or to fill the memory. Made when it is asked for. */
export interface WorstXml {
  readonly name: string
  readonly code: ProblemCode
  readonly xml: () => string
}

const plain = model(node('startEvent', 'start') + node('endEvent', 'end') + line('start', 'end'))
const inside = (content: string) => plain.replace('<bpmn:startEvent', `${content}<bpmn:startEvent`)
const many = (count: number, text: (index: number) => string) =>
  Array.from({ length: count }, (_, i) => text(i)).join('')

/** The worst known: each is refused within 200 ms (`npm run -s fuzz` measures). */
export const worstXml: readonly WorstXml[] = [
  {
    name: '20,000 namespaces',
    code: 'RESOURCE_TOO_LARGE',
    xml: () => inside(`<a ${many(20_000, (i) => ` xmlns:n${i}="u${i}"`)}/>`),
  },
  {
    name: '20,000 namespaces of one element each',
    code: 'RESOURCE_TOO_LARGE',
    xml: () => inside(many(20_000, (i) => `<n:a xmlns:n="u${i}"/>`)),
  },
  { name: '100,000 elements', code: 'RESOURCE_TOO_LARGE', xml: () => inside('<bpmn:task/>'.repeat(100_000)) },
  {
    name: '100,000 tasks with ids',
    code: 'RESOURCE_TOO_LARGE',
    xml: () => inside(many(30_000, (i) => node('task', `t${i}`))),
  },
  { name: 'a depth of 100,000', code: 'RESOURCE_TOO_LARGE', xml: () => inside('<bpmn:subProcess>'.repeat(100_000)) },
  {
    name: 'a depth of 100,000 that is closed',
    code: 'RESOURCE_TOO_LARGE',
    xml: () => inside('<b>'.repeat(100_000) + '</b>'.repeat(100_000)),
  },
  {
    name: 'three megabytes of text',
    code: 'RESOURCE_TOO_LARGE',
    xml: () => inside(`<bpmn:documentation>${'x'.repeat(3_000_000)}</bpmn:documentation>`),
  },
  {
    name: 'three megabytes of a comment',
    code: 'RESOURCE_TOO_LARGE',
    xml: () => inside(`<!--${'-'.repeat(3_000_000)}-->`),
  },
  {
    name: 'three megabytes of one name',
    code: 'RESOURCE_TOO_LARGE',
    xml: () => inside(`<bpmn:task id="${'x'.repeat(3_000_000)}"/>`),
  },
  {
    name: 'three megabytes of Chinese',
    code: 'RESOURCE_TOO_LARGE',
    xml: () => inside(`<bpmn:documentation>${'村'.repeat(1_000_000)}</bpmn:documentation>`),
  },
  {
    name: '100,000 attributes',
    code: 'RESOURCE_TOO_LARGE',
    xml: () => inside(`<bpmn:task ${many(100_000, (i) => ` a${i}=""`)}/>`),
  },
  {
    name: '100,000 entities',
    code: 'RESOURCE_TOO_LARGE',
    xml: () => inside(`<bpmn:task name="${'&amp;'.repeat(100_000)}"/>`),
  },
  { name: '100,000 tags without end', code: 'XML_UNREADABLE', xml: () => '<'.repeat(100_000) },
  { name: '100,000 quotes without end', code: 'RESOURCE_TOO_LARGE', xml: () => inside(`<a ${"b='".repeat(100_001)}`) },
  { name: '100,000 closing tags', code: 'XML_UNREADABLE', xml: () => inside('</b>'.repeat(100_000)) },
  {
    name: 'a million spaces in a tag without end',
    code: 'XML_UNREADABLE',
    xml: () => `${plain.slice(0, -1)}${' '.repeat(1_000_000)}`,
  },
]

const count = 2_300
const numbers = Array.from({ length: count }, (_, index) => index)
const link = (name: string) => `<bpmn:linkEventDefinition name="${name}"/>`

/** As large as a file may be, with as much of one thing: they are read to the end, in time that grows with them. */
export const largestXml: readonly { readonly name: string; readonly xml: () => string }[] = [
  {
    name: 'tasks in a row',
    xml: () => inside(many(count, (i) => node('task', `t${i}`)) + line(...numbers.map((i) => `t${i}`))),
  },
  { name: 'tasks that nothing leads to', xml: () => inside(many(4_900, (i) => node('task', `t${i}`))) },
  {
    name: 'signals at one task',
    xml: () =>
      inside(
        node('userTask', 'a') +
          many(count, (i) => node('boundaryEvent', `b${i}`, '', '<bpmn:signalEventDefinition/>', 'attachedToRef="a"')),
      ),
  },
  {
    name: 'links',
    xml: () =>
      inside(
        many(
          count / 2,
          (i) =>
            node('intermediateThrowEvent', `a${i}`, '', link(`l${i}`)) +
            node('intermediateCatchEvent', `b${i}`, '', link(`l${i}`)),
        ),
      ),
  },
  {
    name: 'flows to nothing',
    xml: () => inside(many(4_900, (i) => `<bpmn:sequenceFlow id="f${i}" sourceRef="x" targetRef="y"/>`)),
  },
  { name: 'tasks of one id', xml: () => inside('<bpmn:task id="t"/>'.repeat(4_900)) },
  { name: 'attributes nobody knows', xml: () => inside(`<bpmn:task id="t" ${many(29_000, (i) => `a${i}="1" `)}/>`) },
]
