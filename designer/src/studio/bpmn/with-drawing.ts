const HAS_DRAWING = /<(?:[\w.-]+:)?BPMNDiagram[\s/>]/
const NAMESPACES =
  'xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI" xmlns:dc="http://www.omg.org/spec/DD/20100524/DC" xmlns:di="http://www.omg.org/spec/DD/20100524/DI"'

/** A BPMN text with a drawing added; null when it has one or cannot be arranged. */
export async function withDrawing(xml: string): Promise<string | null> {
  const end = xml.search(/<\/(?:[\w.-]+:)?definitions>\s*$/)
  if (end < 0 || HAS_DRAWING.test(xml)) return null
  try {
    const { layoutProcess } = await import('bpmn-auto-layout')
    const drawing = /<bpmndi:BPMNDiagram[\s\S]*<\/bpmndi:BPMNDiagram>/.exec(await layoutProcess(xml))?.[0]
    if (!drawing) return null
    const placed = drawing.replaceAll('<bpmndi:BPMNDiagram', `<bpmndi:BPMNDiagram ${NAMESPACES}`)
    return `${xml.slice(0, end)}${placed}\n${xml.slice(end)}`
  } catch {
    // What is wrong with it is said by the one who reads it next.
    return null
  }
}
