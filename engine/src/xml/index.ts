/** scanXml(xml, resource) → problems: sizes and forbidden constructs, judged before any parser sees the text. */
export { scanXml } from './scan.ts'
