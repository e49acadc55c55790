/**
 * Draws models that have no drawing, or one without all flows: `node --import tsx engine/scripts/lay-out.ts [file …]`,
 * all fixtures without arguments. Each process of a file gets a diagram of its own.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { layoutProcess } from 'bpmn-auto-layout'
import { type ModelWriter, modelWriter } from '../src/testing/index.ts'
import { caseNames, fixtures } from '../test/cases.ts'

interface Element {
  readonly $type: string
  id: string
  $parent?: Element
  incoming?: Element[]
  outgoing?: Element[]
  sourceRef?: Element
  targetRef?: Element
  flowElements?: Element[]
  rootElements?: Element[]
  diagrams?: Element[]
  plane?: Element
  planeElement?: Element[]
  get(name: string): Element[]
}

const moddle = modelWriter() as ModelWriter & { fromXML(xml: string): Promise<{ rootElement: unknown }> }
const NAMESPACES = {
  bpmndi: 'http://www.omg.org/spec/BPMN/20100524/DI',
  dc: 'http://www.omg.org/spec/DD/20100524/DC',
  di: 'http://www.omg.org/spec/DD/20100524/DI',
}

const named = process.argv.slice(2)
const files = named.length > 0 ? named : caseNames.map((name) => fileURLToPath(new URL(`${name}.bpmn`, fixtures)))

for (const file of files) {
  const xml = readFileSync(file, 'utf8')
  const flows = xml.match(/<bpmn:sequenceFlow /g)?.length ?? 0
  const edges = [...xml.matchAll(/<bpmndi:BPMNEdge [^>]*bpmnElement="([^"]+)"/g)].filter(([, id]) =>
    new RegExp(`<bpmn:sequenceFlow id="${id}"`).test(xml),
  ).length
  if (edges >= flows) continue
  writeFileSync(file, `${(await drawn(xml)).trimEnd()}\n`)
  console.log(file.slice(file.lastIndexOf('/fixtures/') + 10), `${edges} of ${flows} flows were drawn`)
}

async function drawn(xml: string): Promise<string> {
  const whole = await read(xml)
  const processes = whole.rootElements?.filter((root) => root.$type === 'bpmn:Process') ?? []
  const diagrams: Element[] = []
  for (const { id } of processes) {
    // The layout follows `incoming` and `outgoing`, which a hand-written model may leave out.
    const alone = await read(xml)
    alone.diagrams = []
    alone.rootElements = alone.rootElements?.filter((root) => root.$type !== 'bpmn:Process' || root.id === id) ?? []
    for (const root of alone.rootElements) connect(root)
    const laidOut = await read(await layoutProcess(await write(alone)))
    for (const diagram of laidOut.diagrams ?? []) {
      diagram.id = `${id}_${diagram.id}`
      if (diagram.plane) diagram.plane.id = `${id}_${diagram.plane.id}`
      diagrams.push(diagram)
    }
  }
  // References of a diagram are to elements of its own reading: the texts are joined, not the objects.
  const holder = await read(xml)
  holder.diagrams = []
  const texts = await Promise.all(diagrams.map(async (diagram) => textOf(diagram)))
  const spaces = Object.entries(NAMESPACES).map(([prefix, uri]) => `xmlns:${prefix}="${uri}"`)
  const bare = await write(holder)
  const missing = spaces.filter((space) => !bare.includes(space)).join(' ')
  return bare
    .replace('<bpmn:definitions ', `<bpmn:definitions ${missing} `)
    .replace('</bpmn:definitions>', `${texts.join('')}</bpmn:definitions>`)
}

function connect(scope: Element): void {
  for (const element of scope.flowElements ?? []) {
    if (element.$type === 'bpmn:SequenceFlow') {
      const { sourceRef, targetRef } = element
      if (sourceRef && !sourceRef.get('outgoing').includes(element)) sourceRef.get('outgoing').push(element)
      if (targetRef && !targetRef.get('incoming').includes(element)) targetRef.get('incoming').push(element)
    }
    connect(element)
  }
}

async function read(xml: string): Promise<Element> {
  return (await moddle.fromXML(xml)).rootElement as Element
}
async function write(definitions: Element): Promise<string> {
  return (await moddle.toXML(definitions, { format: true })).xml
}
async function textOf(diagram: Element): Promise<string> {
  const { xml } = await moddle.toXML(diagram, { format: true })
  return xml.replace(/<\?xml[^>]*\?>\s*/, '').replace(/ xmlns:\w+="[^"]*"/g, '')
}
