import type { ModdleElement } from 'bpmn-moddle'
import { DmnModdle } from 'dmn-moddle'
import type { Problem } from '../../problem/problem.ts'
import { scanXml } from '../../xml/index.ts'
import { dmn15 } from './descriptor.ts'
import { firstLine, reportTo } from './report.ts'

/** The parser knows the namespace of DMN 1.3; the others name the same elements as far as they are executed here. */
const DMN_13 = 'https://www.omg.org/spec/DMN/20191111/MODEL/'
const DMN_OTHERS =
  /(xmlns(?::[\w.-]+)?\s*=\s*["'])(?:http:\/\/www\.omg\.org\/spec\/DMN\/(?:20151101\/dmn\.xsd|20180521\/MODEL\/)|https:\/\/www\.omg\.org\/spec\/DMN\/(?:20211108|20230324)\/MODEL\/)(?=["'])/g
const DMNDI_13 = 'https://www.omg.org/spec/DMN/20191111/DMNDI/'
const DMNDI_OTHERS =
  /(xmlns(?::[\w.-]+)?\s*=\s*["'])https?:\/\/www\.omg\.org\/spec\/DMN\/(?:20180521|20211108|20230324)\/DMNDI\/(?=["'])/g
/** How the parser says that an id occurs twice. */
const DUPLICATE = /duplicate ID <([^>]*)>/
/** Warnings about the picture alone: shapes, edges, bounds. */
const DRAWING = /<(?:dmndi|di|dc|biodi)[:>]|dmndi:|DMNDiagram|DMNShape|DMNEdge/i

/** The text of a file of DMN 1.1 to 1.5 with the namespaces of DMN 1.3, the ones that parsers and editors know. */
export const inDmn13 = (xml: string): string =>
  xml.replace(DMN_OTHERS, `$1${DMN_13}`).replace(DMNDI_OTHERS, `$1${DMNDI_13}`)

/** Parses a file. What the parser would drop with a warning is an error; of the drawing alone, a warning. */
export async function parseDmn(
  xml: string,
  resource: string,
): Promise<{ root: ModdleElement | null; problems: Problem[] }> {
  const scanned = scanXml(xml, resource)
  if (scanned.length > 0) return { root: null, problems: scanned }
  const problems: Problem[] = []
  const report = reportTo(problems, resource)
  try {
    const parsed = await new DmnModdle({ dmn: dmn15 }).fromXML(inDmn13(xml), 'dmn:Definitions')
    for (const { message, element } of parsed.warnings) {
      const id = DUPLICATE.exec(message)?.[1]
      if (id !== undefined) report('DUPLICATE_ID', element ?? null, { id })
      else {
        const severity = DRAWING.test(message) ? 'warning' : 'error'
        report('MODEL_WARNING', element ?? null, { message: firstLine(message) }, severity)
      }
    }
    return { root: parsed.rootElement, problems }
  } catch (error) {
    report('XML_UNREADABLE', null, { message: error instanceof Error ? firstLine(error.message) : '', line: null })
    return { root: null, problems }
  }
}
